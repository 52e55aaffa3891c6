"""What the cards of several articles show, read for all of them at once."""

from django.db.models import Prefetch, prefetch_related_objects

from articles.models.terms import Typology
from houses.models import HousePage
from portal.fields import translated


def in_order(keys, found: dict) -> list:
    """Return the articles of `found` in the order of `keys`, each once; those not found are left out."""
    return [found[key] for key in dict.fromkeys(keys) if key in found]


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


def with_houses(articles, listed_houses) -> list:
    """Return `articles` as a list, the house of each being among those listed, else read with its page."""
    articles = list(articles)
    houses = {house.path: house for house in listed_houses}
    for article in articles:
        if article.house_path in houses:
            article.house = houses[article.house_path]
    with_house_pages(article for article in articles if article.house_path not in houses)
    return articles


def read_typology_labels(articles) -> None:
    """Read the `typology_label` of all these articles in one query."""
    if not articles:
        return
    labels = {}
    rows = Typology.objects.filter(articles__in=[article.pk for article in articles])
    for pk, name, translations in rows.values_list("articles", "name", "name_translations"):
        labels.setdefault(pk, translated(name, translations))
    for article in articles:
        article.typology_label = labels.get(article.pk, "")


def prefetch_renditions(pictures) -> None:
    """Read the renditions of all these pictures in one query; None among them is passed over."""
    pictures = [picture for picture in pictures if picture]
    prefetch_related_objects(pictures, Prefetch("renditions", to_attr="prefetched_renditions"))
