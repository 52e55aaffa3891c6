"""Tab goes where the eyes go: down the page, or on to what stands at the right; and back by the same way."""

from itertools import pairwise

import pytest

from tests.browser.test_public_pages import ARTICLE

PAGES = ["/", "/recherche/?q=local", ARTICLE, "/maisons/la-lanterne/"]
WIDTHS = (360, 768, 1280)
LONGEST = 400  # presses of Tab through one page
LINE = 8  # pixels: what stands on one line is not cut to the same height

# What has the focus: its place on the page, and whether it comes after what had it before.
STOP = """() => {
    const stop = document.activeElement;
    if (stop === document.body || stop === document.documentElement) return null;
    const before = window.stopBefore;
    window.stopBefore = stop;
    const box = stop.getBoundingClientRect();
    const line = stop.getClientRects()[0] ?? box;
    const inside = { top: box.top, bottom: box.bottom };
    return {
        told: stop.outerHTML.slice(0, 120),
        top: line.top + scrollY, left: line.left, bottom: box.bottom + scrollY, right: box.right,
        isAfter: !before || Boolean(before.compareDocumentPosition(stop) & Node.DOCUMENT_POSITION_FOLLOWING),
        isInSight: inside.bottom > 0 && inside.top < innerHeight && box.right > 0 && box.left < innerWidth,
        isSkip: stop.matches(".skip"),
    };
}"""


def stops_of(page, key):
    stops = []
    for _press in range(LONGEST):
        page.keyboard.press(key)
        stop = page.evaluate(STOP)
        if stop is None:
            return stops
        if stops and stop["told"] == stops[0]["told"] and len(stops) > 1:
            return stops
        stops.append(stop)
    raise AssertionError(f"the focus never leaves {page.url}")


def reads_on(before, after) -> bool:
    """Whether `after` stands lower than `before`, or at its right."""
    is_lower = after["top"] >= before["top"] - LINE
    return is_lower or after["left"] >= before["right"] - LINE


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("path", PAGES)
def test_tab_goes_down_the_page_or_to_the_right(open_page, path, width):
    page = open_page(path, viewport={"width": width, "height": 700}, reduced_motion="reduce")
    stops = stops_of(page, "Tab")
    assert len(stops) > 10
    assert all(stop["isAfter"] for stop in stops), path
    hidden = [stop["told"] for stop in stops if not stop["isInSight"]]
    assert not hidden, "\n".join(hidden)
    pairs = pairwise(stops)
    against = [
        f"{before['told']} → {after['told']}"
        for before, after in pairs
        if not before["isSkip"] and not reads_on(before, after)
    ]
    assert not against, "\n".join(against)


@pytest.mark.parametrize("path", PAGES)
def test_shift_and_tab_lead_back_by_the_same_way(open_page, path):
    page = open_page(path, viewport={"width": 1280, "height": 700}, reduced_motion="reduce")
    there = [stop["told"] for stop in stops_of(page, "Tab")]
    page.evaluate("window.stopBefore = null")
    back = [stop["told"] for stop in stops_of(page, "Shift+Tab")]
    assert back == there[::-1]


def test_escape_closes_the_suggestions_of_the_search_page_and_tab_goes_on(open_page):
    page = open_page("/recherche/")
    field = page.locator("main input[type=search]")
    field.focus()
    page.keyboard.type("loc")
    page.wait_for_selector(".suggestions:not([hidden]) [role=option]")
    page.keyboard.press("Escape")
    assert page.locator(".suggestions").is_hidden() and field.input_value() == "loc"
    page.keyboard.press("Escape")
    assert field.input_value() == ""
    page.keyboard.type("loc")
    page.wait_for_selector(".suggestions:not([hidden]) [role=option]")
    page.keyboard.press("Tab")
    # Left by Tab, the list hides nothing of what has the focus next.
    assert page.locator(".suggestions").is_hidden()
    assert page.evaluate("document.activeElement.type") == "submit"
