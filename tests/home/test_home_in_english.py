"""The English home page and what surrounds each English page: lists of their own language, links that stay in it."""

import pytest
from wagtail.models import Site

from home.models import HomeHighlight, SiteSettings
from tests.factories import (
    ArticlePageFactory,
    CategoryFactory,
    HousePageFactory,
    PlainPageFactory,
    see_also,
    translated,
)
from tests.home.test_home_page import cards_of, index_of
from tests.portal.reading import page_of, text_of


@pytest.fixture
def told(lantern):
    """Two articles, the first of which exists in English too."""
    category = CategoryFactory(name="Jardins", name_translations={"en": "Gardens"})
    articles = [
        ArticlePageFactory(parent=lantern, title=title, categories=[category])
        for title in ("Le potager", "Le verger")
    ]
    english = translated(articles[0], title="The kitchen garden", slug="kitchen-garden")
    return [*articles, english]


def test_the_home_page_lists_the_articles_and_houses_of_its_language(client, told, harbour, home):
    english_home = home.get_translation(told[2].locale)
    response = client.get(english_home.url)
    assert cards_of(response, "latest") == ["The kitchen garden"]
    assert list(index_of(response, "houses")) == ["La Lanterne"]
    assert index_of(response, "categories") == {"Gardens": ("/en/search/?category=jardins", "1")}
    french = client.get("/")
    assert sorted(cards_of(french, "latest")) == ["Le potager", "Le verger"]
    assert index_of(french, "categories") == {"Jardins": ("/recherche/?category=jardins", "2")}


def test_articles_put_forward_are_shown_in_the_language_of_the_page(client, told, home):
    for place, article in enumerate(told[:2]):
        HomeHighlight.objects.create(page=home, article=article, sort_order=place)
    english_home = home.get_translation(told[2].locale)
    for place, article in enumerate(told[:2]):
        HomeHighlight.objects.create(page=english_home, article=article, sort_order=place)
    assert cards_of(client.get(english_home.url), "highlights") == ["The kitchen garden"]
    assert cards_of(client.get("/"), "highlights") == ["Le potager", "Le verger"]


def test_the_page_of_a_house_says_how_much_more_there_is_in_french(client, told, lantern):
    house_page = lantern.get_translation(told[2].locale)
    document = page_of(client.get(house_page.url))
    assert [link.text for link in document.select(".card h3 a")] == ["The kitchen garden"]
    (notice,) = document.select(".notice")
    assert "1 more article of this house exists in French only." in " ".join(notice.text.split())
    assert notice.a["href"] == lantern.url
    assert not page_of(client.get(lantern.url)).select(".notice")


def test_what_an_article_leads_to_is_in_its_language(client, told, harbour):
    original, other, english = told
    article = ArticlePageFactory(
        parent=harbour,
        title="La récolte",
        adapted_from=original,
        related_articles=see_also(original, other),
    )
    harvest = translated(article, title="The harvest", slug="harvest")
    document = page_of(client.get(harvest.url))
    assert [link.text for link in document.select(".card h3 a")] == ["The kitchen garden"]
    assert document.select_one(".tried a")["href"] == english.url
    (adapted,) = page_of(client.get(english.url)).select(".tried li a")
    assert (adapted.text, adapted["href"]) == ("The harvest", harvest.url)


def test_a_partner_house_is_named_once_in_the_language_of_the_article(client, lantern, harbour):
    article = ArticlePageFactory(parent=lantern, partner_houses=[harbour.house])
    english = translated(article, slug="together")
    partners = page_of(client.get(english.url)).select(".facts dd")[1].select("a")
    assert [link["href"] for link in partners] == [harbour.url]
    english_harbour = translated(harbour)
    for page, partner in ((article, harbour), (english, english_harbour)):
        partners = page_of(client.get(page.url)).select(".facts dd")[1].select("a")
        assert [link["href"] for link in partners] == [partner.url]


def test_terms_without_an_english_label_say_that_they_are_french(client, lantern):
    article = ArticlePageFactory(parent=lantern, tags=["bénévoles"])
    english = translated(article, slug="volunteers")
    (chip,) = page_of(client.get(english.url)).select(".chip")
    assert (chip.text, chip["lang"]) == ("bénévoles", "fr")
    (chip,) = page_of(client.get(article.url)).select(".chip")
    assert "lang" not in chip.attrs


def test_the_navigation_leads_to_translated_pages(client, home):
    help_page, legal = PlainPageFactory(title="Aide"), PlainPageFactory(title="Mentions")
    translated(help_page, title="Help", slug="help")
    site_settings = SiteSettings.for_site(Site.objects.get())
    links = [
        {"page": help_page, "url": "", "label": "Aide"},
        {"page": legal, "url": "", "label": "", "label_translations": {"en": ""}},
        {"page": None, "url": "/recherche/?kind=article", "label": "Articles"},
        {"page": None, "url": "/maisons/", "label": "Les maisons"},
    ]
    links[2]["label_translations"] = {"en": "All articles"}
    site_settings.navigation = [("link", {"label_translations": {}} | link) for link in links]
    site_settings.footer_translations = {"en": "No cookie."}
    site_settings.save()
    response = client.get("/en/help/")
    assert [
        (link.text, link["href"], link.get("lang"))
        for link in page_of(response).select("header.masthead nav a")
    ] == [
        ("Help", "/en/help/", None),
        ("Mentions", "/mentions/", "fr"),
        ("All articles", "/en/search/?kind=article", None),
        ("Les maisons", "/en/maisons/", "fr"),
    ]
    assert "No cookie." in text_of(response) and "Aucun cookie" not in text_of(response)
    assert "Aucun cookie" in text_of(client.get("/"))


def test_a_house_without_english_page_is_not_in_the_english_lists(client, told, home):
    HousePageFactory(house__name="Sans anglais")
    english_home = home.get_translation(told[2].locale)
    assert "Sans anglais" not in text_of(client.get(english_home.url))
