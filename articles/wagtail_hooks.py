from wagtail import hooks
from wagtail.snippets.models import register_snippet

from articles import bulk_actions  # noqa: F401  registers itself
from articles.blocks import PASSAGE_LANGUAGES
from articles.models import ArticlePage
from articles.models.cards import prefetch_renditions, read_typology_labels, with_house_pages
from articles.rich_text import register_language
from articles.viewsets import ArticleListingViewSet, ClassificationViewSetGroup

ARTICLES_OF_A_HOUSE = 9


@hooks.register("house_page_sections")
def articles_of_the_house(house_page, request):
    """The latest articles told by the house, for its page."""
    told = ArticlePage.objects.told_by(house_page).newest_first().lean()
    articles = with_house_pages(told[: ARTICLES_OF_A_HOUSE + 1], [house_page])
    read_typology_labels(articles)
    prefetch_renditions(article.picture for article in articles)
    return "articles/house_section.html", {
        "articles": articles[:ARTICLES_OF_A_HOUSE],
        "has_more": len(articles) > ARTICLES_OF_A_HOUSE,
    }


@hooks.register("register_admin_viewset")
def article_listing():
    return ArticleListingViewSet("articles_admin", url_prefix="articles")


@hooks.register("register_rich_text_features")
def passages_in_other_languages(features):
    for code, name in PASSAGE_LANGUAGES.items():
        register_language(features, code, name)


register_snippet(ClassificationViewSetGroup)
