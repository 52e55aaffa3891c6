from wagtail import hooks

from articles.models import ArticlePage
from articles.models.article import with_house_pages

ARTICLES_OF_A_HOUSE = 9


@hooks.register("house_page_sections")
def articles_of_the_house(house_page, request):
    """The latest articles told by the house, for its page."""
    told = ArticlePage.objects.child_of(house_page).published().newest_first().for_cards()
    articles = with_house_pages(told[: ARTICLES_OF_A_HOUSE + 1])
    return "articles/house_section.html", {
        "articles": articles[:ARTICLES_OF_A_HOUSE],
        "has_more": len(articles) > ARTICLES_OF_A_HOUSE,
    }
