"""Feeds of a search, and how a browser learns to search here."""

from html import unescape
from xml.etree import ElementTree

import pytest
from django.urls import reverse

from home.models import SiteSettings
from search.models import SearchDocument
from tests.factories import ArticlePageFactory, CategoryFactory, PlainPageFactory

RSS, ATOM, JSON = FEEDS = ["search:feed_rss", "search:feed_atom", "search:feed_json"]
A = "{http://www.w3.org/2005/Atom}"
HARM = "<script>alert(1)</script>"


@pytest.fixture
def sono(lantern):
    return ArticlePageFactory(
        parent=lantern,
        title="Prêter une sono & ses câbles",
        summary="Une caution de <b>50 €</b>.",
        categories=[CategoryFactory(name="Matériel")],
        tags=["caution"],
        published_on="2026-03-01",
    )


def read(client, name, query="", **kwargs):
    response = client.get(f"{reverse(name)}?{query}", **kwargs)
    assert response.status_code == 200, response.content
    return response


def parsed(response):
    return ElementTree.fromstring(response.content)


def test_rss(client, sono):
    channel = parsed(read(client, RSS, "q=sono&category=materiel")).find("channel")
    assert channel.findtext("title").startswith("«\u00a0sono\u00a0» · ")
    assert "Matériel" in channel.findtext("title")
    link = f"http://testserver{reverse('search:page')}?q=sono&category=materiel"
    assert channel.findtext("link") == link
    assert channel.find(f"{A}link").attrib == {
        "rel": "self",
        "href": f"http://testserver{reverse(RSS)}?q=sono&category=materiel",
    }
    [item] = channel.findall("item")
    assert item.findtext("link") == f"http://testserver{sono.url}"
    assert unescape(item.findtext("title")) == "Prêter une sono & ses câbles"
    assert unescape(item.findtext("description")) == "Une caution de <b>50 €</b>."
    assert item.findtext("pubDate") == "Sun, 01 Mar 2026 00:00:00 +0100"
    assert item.findtext("{http://purl.org/dc/elements/1.1/}creator") == "La Lanterne"
    assert [category.text for category in item.findall("category")] == ["Matériel", "caution"]
    assert item.find("guid").attrib == {"isPermaLink": "false"}


def test_signs_alone_are_followed_by_nothing(client, sono):
    channel = parsed(read(client, RSS, "q=!!!")).find("channel")
    assert "!!!" in channel.findtext("title")
    assert channel.findall("item") == []
    assert parsed(read(client, RSS)).findall("channel/item")


def test_atom(client, sono):
    feed = parsed(read(client, ATOM, "q=sono"))
    [entry] = feed.findall(f"{A}entry")
    assert entry.findtext(f"{A}title") == "Prêter une sono & ses câbles"
    assert entry.find(f"{A}link").get("href") == f"http://testserver{sono.url}"
    assert entry.findtext(f"{A}updated") == "2026-03-01T00:00:00+01:00"
    assert entry.findtext(f"{A}author/{A}name") == "La Lanterne"
    assert unescape(entry.findtext(f"{A}summary")) == "Une caution de <b>50 €</b>."
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{A}link")}
    assert links["self"] == f"http://testserver{reverse(ATOM)}?q=sono"


def test_json_feed(client, sono):
    response = read(client, JSON, "q=sono")
    assert response["Content-Type"].startswith("application/feed+json")
    feed = response.json()
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["feed_url"] == f"http://testserver{reverse(JSON)}?q=sono"
    [item] = feed["items"]
    assert item["id"].endswith(f"/#{sono.pk}")
    assert {name: item[name] for name in item if name != "id"} == {
        "url": f"http://testserver{sono.url}",
        "title": "Prêter une sono & ses câbles",
        "content_text": "Une caution de <b>50 €</b>.",
        "tags": ["Matériel", "caution"],
        "authors": [{"name": "La Lanterne"}],
        "date_published": "2026-03-01T00:00:00+01:00",
    }


def test_the_newest_come_first_whatever_order_and_page_are_asked(client, lantern):
    for day in range(1, 32):
        ArticlePageFactory(parent=lantern, title=f"Sono {day}", published_on=f"2026-01-{day:02}")
    items = read(client, JSON, "q=sono&sort=relevance&page=7&size=abc").json()["items"]
    assert [item["title"] for item in items] == [f"Sono {day}" for day in range(31, 1, -1)]


