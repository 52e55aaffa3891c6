from django.middleware.csp import ContentSecurityPolicyMiddleware
from django.utils.csp import CSP

from portal.visibility import one_reading

# Wagtail's admin runs inline scripts and styles, and shows previews in a frame of the same site.
ADMIN_CSP = {
    "default-src": [CSP.SELF],
    "script-src": [CSP.SELF, CSP.UNSAFE_INLINE, CSP.UNSAFE_EVAL],
    "style-src": [CSP.SELF, CSP.UNSAFE_INLINE],
    "img-src": [CSP.SELF, "data:", "blob:"],
    "object-src": [CSP.NONE],
    "base-uri": [CSP.SELF],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.SELF],
}


class PublicContentSecurityPolicyMiddleware(ContentSecurityPolicyMiddleware):
    """The strict policy of the settings for the public site, a second one for the admin."""

    def process_response(self, request, response):
        if request.path.startswith("/admin/") and not hasattr(response, "_csp_config"):
            response._csp_config = ADMIN_CSP
        return super().process_response(request, response)


def restrictions_read_once(get_response):
    """Read who may see what at most once a request."""

    def middleware(request):
        with one_reading():
            return get_response(request)

    return middleware
