"""What the site sends is valid: HTML and drawings by the checker of the W3C (vnu), feeds as their standards ask."""

import json
import re
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
    """Return a function that gives what vnu says against texts, by their name, which ends as a file does.

    Its warnings are advice, and no rule of HTML.
    """

    def checked(texts, with_warnings=True):
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
            if each["type"] == "error" or (with_warnings and each.get("subType") == "warning")
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


READY = "[data-streamfield-child] .public-DraftEditor-content[aria-labelledby]"
GUIDED_STARTS = ("practice", "meeting", "initiative", "workshop")
# What is seen of a whole submission, beside the forms of articles.
SCREENS_OF_A_SUBMISSION = {
    "contributor": ["/admin/", "/admin/write/", "/admin/articles/", "/admin/exchange/paste/"],
    "lead": ["/admin/", "/admin/review/{page_id}/", "/admin/pages/{page_id}/edit/"],
}


def as_shown(page) -> bytes:
    """The document as scripts have made it, once they are done."""
    page.wait_for_load_state("networkidle")
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")
    return f"<!doctype html>{page.locator('html').evaluate('e => e.outerHTML')}".encode()


@pytest.fixture
def kept():
    """What was read of screens, by the name of a file."""
    return {}


@pytest.fixture
def keep(kept):
    def keep(page, name):
        """Keep the screen as it was sent and as it is shown."""
        kept[f"{name}-source.html"] = page.request.get(page.url).body()
        kept[f"{name}-shown.html"] = as_shown(page)

    return keep


def test_the_screens_of_a_submission_are_valid(checked, kept, keep, log_in, open_page, screens):
    found = (re.fullmatch(r"/admin/review/(\d+)/", path) for path, _role in screens.admin)
    (article,) = {match[1] for match in found if match}
    keep(open_page("/admin/login/"), "login")
    for role, paths in SCREENS_OF_A_SUBMISSION.items():
        page = log_in(role)
        for number, path in enumerate([*paths, "/admin/account/"]):
            page.goto(path.format(page_id=article))
            keep(page, f"{role}-{number}")
    page = log_in("contributor")
    for start in ("blank", *GUIDED_STARTS):
        page.goto("/admin/write/")
        page.locator(f"button[value={start}]").click()
        page.wait_for_selector(READY if start != "blank" else "#body-root .c-sf-add-button")
        keep(page, f"form-{start}")
    other = log_in("editor")
    other.goto(page.url)
    other.locator(".w-editing-sessions__session").first.wait_for()
    keep(other, "two-people")
    assert len(kept) == 32
    said = checked(kept, with_warnings=False)
    assert not said, "\n".join(said)


def test_what_one_does_on_the_form_of_an_article_leaves_it_valid(checked, kept, log_in):
    page = log_in("contributor", "/admin/write/")
    page.locator("button[value=practice]").click()
    page.wait_for_selector(READY)
    acts = {
        "insert": lambda: page.locator(".c-sf-add-button").nth(1).click(),
        "leave": lambda: page.keyboard.press("Escape"),
        "write": lambda: page.locator(".public-DraftEditor-content").first.press_sequentially(
            "Ici"
        ),
        "select": lambda: page.keyboard.press("Shift+Home"),
        "advice": lambda: page.locator("[data-side-panel-toggle=rereading]").click(),
        "preview": lambda: page.locator("[data-side-panel-toggle=preview]").click(),
        "close": lambda: page.locator("[data-form-side-close-button]").click(),
        "delete": lambda: page.get_by_role("button", name="Supprimer").first.click(),
        "pictures": lambda: page.locator("#id_picture-chooser .chooser__choose-button").click(),
        "picture": lambda: page.locator(".modal .image-choice").first.click(),
    }
    for name, act in acts.items():
        act()
        kept[f"{name}.html"] = as_shown(page)
    page.locator("#id_title").fill("")
    page.locator("button[name=action-submit]").evaluate("button => button.click()")
    page.locator(".error-message").first.wait_for()
    kept["refused.html"] = as_shown(page)
    said = checked(kept, with_warnings=False)
    assert not said, "\n".join(said)


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
