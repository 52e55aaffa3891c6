"""An article that is not public is nowhere."""

import datetime

import pytest

from articles.models import ArticlePage
from home.models import HomeHighlight
from tests.articles.pages import hidden_articles
from tests.factories import (
    ArticlePageFactory,
    CategoryFactory,
    TagFactory,
    TypologyFactory,
    restricted,
    see_also,
)
from tests.portal.reading import page_of


def listings(article):
    return [
        "/",
        "/recherche/",
        "/recherche/?q=résumé",
        f"/recherche/?house={article.house.slug}",
        article.house_page.url,
        "/sitemap.xml",
    ]


@pytest.mark.parametrize("index", range(3))
def test_an_article_that_is_not_public_is_shown_nowhere(client, lantern, home, index):
    typology, category, tag = TypologyFactory(), CategoryFactory(), TagFactory()
    article = hidden_articles(lantern)[index]
    article.published_on, article.summary = datetime.date(1999, 1, 1), "Un résumé secret."
    article.typologies, article.categories = [typology], [category]
    article.tags.add(tag)
    article.save()
    HomeHighlight.objects.create(page=home, article=article)
    filters = [f"/recherche/?{name}" for name in ("year=1999", "tag=" + tag.slug)]
    filters += [typology.listing_url, category.listing_url]
    for address in [*listings(article), *filters]:
        response = client.get(address)
        assert article.title not in response.text, address
        assert article.url not in response.text, address
        assert "secret" not in response.text, address


@pytest.mark.parametrize("index, status", [(0, 404), (1, 302), (2, 410)])
def test_the_address_of_an_article_that_is_not_public_tells_nothing(client, lantern, index, status):
    article = hidden_articles(lantern)[index]
    response = client.get(article.url)
    assert response.status_code == status
    assert article.title not in response.text


def test_an_article_of_a_restricted_house_is_shown_nowhere(client, lantern):
    article = ArticlePageFactory(parent=lantern, title="Derrière la porte")
    restricted(lantern)
    for address in listings(article):
        assert article.title not in client.get(address, follow=True).text, address
    assert client.get(article.url).status_code == 302


def test_the_draft_of_a_public_article_is_shown_nowhere(client, lantern, home):
    article = ArticlePageFactory(parent=lantern, title="Publié", summary="Un résumé publié.")
    HomeHighlight.objects.create(page=home, article=article)
    other = ArticlePageFactory(parent=lantern, related_articles=see_also(article))
    article.title, article.summary, article.slug = "Brouillon", "Résumé secret.", "brouillon"
    article.save_revision()
    published = ArticlePage.objects.get(pk=article.pk)
    for address in [*listings(published), published.url, other.url]:
        response = client.get(address)
        assert "Brouillon" not in response.text, address
        assert "secret" not in response.text, address
        assert published.url in response.text, address


def test_an_article_of_every_filter_is_counted_when_public_only(client, lantern):
    category, typology = CategoryFactory(name="Jardins"), TypologyFactory(name="Témoignage")
    ArticlePageFactory(parent=lantern, categories=[category], typologies=[typology])
    ArticlePageFactory(parent=lantern, categories=[category], typologies=[typology], live=False)
    index = page_of(client.get("/")).select("ul.index li")
    counts = {
        row.a.text: row.a.next_sibling.strip()
        for row in index
        if row.a["href"].startswith("/recherche/?")
    }
    assert counts == {"Jardins": "1", "Témoignage": "1"}
