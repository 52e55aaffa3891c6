"""With the keyboard alone: what has the focus is always seen, in the order one reads, and nothing holds it."""

import re

import pytest

LONGEST = 400  # presses of Tab through one page
TARGET = 24  # CSS pixels, WCAG 2.5.8

# Of what has the focus: its place, whether something shows it, and whether something lies over it.
FOCUSED = """() => {
    const stop = document.activeElement;
    if (stop === document.body || stop === document.documentElement) return null;
    const shown = (part) => {
        const style = getComputedStyle(part);
        return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    };
    const box = stop.getBoundingClientRect();
    // Its four corners and its middle: one of them at least is not covered.
    const points = [.5, .1, .9].flatMap((x) => [.5, .1, .9].map((y) => [box.x + x * box.width, box.y + y * box.height]));
    const over = points.map(([x, y]) => document.elementFromPoint(x, y)).filter(Boolean);
    window.stops ??= new Map();
    if (!window.stops.has(stop)) window.stops.set(stop, window.stops.size);
    return {
        number: window.stops.get(stop),
        told: stop.outerHTML.slice(0, 120),
        isShown: [stop, stop.closest(".search"), stop.closest(".card")].filter(Boolean).some(shown),
        isSeen: over.some((part) => stop.contains(part) || part.contains(stop)),
        isFrame: stop.tagName === "IFRAME",
    };
}"""

ONLY_STOP = """() => [...document.querySelectorAll("a[href], button, input, select, textarea, summary, iframe, [tabindex]")]
    .filter((part) => part.checkVisibility() && part.tabIndex >= 0).length === 1"""


def stops_of(page):
    """Each stop of Tab, from the beginning of the page until the focus leaves it."""
    page.evaluate("document.activeElement.blur(); scrollTo({top: 0, behavior: 'instant'})")
    stops = []
    for _press in range(LONGEST):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUSED)
        if stop is None or (stops and stop["number"] < stops[-1]["number"]):
            return stops
        stays = bool(stops) and stop["number"] == stops[-1]["number"]
        # Every other time Chromium goes from the last stop to the first without leaving the page.
        if stays and page.evaluate(ONLY_STOP):
            return stops
        # Inside a frame the focus makes several stops, which are those of another page.
        if not (stays and stop["isFrame"]):
            stops.append(stop)
    raise AssertionError(f"the focus never leaves {page.url}: {stops[-1]['told']}")


@pytest.mark.parametrize("width", [1280, 360])
def test_the_focus_is_seen_at_each_stop_and_goes_through_the_whole_page(open_page, screens, width):
    page = open_page(
        "about:blank", viewport={"width": width, "height": 700}, reduced_motion="reduce"
    )
    wrong = []
    for name, path in screens.public.items():
        page.goto(path)
        stops = stops_of(page)
        # No stop twice in a row, and each in its turn: nothing holds the focus.
        assert [stop["number"] for stop in stops] == list(range(len(stops))), name
        wrong += [
            f"{name}: {stop['told']} {'hidden' if stop['isShown'] else 'not shown'}"
            for stop in stops
            if not (stop["isShown"] and stop["isSeen"]) and not stop["isFrame"]
        ]
    assert not wrong, "\n".join(wrong)


def test_tab_follows_the_order_of_the_page(open_page, screens):
    """What can have the focus is met as it is written, and nothing asks to be met earlier."""
    page = open_page("about:blank")
    for name, path in screens.public.items():
        page.goto(path)
        assert page.locator("[tabindex]:not([tabindex='0'], [tabindex='-1'])").count() == 0, name


def test_the_skip_link_comes_first_on_every_screen_with_a_masthead(open_page, screens):
    page = open_page("about:blank")
    for name, path in screens.public.items():
        page.goto(path)
        if page.locator(".masthead").count():
            page.keyboard.press("Tab")
            assert page.evaluate("document.activeElement.className") == "skip", name
            assert page.locator(".skip").bounding_box()["y"] >= 0, name
            page.keyboard.press("Enter")
            assert page.evaluate("document.activeElement.id") == "content", name
            page.keyboard.press("Tab")
            assert page.evaluate(
                "!document.querySelector('.masthead').contains(document.activeElement)"
            ), name


