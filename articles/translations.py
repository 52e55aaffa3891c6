"""What a translated article has from its source: what it is about, who did it, what it leads to.

wagtail-localize translates texts, and leaves behind what is chosen in lists.
"""

from functools import cache

from django.db.models import UUIDField
from wagtail.models import Page
from wagtail_localize.models import TranslationSource

from articles.models import ArticlePage
from articles.models.related import RelatedArticle
from portal.prepared import Parameter, PreparedQuery

CHOSEN = ("categories", "typologies", "partner_houses")


def has_translations(page: Page) -> bool:
    """Whether `page` is translated, or a translation itself: most are neither."""
    return bool(_query_of_sources().rows(key=page.translation_key))


@cache
def _query_of_sources() -> PreparedQuery:
    sources = TranslationSource.objects.filter(object=Parameter("key", UUIDField()))
    return PreparedQuery(sources.values_list("pk"))


def source_of(article: ArticlePage) -> ArticlePage | None:
    """The article that `article` is translated from, None where it is not a translation."""
    sources = TranslationSource.objects.filter(
        object=article.translation_key, translations__target_locale=article.locale_id
    )
    return ArticlePage.objects.filter(
        translation_key=article.translation_key, locale__in=sources.values("locale")
    ).first()


def translations_of(article: ArticlePage):
    """The articles that are translated from `article`."""
    sources = TranslationSource.objects.filter(
        object=article.translation_key, locale=article.locale_id
    )
    return ArticlePage.objects.filter(
        translation_key=article.translation_key,
        locale__in=sources.values("translations__target_locale"),
    )


def follow_source(translation: ArticlePage, source: ArticlePage) -> None:
    """Choose for `translation`, not saved yet, what `source` has."""
    for name in CHOSEN:
        setattr(translation, name, list(getattr(source, name).all()))
    translation.tags.set(source.tags.all(), clear=True)
    related = source.related_articles.all()
    leads_to = [row.article for row in related]
    counterparts = _counterparts([source.adapted_from, *leads_to], translation.locale_id)
    original = source.adapted_from
    translation.adapted_from = original and counterparts[original.translation_key]
    translation.related_articles = [
        RelatedArticle(article=counterparts[row.article.translation_key], sort_order=row.sort_order)
        for row in related
    ]


def _counterparts(articles, locale: int) -> dict:
    """Each of `articles` as it is online in the language `locale`, itself where it is not; by the key of its translations."""
    known = {article.translation_key: article for article in articles if article}
    translated = ArticlePage.objects.filter(
        translation_key__in=known, locale=locale, live=True, alias_of=None
    )
    return known | {article.translation_key: article for article in translated}


def follow_publication(sender, instance, **kwargs) -> None:
    """An article was put online: its translations follow it, or it follows its source."""
    if not has_translations(instance):
        return
    if source := source_of(instance):
        _follow_and_save(instance, source)
        _lead_to(instance, source)
    for translation in translations_of(instance):
        _follow_and_save(translation, instance)


def _follow_and_save(translation: ArticlePage, source: ArticlePage) -> None:
    follow_source(translation, source)
    translation.save(clean=False)


def _lead_to(translation: ArticlePage, source: ArticlePage) -> None:
    """What was adapted from `source`, in the language of its `translation`, is found from there from now on."""
    in_same_language = Page.objects.filter(locale=translation.locale_id)
    ArticlePage.objects.filter(adapted_from=source, pk__in=in_same_language.values("pk")).exclude(
        pk=translation.pk
    ).update(adapted_from=translation)
