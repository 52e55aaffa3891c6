"""From an address to its page in two queries, however deep it is.

Wagtail walks the tree, two queries a level; the addresses of all levels are known from the start.
"""

import functools

from django.conf import settings
from django.core.cache import cache
from django.db.models import CharField, Exists, IntegerField, OuterRef
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.utils.translation import get_language
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.url_routing import RouteResult

from portal.languages import translations_column, translations_told
from portal.prepared import Parameter, PreparedQuery, numbered, parameters
from portal.visibility import publicly_visible, remember_no_restriction

SITES_KEY, SITES_KEPT, MOST_SITES = "sites-by-host", 60, 50  # the second in seconds
# What is read of each page on the way: enough to route and for the breadcrumbs.
STEP_FIELDS = ["title", "slug", "path", "depth", "url_path", "content_type", "alias_of", "live"]


def route_for_request(request, path: str) -> RouteResult | None:
    """Return the route to the live page at `path`; None where Wagtail had better walk the tree itself."""
    root_path = root_path_of(site_of(request), get_language())
    if root_path is None:
        return None
    url_path = root_path + path.lstrip("/")
    way = _pages_on_the_way(url_path)
    if not way or way[-1].url_path != url_path or not way[-1].live or not way[-1].specific_class:
        return None
    if not way[-1].any_restriction:
        remember_no_restriction()
    found = way[-1]
    page = _query_to_serve(found.specific_class).first(pk=found.pk)
    if page is None:
        return None
    # Below the tree's root, which nobody sees.
    page.breadcrumbs = [step for step in way[:-1] if step.depth > 1]
    page.is_known_public = not any(step.is_restricted or step.alias_of_id for step in way)
    page.translations_read = translations_told(page.translations_column, request)
    return RouteResult(page)


def root_path_of(site: Site | None, language: str) -> str | None:
    """Return where the pages of a site in this language begin in the tree, None where it has none."""
    if site is None or language == settings.LANGUAGE_CODE:
        return site and site.root_page.url_path
    paths = {
        (root.site_id, root.language_code): root.root_path for root in Site.get_site_root_paths()
    }
    return paths.get((site.pk, language))


def original_at(request, path: str) -> Page | None:
    """Return the page that anybody may see at `path` in another language than that of the moment."""
    site = site_of(request)
    roots = [
        root_path_of(site, code) for code, _name in settings.LANGUAGES if code != get_language()
    ]
    url_paths = [f"{root}{path}".rstrip("/") + "/" for root in roots if root]
    pages = Page.objects.filter(publicly_visible(), url_path__in=url_paths, alias_of__isnull=True)
    return pages.select_related("locale").order_by("path").first()


def site_of(request) -> Site | None:
    """Return the site of the request as Wagtail finds it, kept between two changes of the sites."""
    if not hasattr(request, "_wagtail_site"):
        request._wagtail_site = _kept_site(request)
    return request._wagtail_site


def _kept_site(request) -> Site | None:
    place = (request.get_host(), request.get_port())
    sites = cache.get(SITES_KEY) or {}
    if place not in sites:
        site = Site.find_for_request(request)
        # Few hosts are allowed; a wildcard must not make the list grow without end.
        sites = {**sites, place: site} if len(sites) < MOST_SITES else {place: site}
        cache.set(SITES_KEY, sites, SITES_KEPT)
    return sites[place]


@receiver([post_save, post_delete], sender=Site)
def forget_sites(**kwargs):
    cache.delete(SITES_KEY)


def _pages_on_the_way(url_path: str) -> list[Page]:
    """Return the pages from the tree's root to `url_path`, those that exist, each with `is_restricted`."""
    slugs = url_path.strip("/").split("/")
    addresses = ["/" + "/".join(slugs[:depth]) + "/" for depth in range(1, len(slugs) + 1)]
    steps = _query_of_steps(len(slugs))
    return steps.rows(**numbered("slug", slugs), **numbered("address", addresses))


@functools.lru_cache(maxsize=16)
def _query_of_steps(depth: int) -> PreparedQuery:
    restrictions = PageViewRestriction.objects.all()
    slugs, addresses = (parameters(name, depth, CharField()) for name in ("slug", "address"))
    return PreparedQuery(
        # The slug has an index, the whole address has none.
        Page.objects.filter(slug__in=["root", *slugs], url_path__in=["/", *addresses])
        .only(*STEP_FIELDS)
        .annotate(
            is_restricted=Exists(restrictions.filter(page=OuterRef("pk"))),
            any_restriction=Exists(restrictions),
        )
        .order_by("depth")
    )


@functools.cache
def _query_to_serve(page_type: type[Page]) -> PreparedQuery:
    served = page_type.objects.to_serve().annotate(translations_column=translations_column())
    return PreparedQuery(served.filter(pk=Parameter("pk", IntegerField())))
