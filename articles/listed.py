"""The articles that the pages of the site list, read by queries that are written once."""

from django.db.models import CharField, IntegerField

from articles.models import ArticlePage
from articles.models.queryset import below
from portal.prepared import Parameter, numbered, parameters
from portal.visibility import prepared


def newest_keys(number: int, locale_id: int) -> list[int]:
    """Return the keys of the latest published articles of a language."""
    return _query_of_newest(number).rows(locale=locale_id)


def cards_of(keys: list[int], locale_id: int) -> dict[int, ArticlePage]:
    """Return by their keys, which are few, those of these articles that are published in a language."""
    if not keys:
        return {}
    cards = _query_of_cards(len(keys)).rows(**numbered("key", keys), locale=locale_id)
    return {card.pk: card for card in cards}


def newest_of_house(house_page, number: int) -> list[ArticlePage]:
    """Return the latest published articles right below the page of a house."""
    first, last = below(house_page.path)
    return _query_of_house(number).rows(first=first, last=last)


@prepared
def _query_of_newest(number: int):
    told = ArticlePage.objects.published(locale=Parameter("locale", IntegerField()))
    return told.newest_first().values_list("pk", flat=True)[:number]


@prepared
def _query_of_cards(number: int):
    articles = ArticlePage.objects.published_among(*parameters("key", number, IntegerField()))
    return articles.filter(locale=Parameter("locale", IntegerField())).lean()


@prepared
def _query_of_house(number: int):
    first, last = Parameter("first", CharField()), Parameter("last", CharField())
    return ArticlePage.objects.told_between(first, last).newest_first().lean()[:number]
