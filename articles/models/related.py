"""What an article leads to: the one it was adapted from, those adapted from it, those to read next."""

from typing import NamedTuple

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import PageChooserPanel
from wagtail.models import Orderable

from articles.models.cards import in_order

# What a link to an article needs of its row.
LINK_FIELDS = ["title", "path", "depth", "url_path", "live"]


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

    @property
    def all(self) -> list:
        original = [self.adapted_from] if self.adapted_from else []
        return list(dict.fromkeys([*original, *self.adaptations, *self.see_also]))


NO_NEIGHBOURS = Neighbours(None, [], [])


def neighbours_of(article) -> Neighbours:
    """Return what `article` leads to among published articles; a preview has what is in the form."""
    related = [row.article_id for row in article.related_articles.all()]
    articles = type(article).objects
    wanted = Q(pk__in=[article.adapted_from_id, *related])
    if article.pk:
        # A sub-select: SQLite would read all the articles for a comparison among alternatives.
        wanted |= Q(pk__in=articles.order_by().filter(adapted_from=article.pk).values("pk"))
    found = {card.pk: card for card in articles.published().filter(wanted).lean()}
    return Neighbours(
        adapted_from=found.get(article.adapted_from_id),
        adaptations=[
            card for card in found.values() if article.pk and card.adapted_from_id == article.pk
        ],
        see_also=in_order(related, found),
    )


def next_in(article, category):
    """Return the published article that follows `article` in `category`, the newest being first; None after the last."""
    others = type(article).objects.published().filter(categories=category)
    # Compared with None, this looks for articles without a date too.
    earlier, day = Q(published_on=article.published_on, pk__lt=article.pk), article.published_on
    if day:
        earlier |= Q(published_on__lt=day) | Q(published_on=None)
    return others.filter(earlier).newest_first().only(*LINK_FIELDS).first()