@pytest.mark.parametrize("name", FEEDS)
def test_what_has_no_date_is_there_too(client, home, name):
    PlainPageFactory(title="Mentions légales")
    first, again = (read(client, name, "q=mentions") for _ in range(2))
    assert "Mentions l" in first.text
    assert first["ETag"] == again["ETag"]


@pytest.mark.parametrize("name", FEEDS)
def test_a_value_that_does_not_exist_is_refused_by_name(client, sono, name):
    response = client.get(reverse(name), {"category": HARM})
    assert response.status_code == 400
    assert response["Content-Type"].startswith("text/plain")
    assert response.text.startswith("category: ")
    assert read(client, name, "utm_source=lettre").status_code == 200


@pytest.mark.parametrize("name", FEEDS)
def test_a_reader_that_has_it_all_is_told_so(client, sono, name):
    first = read(client, name, "q=sono")
    known = {"if-none-match": first["ETag"]}
    again = client.get(f"{reverse(name)}?q=sono", headers=known)
    assert (again.status_code, again.content) == (304, b"")
    sono.title = "Prêter une sono, corrigé"
    sono.save_revision().publish()
    assert client.get(f"{reverse(name)}?q=sono", headers=known).status_code == 200


@pytest.mark.parametrize("name", FEEDS)
@pytest.mark.parametrize(
    "query",
    ["%00", "%01%02%0B", "%EF%BF%BE%EF%BF%BF", "%ED%A0%80", "]]%3E%3C%21--", "%0D%0AX-A:%201"],
)
def test_nothing_that_is_typed_breaks_a_feed(client, sono, name, query):
    response = read(client, name, f"q=sono{query}")
    assert "X-A" not in response.headers
    parsed(response) if name != JSON else response.json()


@pytest.mark.parametrize("name", FEEDS)
def test_nothing_that_was_stored_breaks_a_feed(client, sono, name):
    SearchDocument.objects.filter(pk=sono.pk).update(title="Une\x01 sono\ufffe", summary="\x0b")
    response = read(client, name, "q=sono")
    assert "Une sono" in response.text
    parsed(response) if name != JSON else response.json()


@pytest.mark.parametrize("name", [RSS, ATOM])
def test_markup_that_is_typed_stays_text(client, sono, name):
    feed = parsed(read(client, name, f"q=sono {HARM}"))
    assert not [element for element in feed.iter() if element.tag.endswith("script")]
    # Not even once a reader has taken the title for HTML.
    assert name == ATOM or HARM not in feed.findtext("channel/title")


@pytest.mark.parametrize("name", [RSS, ATOM])
def test_a_browser_shows_it_in_the_look_of_the_site(client, sono, name):
    response = read(client, name, "q=sono", headers={"accept": "text/html,*/*"})
    assert response["Content-Type"] == "application/xml; charset=utf-8"
    assert "Accept" in response["Vary"]
    assert '<?xml-stylesheet href="/static/css/feed.css"' in response.text
    links = parsed(response).iter("{http://www.w3.org/1999/xhtml}a")
    assert f"http://testserver{sono.url}" in [link.get("href") for link in links]


@pytest.mark.parametrize("name", FEEDS)
def test_feeds_are_only_read(client, db, name):
    assert client.post(reverse(name)).status_code == 405
    assert client.head(reverse(name)).status_code == 200


def test_browsers_learn_how_to_search_here(client, home):
    settings = SiteSettings.for_request(client.get("/").wsgi_request)
    settings.name = "Maillage & <Réseau> national"
    settings.save()
    page = client.get("/").text
    assert 'rel="search" type="application/opensearchdescription+xml"' in page
    response = client.get("/opensearch.xml")
    assert response["Content-Type"].startswith("application/opensearchdescription+xml")
    described = parsed(response)
    names = "{http://a9.com/-/spec/opensearch/1.1/}"
    assert described.findtext(f"{names}ShortName") == "Maillage & <Rése"
    urls = {url.get("type"): url.get("template") for url in described.findall(f"{names}Url")}
    searched = "?q={searchTerms}"
    assert urls["text/html"] == f"http://testserver{reverse('search:page')}{searched}"
    assert urls["application/rss+xml"] == f"http://testserver{reverse(RSS)}{searched}"
    suggest = urls["application/x-suggestions+json"].replace("{searchTerms}", "rien")
    assert client.get(suggest).json() == ["rien", []]
