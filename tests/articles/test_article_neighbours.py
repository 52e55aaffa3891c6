"""Other articles on the page of one: «see also», what it was adapted from, its adaptations."""

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import gettext

from articles.models import ArticlePage
from tests.articles.pages import edit, hidden_articles
from tests.factories import (
    ArticlePageFactory,
    restricted,
    see_also,
)
from tests.portal.reading import links_of, page_of, says, text_of


def test_see_also_keeps_the_order_of_the_editor(client, lantern):
    first, second = (ArticlePageFactory(parent=lantern) for _number in range(2))
    article = ArticlePageFactory(parent=lantern, related_articles=see_also(second, first))
    document = page_of(client.get(article.url))
    cards = document.select("section[aria-labelledby=see-also] .card h3 a")
    assert [card["href"] for card in cards] == [second.url, first.url]


def test_see_also_shows_rows_without_a_rank(client, lantern):
    """Wagtail's rank may be null: rows made by code or by an older form have none."""
    other = ArticlePageFactory(parent=lantern)
    article = ArticlePageFactory(parent=lantern, related_articles=see_also(other))
    article.related_articles.model.objects.update(sort_order=None)
    assert other.url in links_of(client.get(article.url))


def test_see_also_shows_published_articles_only(client, lantern, harbour):
    hidden = hidden_articles(lantern)
    hidden.append(ArticlePageFactory(parent=restricted(harbour), title="Maison réservée"))
    shown = ArticlePageFactory(parent=lantern, title="Publié")
    article = ArticlePageFactory(parent=lantern, related_articles=see_also(*hidden, shown))
    response = client.get(article.url)
    assert shown.url in links_of(response)
    for page in hidden:
        assert page.title not in response.text


def test_an_article_leads_to_what_it_was_adapted_from_and_back(client, lantern, harbour):
    original = ArticlePageFactory(parent=lantern, title="L’idée")
    copy = ArticlePageFactory(parent=harbour, title="La reprise", adapted_from=original)
    response = client.get(copy.url)
    assert original.url in links_of(response) and "L’idée , La Lanterne" in text_of(response)
    response = client.get(original.url)
    assert copy.url in links_of(response) and "La reprise , Le Port" in text_of(response)


def test_adaptations_are_shown_when_published_only(client, lantern):
    original = ArticlePageFactory(parent=lantern)
    hidden = hidden_articles(lantern)
    ArticlePage.objects.filter(pk__in=[page.pk for page in hidden]).update(adapted_from=original)
    response = client.get(original.url)
    for page in hidden:
        assert page.title not in response.text
    assert not page_of(response).select(".tried")


@pytest.mark.parametrize("index", range(3))
def test_an_original_is_shown_when_published_only(client, lantern, index):
    original = hidden_articles(lantern)[index]
    article = ArticlePageFactory(parent=lantern, adapted_from=original)
    response = client.get(article.url)
    assert original.title not in response.text
    assert not page_of(response).select(".tried")


def test_an_article_outlives_the_one_it_was_adapted_from(client, lantern):
    original = ArticlePageFactory(parent=lantern)
    article = ArticlePageFactory(parent=lantern, adapted_from=original)
    original.delete()
    assert client.get(article.url).status_code == 200


@pytest.mark.parametrize("length", [1, 2, 3])
def test_an_article_is_not_adapted_from_itself(client, editor, lantern, length):
    """Directly, by way of another one, or of a third."""
    chain = [ArticlePageFactory(parent=lantern)]
    for _number in range(length - 1):
        chain.append(ArticlePageFactory(parent=lantern, adapted_from=chain[-1]))
    client.force_login(editor)
    response = edit(client, chain[0], adapted_from=chain[-1].pk)
    assert response.status_code == 200
    assert says(response, "An article cannot be adapted from itself, even by way of another one.")
    chain[0].refresh_from_db()
    assert chain[0].adapted_from is None
    assert chain[0].get_latest_revision_as_object().adapted_from is None


def test_a_circle_closed_by_another_hand_does_not_hang(lantern):
    """Two drafts saved at the same moment could each be right and close a circle together."""
    first, second = (ArticlePageFactory(parent=lantern) for _number in range(2))
    ArticlePage.objects.filter(pk=first.pk).update(adapted_from=second)
    ArticlePage.objects.filter(pk=second.pk).update(adapted_from=first)
    third = ArticlePage(title="Un", slug="un", adapted_from=ArticlePage.objects.get(pk=first.pk))
    with pytest.raises(ValidationError) as refusal:
        third.clean()
    message = gettext("An article cannot be adapted from itself, even by way of another one.")
    assert refusal.value.message_dict == {"adapted_from": [message]}
