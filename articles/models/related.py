"""What an article leads to: the one it was adapted from, those adapted from it, those to read next."""

from typing import NamedTuple

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import PageChooserPanel
from wagtail.models import Orderable

from articles.models.cards import in_order
from portal.languages import twins


class RelatedArticle(Orderable):
    page = ParentalKey(
        "articles.ArticlePage", on_delete=models.CASCADE, related_name="related_articles"
    )
    article = models.ForeignKey(
        "articles.ArticlePage",
        verbose_name=_("article"),
        on_delete=models.CASCADE,
        related_name="+",
    )

    panels = [PageChooserPanel("article")]

    class Meta(Orderable.Meta):
        verbose_name = _("related article")
        verbose_name_plural = _("related articles")


class Neighbours(NamedTuple):
    adapted_from: models.Model | None
    adaptations: list
    see_also: list
    next_one: models.Model | None = None

    @property
    def all(self) -> list:
        original = [self.adapted_from] if self.adapted_from else []
        return list(dict.fromkeys([*original, *self.adaptations, *self.see_also]))


NO_NEIGHBOURS = Neighbours(None, [], [])


def neighbours_of(article, category=None) -> Neighbours:
    """Return what `article` leads to among published articles of its language; a preview has what is in the form.

    `next_one` follows it in `category`, the newest being first; None after the last, or where it is among the others.
    """
    related = [row.article_id for row in article.related_articles.all()]
    here = twins([article.adapted_from_id, *related], article.locale_id)
    original, related = (
        here.get(article.adapted_from_id),
        [here[pk] for pk in related if pk in here],
    )
    articles = type(article).objects
    wanted = Q(pk__in=[original, *related])
    itself = _in_all_languages(article)
    if itself:
        # A sub-select: SQLite would read all the articles for a comparison among alternatives.
        adapted = articles.order_by().filter(adapted_from__in=itself)
        wanted |= Q(pk__in=adapted.values("pk"))
    published = articles.published(locale=article.locale_id)
    if category and article.pk:
        wanted |= Q(pk__in=_following(article, published.filter(categories=category)))
    found = {card.pk: card for card in published.filter(wanted).lean()}
    neighbours = Neighbours(
        adapted_from=found.get(original),
        adaptations=[card for card in found.values() if card.adapted_from_id in itself],
        see_also=in_order(related, found),
    )
    others = [card for card in found.values() if card not in neighbours.all]
    return neighbours._replace(next_one=next(iter(others), None))


def _in_all_languages(article) -> list[int]:
    """Return the keys of an article and its translations: what is adapted from one is so from all."""
    if article.pk is None or get_language() == settings.LANGUAGE_CODE:
        return [article.pk] if article.pk else []
    return list(article.get_translations(inclusive=True).values_list("pk", flat=True))


def _following(article, others):
    """Return the key of the one of `others` that follows `article`, as a sub-select."""
    # Compared with None, this looks for articles without a date too.
    earlier, day = Q(published_on=article.published_on, pk__lt=article.pk), article.published_on
    if day:
        earlier |= Q(published_on__lt=day) | Q(published_on=None)
    return others.filter(earlier).newest_first().values("pk")[:1]
