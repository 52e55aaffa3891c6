"""What makes an article comfortable to read, to share and to cite."""

import pytest

from tests.factories import ArticlePageFactory, stored
from tests.portal.reading import page_of, squashed

pytestmark = pytest.mark.django_db


def words(count: int) -> str:
    return stored(("paragraph", f"<p>{'mot ' * count}</p>"))


@pytest.mark.parametrize(("count", "minutes"), [(3, 1), (290, 1), (310, 2), (800, 4)])
def test_an_article_says_how_long_it_takes_to_read(client, lantern, count, minutes):
    article = ArticlePageFactory(parent=lantern, body=words(count))
    header = page_of(client.get(article.url)).select_one("article > header")
    assert f"{minutes} min" in squashed(header.get_text(" "))


def test_an_article_without_text_takes_no_time(client, lantern):
    header = page_of(client.get(ArticlePageFactory(parent=lantern).url)).select_one("header.flow")
    assert "min" not in header.get_text(" ").split()


def test_the_citation_names_house_title_site_date_and_address(client, lantern):
    article = ArticlePageFactory(
        parent=lantern, title="Une remise : l’outil", slug="remise", published_on="2025-02-11"
    )
    document = page_of(client.get(article.url))
    words = squashed(document.select_one("details .citation").text)
    assert words.startswith("La Lanterne, ") and "Une remise : l’outil" in words
    assert words.endswith(f"Maillage, 11 février 2025, {article.full_url}")


def test_the_citation_of_an_undated_article_has_no_hole(client, lantern):
    article = ArticlePageFactory(parent=lantern, title="Sans date")
    words = page_of(client.get(article.url)).select_one(".citation").text
    assert squashed(words).endswith(f"Maillage, {article.full_url}")


def test_without_a_script_an_article_is_shared_by_mail_and_buttons_are_hidden(client, lantern):
    article = ArticlePageFactory(parent=lantern, title="Troc & prêts", slug="troc")
    document = page_of(client.get(article.url))
    (link,) = document.select(".take-away a[href^='mailto:?']")
    assert "subject=Troc%20%26%20pr%C3%AAts" in link["href"]
    assert "http%3A%2F%2F" in link["href"] and link["href"].endswith("troc%2F")
    buttons = document.select(".take-away button")
    assert next(button["data-text"] for button in buttons) == article.full_url
    assert all(button.has_attr("hidden") for button in buttons)


def test_the_script_of_reading_is_on_articles_only(client, home, lantern):
    article = ArticlePageFactory(parent=lantern)
    assert page_of(client.get(article.url)).select_one("script[src*='reading']").has_attr("defer")
    for address in (home.url, lantern.url):
        assert not page_of(client.get(address)).select("script[src*='reading']")


def test_colours_and_size_are_chosen_with_real_buttons_that_a_script_shows(client, home):
    document = page_of(client.get(home.url))
    comfort = document.select_one("footer .comfort")
    assert comfort.has_attr("hidden")
    assert [button["value"] for button in comfort.select("button")] == [
        *("", "light", "dark"),
        *("", "large", "larger"),
    ]
    # Nothing but the stylesheet keeps the page from being drawn.
    assert all(s.has_attr("async") or s.has_attr("defer") for s in document.select("script[src]"))
