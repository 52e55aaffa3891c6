from django.shortcuts import render
from django.views.decorators.http import require_safe
from wagtail.models import Locale

from articles.models import Category, Typology
from articles.models.terms import listed_with_counts
from home.accessibility import read_audit
from home.models import PlainPage, SiteSettings
from houses.listed import listed_houses


@require_safe
def accessibility(request):
    """Say how accessible the site is, as the law asks: state, what fails, whom to write to, where to appeal."""
    context = {"audit": read_audit(), "settings": SiteSettings.for_request(request)}
    return render(request, "home/accessibility.html", context)


@require_safe
def site_map(request):
    """Lead to all that is here, but for the articles, which are reached by what they are about."""
    plain_pages = PlainPage.objects.published().filter(locale=Locale.get_active())
    context = {
        "branches": branches_of(plain_pages.order_by("path")),
        "houses": listed_houses(),
        "categories": listed_with_counts(Category),
        "typologies": listed_with_counts(Typology),
    }
    return render(request, "home/site_map.html", context)


def branches_of(pages) -> list[tuple]:
    """Return (page, branches below it) of pages in the order of the tree; those cut off from theirs come first."""
    branches, way = [], []
    for page in pages:
        while way and not page.path.startswith(way[-1][0].path):
            way.pop()
        branch = (page, [])
        (way[-1][1] if way else branches).append(branch)
        way.append(branch)
    return branches
