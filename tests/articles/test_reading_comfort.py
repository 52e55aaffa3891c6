"""What makes an article comfortable to read, to share and to cite."""

import pytest
from bs4 import BeautifulSoup

from editorial.writing.passages import Reading
from editorial.writing.rereading import reread
from exchange.bodies import from_markdown, from_text
from tests.factories import (
    ArticlePageFactory,
    CategoryFactory,
    HousePageFactory,
    restricted,
    stored,
)
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
    controls = BeautifulSoup(comfort.template.decode_contents(), "html.parser")
    assert [button["value"] for button in controls.select("button")] == [
        *("", "light", "dark"),
        *("", "large", "larger"),
    ]
    # Nothing but the stylesheet keeps the page from being drawn.
    assert all(s.has_attr("async") or s.has_attr("defer") for s in document.select("script[src]"))


# Notes at the foot


def noted(lantern, *paragraphs):
    body = stored(*(("paragraph", f"<p>{text}</p>") for text in paragraphs))
    return ArticlePageFactory(parent=lantern, title="Avec notes", slug="notes", body=body)


def test_notes_are_numbered_through_the_text_and_listed_at_its_end(client, lantern):
    article = noted(lantern, "Gratuit [[Sauf la <b>sono</b>.]].", "Ouvert[[Le samedi.]].")
    document = page_of(client.get(article.url))
    references = document.select(".prose [role='doc-noteref']")
    assert [(link.text, link["aria-label"]) for link in references] == [
        ("1", "Note 1"),
        ("2", "Note 2"),
    ]
    assert references[0].find_parent("p").text == "Gratuit1."
    listed = document.select("[role='doc-endnotes'] li")
    assert [squashed(item.text) for item in listed] == ["Sauf la sono. ↩", "Le samedi. ↩"]
    assert listed[0].b.text == "sono"


def test_links_lead_to_the_note_and_back(client, lantern):
    document = page_of(client.get(noted(lantern, "Gratuit[[Sauf la sono.]].").url))
    reference = document.select_one("[role='doc-noteref']")
    back = document.select_one("[role='doc-backlink']")
    assert document.select_one(reference["href"]).find(role="doc-backlink") == back
    assert document.select_one(back["href"]) == reference


@pytest.mark.parametrize(
    "text",
    [
        "Jamais [[fermée.",
        "<b>À cheval [[sur</b> du gras.]]",
        '<a href="https://example.org/">dans un lien [[note]]</a>',
        "Vide [[]]",
    ],
)
def test_what_would_break_the_page_stays_as_it_was_written(client, lantern, text):
    document = page_of(client.get(noted(lantern, text).url))
    assert not document.select("[role='doc-noteref'], [role='doc-endnotes']")
    assert "[[" in document.select_one(".prose").text


def test_a_text_without_notes_has_no_list_of_notes(client, lantern):
    assert not page_of(client.get(noted(lantern, "Gratuit [sic].").url)).select(".notes")


def test_notes_are_found_by_the_search(client, lantern):
    article = noted(lantern, "Gratuit[[Sauf la sonorisation.]].")
    assert "Gratuit (Sauf la sonorisation.)." in article.search_document().body
    assert article.url in client.get("/recherche/?q=sonorisation").text


@pytest.mark.parametrize("read", [from_text, from_markdown])
def test_notes_survive_an_import(read):
    (block,) = read("Gratuit[[Sauf la sono.]].")
    assert block["value"] == "<p>Gratuit[[Sauf la sono.]].</p>"


def test_an_unclosed_note_is_noticed(lantern):
    findings = reread(Reading(noted(lantern, "Gratuit[[Sauf la sono.")))
    assert any("[[" in finding.message for finding in findings)
    findings = reread(Reading(noted(HousePageFactory(), "Gratuit[[Sauf la sono.]]")))
    assert not any("[[" in finding.message for finding in findings)


# Next in the same category


@pytest.fixture
def category():
    return CategoryFactory(name="Gouvernance")


def next_of(client, article):
    link = page_of(client.get(article.url)).select_one(".next a")
    return link and link["href"]


def test_the_next_article_of_the_category_is_the_one_published_before(client, lantern, category):
    def told(**fields):
        return ArticlePageFactory(parent=lantern, categories=[category], **fields)

    undated, old = told(), told(published_on="2024-01-01")
    twin, new = told(published_on="2024-01-01"), told(published_on="2025-01-01")
    told(published_on="2024-06-01", live=False)
    restricted(told(published_on="2024-07-01"))
    ArticlePageFactory(parent=lantern, published_on="2024-08-01")
    assert next_of(client, new) == twin.url
    assert next_of(client, twin) == old.url
    assert next_of(client, old) == undated.url
    assert next_of(client, undated) is None


def test_an_article_without_category_leads_to_none(client, lantern):
    ArticlePageFactory(parent=lantern)
    assert next_of(client, ArticlePageFactory(parent=lantern)) is None
