from django.conf import settings
from django.middleware.csp import ContentSecurityPolicyMiddleware
from django.utils.csp import CSP
from django.utils.translation import get_language_from_path, override

from portal import drafts
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


def language_of_the_address(get_response):
    """Answer in the language that the address says: neither the browser nor a cookie decides."""

    def middleware(request):
        language = get_language_from_path(request.path_info) or settings.LANGUAGE_CODE
        with override(language):
            request.LANGUAGE_CODE = language
            response = get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response

    return middleware


class HiddenDraftsMiddleware:
    """In the admin, what is not published by one's own house is as if it were not there."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not request.path.startswith("/admin/"):
            return self.get_response(request)
        with drafts.read_by_who_asks(request):
            return self.get_response(request)

    def process_view(self, request, view, arguments, named_arguments):
        if request.path.startswith("/admin/") and request.user.has_perm(
            "wagtailadmin.access_admin"
        ):
            drafts.refuse_hidden(request, named_arguments)
