"""What a visitor comes for, by keyboard alone: find a practice, filter, read, print, switch language, write to the house."""

import re
from typing import NamedTuple

import pytest

from tests.browser.test_keyboard import tab_to


class Visitor(NamedTuple):
    """Who comes: with what screen and language, what they look for, and what they should find."""

    language: str
    home: str
    words: str
    filter: str
    article: str
    other_language: str
    in_other_language: str
    browser: dict


IN_FRENCH = Visitor(
    language="fr",
    home="/",
    words="remise à outils",
    filter="category=lieux-partages",
    article="/maisons/ti-an-holl/une-remise-a-outils-commune-pour-vingt-deux-associations/",
    other_language="en",
    in_other_language="/en/houses/ti-an-holl/one-shared-tool-shed-for-twenty-two-associations/",
    browser={},
)
IN_ENGLISH = Visitor(
    language="en",
    home=f"/en{IN_FRENCH.home}",
    words="tool shed",
    filter=IN_FRENCH.filter,
    article=IN_FRENCH.in_other_language,
    other_language="fr",
    in_other_language=IN_FRENCH.article,
    browser={"locale": "en-GB"},
)
PLAIN = {"java_script_enabled": False, "viewport": {"width": 360, "height": 640}}
VISITORS = {
    "french": IN_FRENCH,
    "no script, 360 px": IN_FRENCH._replace(browser=PLAIN),
    "english": IN_ENGLISH,
}
ON_SCREEN_ONLY = ".masthead nav, .foot, .breadcrumbs, .actions, .take-away"


def press_enter_on(page, selector, address):
    tab_to(page, selector)
    page.keyboard.press("Enter")
    page.wait_for_url(address)


def find(page, visitor):
    tab_to(page, "main input[type=search]")
    page.keyboard.type(visitor.words)
    page.keyboard.press("Enter")
    page.wait_for_url("**?q=*")
    assert int(re.search(r"\d+", page.locator("h1").inner_text())[0]) > 1


def narrow(page, visitor):
    name, value = visitor.filter.split("=")
    before = page.locator("h1").inner_text()
    if page.locator(".facets > summary").is_visible():
        tab_to(page, ".facets > summary")
        page.keyboard.press("Enter")
    tab_to(page, f"[name={name}][value={value}]")
    page.keyboard.press("Space")
    if not visitor.browser.get("java_script_enabled", True):
        tab_to(page, ".facets button[type=submit]")
        page.keyboard.press("Enter")
    page.wait_for_url(f"**{visitor.filter}**")
    page.locator(".chips li").first.wait_for()
    assert page.locator("h1").inner_text() != before


def read(page, visitor):
    press_enter_on(page, f".hit a[href='{visitor.article}']", f"**{visitor.article}")
    assert page.locator("html").get_attribute("lang") == visitor.language
    assert page.locator("article h1").is_visible()


def put_on_paper(page, visitor):
    tab_to(page, "a[type='application/pdf']")
    answer = page.request.get(page.evaluate("document.activeElement.href"))
    assert answer.ok and answer.body().startswith(b"%PDF")
    page.emulate_media(media="print")
    assert page.locator("article h1").is_visible() and page.locator(".prose p").first.is_visible()
    assert page.locator(".on-paper").is_visible()
    assert [one for one in page.locator(ON_SCREEN_ONLY).all() if one.is_visible()] == []
    page.emulate_media(media="screen")
    assert page.pdf().startswith(b"%PDF")


def switch_and_come_back(page, visitor):
    other = visitor.other_language
    switch = f".languages a[hreflang={other}]"
    press_enter_on(page, switch, f"**{visitor.in_other_language}")
    assert page.locator("html").get_attribute("lang") == other
    back = f".languages a[hreflang={visitor.language}]"
    press_enter_on(page, back, f"**{visitor.article}")


def write_to_the_house(page, visitor):
    house = visitor.article.rsplit("/", 2)[0] + "/"
    press_enter_on(page, f".facts a[href='{house}']", f"**{house}")
    # In a house's own words, whatever they are: its address and its telephone, each a link that says it.
    for scheme in ("mailto:", "tel:"):
        tab_to(page, f"main address a[href^='{scheme}']")
        told = page.evaluate("document.activeElement.innerText")
        reached = page.evaluate("document.activeElement.href").removeprefix(scheme)
        assert told.replace(" ", "") == reached
    assert page.locator("address").first.evaluate(
        "part => part.closest('[aria-labelledby]').querySelector('h2').innerText.length > 0"
    )


@pytest.mark.parametrize("visitor", VISITORS.values(), ids=VISITORS)
def test_a_visitor_finds_filters_reads_prints_switches_language_and_writes(open_page, visitor):
    page = open_page(visitor.home, reduced_motion="reduce", **visitor.browser)
    find(page, visitor)
    narrow(page, visitor)
    read(page, visitor)
    put_on_paper(page, visitor)
    switch_and_come_back(page, visitor)
    write_to_the_house(page, visitor)
    assert page.complaints == []


FRENCH_WORDS = re.compile(
    r"\b(les|des|une|avec|pour|dans|votre|vous|nous|chercher|maisons)\b", re.I
)
# The texts that are shown, of each part that does not say that it is in another language, and is no proper name.
SAID = """(language) => {
    const told = [];
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
        const part = walk.currentNode.parentElement;
        const words = walk.currentNode.data.trim();
        if (!words || !part.checkVisibility() || part.closest("script, style")) continue;
        if (part.closest("[lang]").lang === language) told.push(words);
    }
    return told;
}"""


def test_in_english_no_sentence_is_in_french(open_page):
    """The names of houses and places are theirs; everything else that is not English says so."""
    page = open_page("/en/", locale="en-GB")
    addresses = ["/en/", "/en/search/?q=tool+shed", IN_ENGLISH.article]
    mixed = []
    for address in addresses:
        page.goto(address)
        names = set(page.locator("a[href*='/houses/'], .from, .quiet, dd").all_inner_texts())
        for words in page.evaluate(SAID, "en"):
            if len(FRENCH_WORDS.findall(words)) > 1 and not any(words in name for name in names):
                mixed.append(f"{address}: {words}")
    assert not mixed, "\n".join(mixed)
