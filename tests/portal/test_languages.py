"""Each language at its own address, and nothing of another passed off as its own."""

from urllib.parse import urlsplit
from xml.etree import ElementTree

import polib
import pytest
from django.conf import settings as project_settings
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils.translation import override
from wagtail.models import Locale, Page
from wagtail.users.models import UserProfile

from home.permissions import NETWORK_EDITORS
from portal.languages import sync_locales
from portal.templatetags.portal_tags import french_spaces
from tests.factories import (
    ArticlePageFactory,
    PlainPageFactory,
    UserFactory,
    restricted,
    translated,
)
from tests.portal.reading import links_of, meta_of, page_of, text_of

GERMAN = {"HTTP_ACCEPT_LANGUAGE": "de,en;q=0.8"}
XHTML_LINK = "{http://www.w3.org/1999/xhtml}link"
URL, LOCATION = (
    f"{{http://www.sitemaps.org/schemas/sitemap/0.9}}{name}" for name in ("url", "loc")
)


@pytest.fixture
def article(lantern):
    return ArticlePageFactory(parent=lantern, title="Le jardin", summary="On y jardine.")


@pytest.fixture
def garden(article):
    """The article in English."""
    return translated(article, title="The garden", summary="We garden.", slug="the-garden")


@pytest.fixture
def english_home(home):
    english = Locale.objects.get(language_code="en")
    return home.get_translation_or_none(english) or translated(home, heading="What one house tried")


def alternates(response) -> dict[str, str]:
    links = page_of(response).select('link[rel="alternate"][hreflang]')
    return {link["hreflang"]: urlsplit(link["href"]).path for link in links}


def switch(response) -> dict[str, str]:
    """The address that each language of the masthead leads to."""
    links = page_of(response).select("header.masthead .languages a")
    assert all(link["lang"] == link["hreflang"] for link in links)
    return {link["lang"]: link["href"] for link in links}


def current(response) -> str:
    (link,) = page_of(response).select("header.masthead .languages [aria-current]")
    return link["lang"]


# The language of an address


def test_there_is_a_row_for_each_language_of_the_settings(db, settings):
    settings.LANGUAGES = [("fr", "French"), ("en", "English"), ("de", "German")]
    Locale.objects.exclude(language_code="fr").delete()
    sync_locales()
    sync_locales()
    assert sorted(Locale.objects.values_list("language_code", flat=True)) == ["de", "en", "fr"]


def test_an_address_has_one_language_whatever_the_browser_asks(client, article, garden):
    for page, language in ((article, "fr"), (garden, "en")):
        response = client.get(page.url, **GERMAN)
        assert page_of(response).html["lang"] == response["Content-Language"] == language
        assert "Accept-Language" not in response["Vary"]
    assert garden.url == "/en/maisons/la-lanterne/the-garden/"
    assert article.url == "/maisons/la-lanterne/le-jardin/"


@pytest.mark.parametrize("address", ["/en/search/", "/en/nothing-here/"])
def test_the_search_and_a_missing_page_speak_the_language_of_the_address(
    client, english_home, address
):
    response = client.get(address)
    assert page_of(response).html["lang"] == "en"
    assert response.status_code == (404 if "nothing" in address else 200)
    assert "/en/" in links_of(response)


def test_a_translated_page_names_its_translations_to_machines(client, article, garden):
    both = {"fr": article.url, "en": garden.url, "x-default": article.url}
    for page, (own, other) in ((article, ("fr_FR", "en_GB")), (garden, ("en_GB", "fr_FR"))):
        response = client.get(page.url)
        assert alternates(response) == both
        metas = meta_of(response)
        assert (metas["og:locale"], metas["og:locale:alternate"]) == (own, other)
        assert page_of(response).select_one('link[rel="canonical"]')["href"] == page.full_url


def test_a_translation_that_is_not_public_is_told_to_nobody(client, article, garden):
    restricted(garden)
    response = client.get(article.url)
    assert alternates(response) == {}
    assert "the-garden" not in response.text
    assert "og:locale:alternate" not in meta_of(response)


# The switch


def test_the_switch_stays_on_the_same_article(client, article, garden):
    for page, language in ((article, "fr"), (garden, "en")):
        response = client.get(page.url)
        assert switch(response) == {"fr": article.url, "en": garden.url}
        assert current(response) == language


def test_the_switch_keeps_what_is_searched(client, english_home):
    response = client.get("/recherche/?q=jardin&kind=article")
    assert switch(response)["en"] == "/en/search/?q=jardin&kind=article"


def test_the_switch_of_an_untranslated_article_leads_to_an_honest_page(client, article):
    address = switch(client.get(article.url))["en"]
    assert address == f"/en{article.url}"
    response = client.get(address)
    assert response.status_code == 200
    assert switch(response)["fr"] == article.url and current(response) == "en"


# Where there is no translation


def test_an_untranslated_page_says_in_which_language_it_exists(client, article, english_home):
    response = client.get(f"/en{article.url}")
    document = page_of(response)
    assert response.status_code == 200 and document.html["lang"] == "en"
    assert "This page exists in French." in text_of(response)
    (title,) = document.select('[lang="fr"] a[hreflang="fr"]:-soup-contains("Le jardin")')
    assert title["href"] == article.url
    assert meta_of(response)["robots"] == "noindex"
    assert document.select_one('link[rel="canonical"]')["href"] == article.full_url


