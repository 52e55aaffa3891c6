from django.http import Http404, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe
from wagtail.models import Page
from wagtail.views import serve

from portal.languages import translations_of
from portal.routing import original_at, root_path_of, route_for_request, site_of
from portal.visibility import publicly_visible

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
    """Serve the page at `path` as Wagtail does, once it is found by the short way.

    Where there is none in the language of the address, say in which there is one.
    """
    route = route_for_request(request, path)
    if route is None and (original := original_at(request, path)):
        return _in_another_language(request, original)
    if route is None and root_path_of(site_of(request), get_language()) is None:
        # Wagtail would show the page of the first language.
        raise Http404
    if route and _is_untranslated_copy(route.page):
        original = get_object_or_404(Page, publicly_visible(), pk=route.page.alias_of_id)
        return _in_another_language(request, original)
    if route:
        request._wagtail_route_for_request = route
    return serve(request, path)


def _is_untranslated_copy(page) -> bool:
    """Whether `page` shows, as it is, the text of another language."""
    return bool(page.alias_of_id) and page.alias_of.locale_id != page.locale_id


def _in_another_language(request, original):
    """Lead to the translation of `original`, or say honestly that it exists in its own language only."""
    if url := dict(translations_of(original, request)).get(get_language()):
        return HttpResponseRedirect(url)
    context = {"original": original.specific, "language": original.locale.language_code}
    return render(request, "portal/untranslated.html", context)
