from django.conf import settings
from django.utils.translation import get_language
from wagtail import hooks
from wagtail.models import Page
from wagtail.snippets.models import register_snippet

from articles import bulk_actions, personal_data  # noqa: F401  bulk actions register themselves
from articles.blocks import PASSAGE_LANGUAGES
from articles.listed import newest_of_house
from articles.models import ArticlePage
from articles.models.cards import prefetch_renditions, read_typology_labels, with_house_pages
from articles.rich_text import register_language
from articles.viewsets import ArticleListingViewSet, ClassificationViewSetGroup
from houses.models import HousePage
from portal.visibility import publicly_visible

ARTICLES_OF_A_HOUSE = 9


@hooks.register("house_page_sections")
def articles_of_the_house(house_page, request):
    """The latest articles told by the house, for its page."""
    articles = newest_of_house(house_page, ARTICLES_OF_A_HOUSE + 1)
    with_house_pages(articles, [house_page])
    read_typology_labels(articles)
    prefetch_renditions(article.picture for article in articles)
    return "articles/house_section.html", {
        "articles": articles[:ARTICLES_OF_A_HOUSE],
        "has_more": len(articles) > ARTICLES_OF_A_HOUSE,
        "elsewhere": _untranslated_articles(house_page, request),
    }


def _untranslated_articles(house_page, request) -> list[tuple[str, int, str]]:
    """Return (language, number, address of its page there) of what the house told in other languages only.

    The pages of the first language, where nearly everything is told, do not ask.
    """
    if get_language() == settings.LANGUAGE_CODE:
        return []
    twins = HousePage.objects.published().filter(house=house_page.house_id)
    translated = Page.objects.filter(publicly_visible(), locale=house_page.locale_id)
    missing = [
        (
            twin.locale.language_code,
            ArticlePage.objects.told_by(twin)
            .exclude(translation_key__in=translated.values("translation_key"))
            .count(),
            twin.get_url(request),
        )
        for twin in twins.exclude(pk=house_page.pk).select_related("locale")
    ]
    return [found for found in missing if found[1]]


@hooks.register("register_admin_viewset")
def article_listing():
    return ArticleListingViewSet("articles_admin", url_prefix="articles")


@hooks.register("register_rich_text_features")
def passages_in_other_languages(features):
    for code, name in PASSAGE_LANGUAGES.items():
        register_language(features, code, name)


register_snippet(ClassificationViewSetGroup)
hooks.register("personal_data", personal_data.declare)
