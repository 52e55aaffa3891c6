"""What the cards of several articles show, read for all of them at once."""

from django.db.models import Prefetch, prefetch_related_objects

from articles.models.terms import Typology
from houses.models import HousePage


def with_house_pages(articles, known_pages=()) -> list:
    """Return `articles` as a list, with the page of the house of each, read in one query.

    Those among `known_pages` are not read again.
    """
    articles = list(articles)
    house_pages = {page.path: page for page in known_pages}
    homeless = [article for article in articles if article.house_path not in house_pages]
    if homeless:
        house_pages.update((page.path, page) for page in HousePage.objects.above(homeless))
    for article in articles:
        article.house_page = house_pages[article.house_path]
    return articles


def read_first_typologies(articles) -> None:
    """Read the `first_typology` of all these articles in one query."""
    if not articles:
        return
    rows = Typology.articles.through.objects.filter(articlepage__in=[page.pk for page in articles])
    found = {}
    for row in rows.select_related("typology").order_by("typology__position", "typology__name"):
        found.setdefault(row.articlepage_id, row.typology)
    for article in articles:
        article.first_typology = found.get(article.pk)


def prefetch_renditions(pictures) -> None:
    """Read the renditions of all these pictures in one query; None among them is passed over."""
    pictures = [picture for picture in pictures if picture]
    prefetch_related_objects(pictures, Prefetch("renditions", to_attr="prefetched_renditions"))
