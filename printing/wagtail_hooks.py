from django.urls import reverse
from wagtail import hooks

from printing import pdf
from printing.years import years_told

# Of the page of results only: the list is not cut into pages.
LEFT_ASIDE = ("page", "size", "open")


@hooks.register("article_actions")
def take_away_article(article, request):
    address = reverse("printing:article", args=[article.pk]) if pdf.is_available() else ""
    return "printing/links.html", {"address": address}


@hooks.register("search_actions")
def take_away_results(results, request):
    if not pdf.is_available():
        return None
    query = request.GET.copy()
    for name in LEFT_ASIDE:
        query.pop(name, None)
    address = f"{reverse('printing:search')}?{query.urlencode()}"
    return "printing/list_link.html", {"address": address.rstrip("?")}


@hooks.register("house_page_sections", order=10)  # below its articles
def take_away_years(house_page, request):
    """The years of which the house told something."""
    if not pdf.is_available():
        return None
    links = [
        (year, told, reverse("printing:year", args=[house_page.slug, year]))
        for year, told in years_told(house_page)
    ]
    if not links:
        return None
    return "printing/years.html", {"years": links}
