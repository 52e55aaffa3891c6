"""What the site sends is valid: HTML and drawings by the checker of the W3C (vnu), feeds as their standards ask."""

import json
import subprocess
from email.utils import parsedate_to_datetime
from xml.etree import ElementTree

import pytest
from django.template.loader import render_to_string
from django.utils.dateparse import parse_datetime

from tests.browser.asking import addresses_of_the_sitemap, answer_of, ours
from tests.browser.tools import java, tool

ATOM = "{http://www.w3.org/2005/Atom}"
DRAWINGS = {
    "map": "/drawings/houses.svg",
    "emblem": "/drawings/emblem/0a1b2c3d.svg",
    "emblems": "/drawings/emblems/0a1b2c3d-4e5f6071.svg",
}


@pytest.fixture
def checked(tmp_path):
    """Return a function that gives what vnu says against texts, by their name, which ends as a file does."""

    def checked(texts):
        for name, text in texts.items():
            (tmp_path / name).write_bytes(text)
        # Of HTML and SVG alike, in one start of Java.
        options = ["--format", "json", "--also-check-svg", "--exit-zero-always", str(tmp_path)]
        command = [java(), "-jar", str(tool("vnu-jar/build/dist/vnu.jar")), *options]
        done = subprocess.run(command, capture_output=True, text=True, timeout=240, check=True)
        messages = json.loads(done.stderr or done.stdout)["messages"]
        return [
            f"{each.get('url', '').rpartition('/')[2]}:{each.get('lastLine')} {each['message']}"
            f" {each.get('extract', '')}"
            for each in messages
            if each["type"] == "error" or each.get("subType") == "warning"
        ]

    return checked


def test_pages_and_drawings_are_valid(checked, screens, site_url):
    public = ours(screens.public).values()
    paths = dict(enumerate([*public, *addresses_of_the_sitemap(site_url)]))
    texts = {f"{n}.html": answer_of(site_url + path).read() for n, path in paths.items()}
    texts["500.html"] = render_to_string("500.html").encode()
    for name, path in DRAWINGS.items():
        texts[f"{name}.svg"] = answer_of(site_url + path).read()
    said = [f"{paths.get(number(each))} {each}" for each in checked(texts)]
    assert not said, "\n".join(said)


def number(said: str) -> int | None:
    name = said.partition(".")[0]
    return int(name) if name.isdigit() else None


def test_the_rss_feed_has_what_rss_asks(site_url):
    response = answer_of(f"{site_url}/recherche/flux.rss?q=local")
    assert response.headers["Content-Type"].startswith("application/rss+xml")
    channel = ElementTree.parse(response).getroot().find("channel")
    assert all(channel.findtext(name) for name in ("title", "link", "description", "language"))
    own = channel.find(f"{ATOM}link[@rel='self']")
    assert own.get("href").startswith(site_url)
    items = channel.findall("item")
    assert items
    for item in items:
        assert item.findtext("title") and item.findtext("link").startswith(site_url)
        if date := item.findtext("pubDate"):
            assert parsedate_to_datetime(date).tzinfo
    assert len({item.findtext("guid") for item in items}) == len(items)


def test_the_atom_feed_has_what_atom_asks(site_url):
    response = answer_of(f"{site_url}/recherche/flux.atom?q=local")
    assert response.headers["Content-Type"].startswith("application/atom+xml")
    feed = ElementTree.parse(response).getroot()
    assert feed.tag == f"{ATOM}feed" and feed.find(f"{ATOM}link[@rel='self']") is not None
    entries = feed.findall(f"{ATOM}entry")
    assert entries
    for part in (feed, *entries):
        assert part.findtext(f"{ATOM}id") and part.findtext(f"{ATOM}title")
        assert parse_datetime(part.findtext(f"{ATOM}updated")).tzinfo
    # Each entry says who wrote it, unless the feed says it of all.
    assert feed.find(f"{ATOM}author") is not None or all(
        entry.findtext(f"{ATOM}author/{ATOM}name") for entry in entries
    )
    assert len({entry.findtext(f"{ATOM}id") for entry in entries}) == len(entries)


def test_the_json_feed_has_what_json_feed_asks(site_url):
    response = answer_of(f"{site_url}/recherche/flux.json?q=local")
    assert response.headers["Content-Type"].startswith("application/feed+json")
    feed = json.load(response)
    assert feed["version"].startswith("https://jsonfeed.org/version/1") and feed["title"]
    assert feed["items"]
    for item in feed["items"]:
        assert item["id"] and ("content_text" in item or "content_html" in item)
