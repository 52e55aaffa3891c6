"""What an article leads to: the one it was adapted from, those adapted from it, those to read next."""

from typing import NamedTuple

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q, StringAgg, Subquery, Value
from django.db.models.functions import Cast, Coalesce, Concat
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import PageChooserPanel
from wagtail.models import Orderable

from articles.models.cards import in_order
from portal.languages import twins
from portal.prepared import Parameter
from portal.visibility import prepared


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


def related_keys_column() -> Coalesce:
    """Return the column of the ranks and keys of the related articles: `related_keys_of` reads it."""
    text = models.CharField()
    rank, key = (Cast(name, text) for name in ("sort_order", "article_id"))
    rows = RelatedArticle.objects.order_by().filter(page=OuterRef("pk")).values("page")
    told = StringAgg(Concat(rank, Value(":"), key, output_field=text), Value(" "))
    return Coalesce(
        Subquery(rows.annotate(told=told).values("told")), Value("", models.TextField())
    )


def related_keys_of(article) -> list[int]:
    """Return the keys of the related articles: as `related_keys_column` told them, else those of the form."""
    if article.related_keys is None:
        return [row.article_id for row in article.related_articles.all()]
    rows = [row.split(":") for row in article.related_keys.split()]
    return [int(key) for _rank, key in sorted(rows, key=lambda row: int(row[0] or 0))]


def neighbours_of(article) -> Neighbours:
    """Return what `article` leads to among published articles of its language; a preview has what is in the form."""
    related = related_keys_of(article)
    # What an original leads to, its translation leads to.
    is_translated = get_language() != settings.LANGUAGE_CODE
    if not (article.adapted_from_id or article.has_adaptations or related or is_translated):
        return Neighbours(None, [], [])
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
    found = {card.pk: card for card in published.filter(wanted).lean()}
    return Neighbours(
        adapted_from=found.get(original),
        adaptations=[card for card in found.values() if card.adapted_from_id in itself],
        see_also=in_order(related, found),
    )


def _in_all_languages(article) -> list[int]:
    """Return the keys of an article and its translations: what is adapted from one is so from all."""
    if article.pk is None or get_language() == settings.LANGUAGE_CODE:
        return [article.pk] if article.pk else []
    return list(article.get_translations(inclusive=True).values_list("pk", flat=True))


def next_in(category, article):
    """Return the published article that follows `article` in a category, the newest being first; None after the last."""
    following = _query_of_following(type(article), article.published_on is not None)
    where = {"category": category.pk, "locale": article.locale_id, "pk": article.pk}
    return following.first(day=article.published_on, **where)


@prepared
def _query_of_following(page_type, is_dated: bool):
    key = models.IntegerField()
    same_day, earlier = Q(published_on=None), Q()
    if is_dated:
        day = Parameter("day", models.DateField())
        same_day = Q(published_on=day)
        # Those without a date come last.
        earlier = Q(published_on__lt=day) | Q(published_on=None)
    told = page_type.objects.published(locale=Parameter("locale", key))
    told = told.filter(categories=Parameter("category", key))
    following = told.filter(same_day & Q(pk__lt=Parameter("pk", key)) | earlier)
    return following.newest_first().only("title", "path", "depth", "url_path", "live")[:1]