# Every target smaller than it should be, unless a sentence sets its height or a circle of that size, drawn
# around its middle, meets no other target (WCAG 2.5.8).
SMALL_TARGETS = """(size) => {
    const wanted = "a[href], button, input:not([type=hidden]), select, textarea, summary, [role=tab]";
    const seen = [...document.querySelectorAll(wanted)].filter((each) => each.checkVisibility({visibilityProperty: true}));
    const boxOf = (each) => (each.labels?.length ? each.labels[0] : each).getBoundingClientRect();
    const isInSentence = (each) => {
        const words = [...each.parentElement.childNodes].filter((node) => node.nodeType === 3 && node.data.trim().length > 1);
        return getComputedStyle(each).display === "inline" && words.length > 0;
    };
    const middle = (box) => [box.x + box.width / 2, box.y + box.height / 2];
    const apart = (box, other) => {
        const [x, y] = middle(box);
        const nearest = Math.hypot(Math.max(other.left - x, 0, x - other.right), Math.max(other.top - y, 0, y - other.bottom));
        return nearest >= size / 2;
    };
    return seen
        .map((each) => [each, boxOf(each)])
        .filter(([each, box]) => box.width && Math.min(box.width, box.height) < size - 0.5 && !isInSentence(each))
        .filter(([each, box]) => seen.some((other) => other !== each && boxOf(other).width && !apart(box, boxOf(other))))
        .map(([each, box]) => `${Math.round(box.width)} × ${Math.round(box.height)} ${each.outerHTML.slice(0, 120)}`);
}"""


def test_targets_are_large_enough_on_a_telephone(open_page, screens):
    page = open_page("about:blank", viewport={"width": 360, "height": 800}, has_touch=True)
    small = []
    for name, path in screens.public.items():
        page.goto(path)
        small += [f"{name}: {told}" for told in page.evaluate(SMALL_TARGETS, TARGET)]
    assert not small, "\n".join(small)


def tab_to(page, selector):
    """Press Tab until `selector` has the focus."""
    for _press in range(LONGEST):
        page.keyboard.press("Tab")
        if page.evaluate("(wanted) => document.activeElement.matches(wanted)", selector):
            return
    raise AssertionError(f"{selector} is not reached on {page.url}")


def test_a_practice_is_found_filtered_read_and_its_house_written_to(open_page):
    page = open_page("/")
    tab_to(page, "main input[type=search]")
    page.keyboard.type("local")
    page.keyboard.press("Enter")
    page.wait_for_url("**/recherche/?q=local")
    before = page.locator("#found").inner_text()
    tab_to(page, "#filter-category input[type=checkbox]:enabled")
    page.keyboard.press("Space")
    page.wait_for_url("**category=**")
    page.wait_for_function(
        "(text) => document.querySelector('#found').innerText !== text", arg=before
    )
    # The focus stays where it was, and the number of results is said.
    assert page.evaluate("document.activeElement.name") == "category"
    assert re.search(r"\d", page.locator("#results [role=status]").inner_text())
    tab_to(page, ".hit h2 a")
    page.keyboard.press("Enter")
    page.wait_for_url("**/maisons/**")
    assert page.locator("article h1").is_visible()
    tab_to(page, "a[href*='/contact/'], a[href^='mailto:']")


def test_escape_closes_the_suggestions_and_leaves_the_words(open_page):
    page = open_page("/")
    tab_to(page, "main input[type=search]")
    page.keyboard.type("loc")
    page.wait_for_selector(".suggestions:not([hidden]) [role=option]")
    page.keyboard.press("ArrowDown")
    chosen = page.locator("[role=combobox]").get_attribute("aria-activedescendant")
    assert page.locator(f"#{chosen}").get_attribute("aria-selected") == "true"
    page.keyboard.press("Escape")
    assert page.locator(".suggestions").is_hidden()
    assert page.locator("[role=combobox]").input_value() == "loc"
    assert page.locator("[role=combobox]").get_attribute("aria-expanded") == "false"


def test_the_filters_of_a_telephone_open_and_close_by_keyboard(open_page):
    page = open_page("/recherche/", viewport={"width": 360, "height": 800})
    tab_to(page, ".facets > summary")
    page.keyboard.press("Enter")
    assert page.locator(".facets fieldset").first.is_visible()
    page.keyboard.press("Space")
    assert page.locator(".facets fieldset").first.is_hidden()
