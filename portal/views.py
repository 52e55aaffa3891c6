from django.http import HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from django.views.decorators.http import require_safe
from wagtail.views import serve

from portal.routing import route_for_request

ROBOTS = """\
User-agent: *
Disallow: /admin/
Sitemap: {sitemap}
"""


@require_safe
def robots_txt(request):
    sitemap = request.build_absolute_uri("/sitemap.xml")
    return HttpResponse(ROBOTS.format(sitemap=sitemap), content_type="text/plain")


@require_safe
def old_listing(request):
    """Lead the address that the listing of articles had to the search, which took its place."""
    query = request.GET.copy()
    query["kind"] = "article"
    return HttpResponsePermanentRedirect(f"{reverse('search:page')}?{query.urlencode()}")


def serve_page(request, path):
    """Serve the page at `path` as Wagtail does, once it is found by the short way."""
    if route := route_for_request(request, path):
        request._wagtail_route_for_request = route
    return serve(request, path)