def test_a_page_in_english_only_says_so_in_french(client, article, garden):
    article.unpublish()
    response = client.get("/maisons/la-lanterne/the-garden/")
    assert response.status_code == 200 and page_of(response).html["lang"] == "fr"
    (title,) = page_of(response).select('main [lang="en"] a[hreflang="en"]')
    assert (title.text, title["href"]) == ("The garden", garden.url)


def test_without_any_english_page_the_english_home_is_honest_too(client, home):
    response = client.get("/en/")
    assert "This page exists in French." in text_of(response)
    assert client.get("/en/nothing-here/").status_code == 404


@pytest.mark.parametrize("hide", [lambda page: page.unpublish(), restricted])
def test_what_is_not_public_is_not_said_to_exist_elsewhere(client, article, english_home, hide):
    hide(article)
    response = client.get(f"/en{article.url}")
    assert response.status_code == 404
    assert "Le jardin" not in response.text


def test_the_address_of_the_original_leads_to_the_translation(client, article, garden):
    response = client.get(f"/en{article.url}")
    assert (response.status_code, response["Location"]) == (302, garden.url)


def test_a_copy_that_nobody_has_translated_is_no_translation(client, article, english_home):
    translated(article.get_parent().specific)
    english = Locale.objects.get(language_code="en")
    copy = article.copy_for_translation(english, alias=True)
    copy.refresh_from_db()
    assert "This page exists in French." in text_of(client.get(copy.url))
    assert alternates(client.get(article.url)) == {}


# Lists


def test_the_sitemap_has_each_language_with_its_translations(client, article, garden):
    only_french = PlainPageFactory(title="Aide")
    root = ElementTree.fromstring(client.get("/sitemap.xml").content)
    links = {
        urlsplit(url.find(LOCATION).text).path: {
            link.get("hreflang"): urlsplit(link.get("href")).path for link in url.iter(XHTML_LINK)
        }
        for url in root.iter(URL)
    }
    both = {"fr": article.url, "en": garden.url}
    assert links[article.url] == links[garden.url] == both
    assert links[only_french.url] == {}


def test_a_search_mixes_languages_only_where_it_is_asked_to(client, article, garden):
    def found(address):
        return {
            link.text: link.find_parent("h2").get("lang")
            for link in page_of(client.get(address)).select(".hit h2 a")
        }

    assert found("/en/search/?kind=article") == {"The garden": None}
    assert found("/recherche/?kind=article") == {"Le jardin": None}
    both = found("/en/search/?kind=article&language=en&language=fr")
    assert both == {"The garden": None, "Le jardin": "fr"}


def test_french_spaces_are_for_french_only():
    with override("en"):
        assert french_spaces("Why ? 5 %") == "Why ? 5 %"
    with override("fr"):
        assert french_spaces("Pourquoi ?") == "Pourquoi\u202f?"


# English, whole


def french_texts() -> list[str]:
    """What our French catalogue says in other words than English, long enough not to be met by chance."""
    path = project_settings.BASE_DIR / "locale/fr/LC_MESSAGES/django.po"
    return [
        entry.msgstr
        for entry in polib.pofile(str(path)).translated_entries()
        if len(entry.msgstr.split()) > 1 and "%" not in entry.msgstr and entry.msgstr != entry.msgid
    ]


def test_english_pages_have_no_french_of_ours(client, garden, english_home):
    plain = translated(PlainPageFactory(title="Aide"), title="Help", slug="help")
    pages = [english_home, garden.get_parent(), garden.get_parent().get_parent(), garden, plain]
    # The title of the directory is content, which the translation copied.
    Page.objects.filter(title="Les maisons", locale=english_home.locale).update(title="The houses")
    texts = french_texts()
    for address in [*(page.url for page in pages), "/en/search/", "/en/search/?q=zzzz", "/en/no/"]:
        said = text_of(client.get(address))
        assert [text for text in texts if text in said] == [], address


def test_the_admin_in_english_has_no_french_of_ours(client, lantern):
    user = UserFactory(groups=[Group.objects.get(name=NETWORK_EDITORS)])
    UserProfile.objects.create(user=user, preferred_language="en")
    client.force_login(user)
    said = text_of(client.get(reverse("wagtailadmin_home")))
    assert [text for text in french_texts() if text in said] == []


# One more language, by the settings alone


@pytest.fixture
def german(db, settings):
    languages = [("fr", "French"), ("en", "English"), ("de", "German")]
    settings.LANGUAGES = settings.WAGTAIL_CONTENT_LANGUAGES = languages
    sync_locales()


def test_a_third_language_is_served_at_its_own_address(client, german, article, garden):
    assert "existiert" not in client.get("/de/").text
    allotment = translated(article, "de", title="Der Garten", slug="der-garten")
    assert allotment.url == "/de/maisons/la-lanterne/der-garten/"
    response = client.get(allotment.url)
    assert page_of(response).html["lang"] == "de" and "Der Garten" in text_of(response)
    assert switch(response) == {"fr": article.url, "en": garden.url, "de": allotment.url}
    assert meta_of(response)["og:locale"] == "de_DE"
    with override("de"):
        assert client.get(reverse("search:page")).status_code == 200
