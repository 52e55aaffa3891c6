"""From an address to its page in two queries, however deep it is.

Wagtail walks the tree, two queries a level; the addresses of all levels are known from the start.
"""

from django.db.models import Exists, OuterRef
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.url_routing import RouteResult

from portal.visibility import remember_no_restriction

# What is read of each page on the way: enough to route and for the breadcrumbs.
STEP_FIELDS = ["title", "slug", "path", "depth", "url_path", "content_type", "alias_of", "live"]


def route_for_request(request, path: str) -> RouteResult | None:
    """Return the route to the live page at `path`; None where Wagtail had better walk the tree itself."""
    site = Site.find_for_request(request)
    if site is None:
        return None
    url_path = site.root_page.url_path + path.lstrip("/")
    way = _pages_on_the_way(url_path)
    if not way or way[-1].url_path != url_path or not way[-1].live or not way[-1].specific_class:
        return None
    if not way[-1].any_restriction:
        remember_no_restriction()
    found = way[-1]
    page = found.specific_class.objects.to_serve().get(pk=found.pk)
    # Below the tree's root, which nobody sees.
    page.breadcrumbs = [step for step in way[:-1] if step.depth > 1]
    page.is_known_public = not any(step.is_restricted or step.alias_of_id for step in way)
    return RouteResult(page)


def _pages_on_the_way(url_path: str) -> list[Page]:
    """Return the pages from the tree's root to `url_path`, those that exist, each with `is_restricted`."""
    slugs = url_path.strip("/").split("/")
    url_paths = ["/", *("/" + "/".join(slugs[:depth]) + "/" for depth in range(1, len(slugs) + 1))]
    restrictions = PageViewRestriction.objects.all()
    # The slug has an index, the whole address has none.
    pages = Page.objects.filter(slug__in=["root", *slugs], url_path__in=url_paths)
    return list(
        pages.only(*STEP_FIELDS)
        .annotate(
            is_restricted=Exists(restrictions.filter(page=OuterRef("pk"))),
            any_restriction=Exists(restrictions),
        )
        .order_by("depth")
    )
