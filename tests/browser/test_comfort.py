"""What readers set for themselves loses nothing: zoom, spacing of the text, less motion, colours of their own."""

import pytest

from tests.browser.asking import ours

# WCAG 1.4.12, on all the text at once.
SPACING = """() => {
    for (const part of document.querySelectorAll("body, body *")) {
        part.style.setProperty("line-height", "1.5", "important");
        part.style.setProperty("letter-spacing", "0.12em", "important");
        part.style.setProperty("word-spacing", "0.16em", "important");
        if (part.tagName === "P") part.style.setProperty("margin-bottom", "2em", "important");
    }
}"""
# Text that its box hides a part of.
CUT = """() => [...document.querySelectorAll("body *")]
    .filter((part) => part.checkVisibility({visibilityProperty: true}) && !part.closest(".unseen, svg"))
    .filter((part) => {
        const style = getComputedStyle(part);
        const cuts = (way) => ["hidden", "clip"].includes(style[way]) && part.innerText?.trim();
        return (cuts("overflowY") && part.scrollHeight > part.clientHeight + 1)
            || (cuts("overflowX") && part.scrollWidth > part.clientWidth + 1);
    })
    .map((part) => part.outerHTML.slice(0, 120))"""
WIDER = "document.documentElement.scrollWidth > innerWidth"


@pytest.mark.parametrize("is_spaced", [False, True], ids=["zoom", "spacing"])
def test_a_zoom_of_400_percent_and_wide_spacing_lose_nothing(open_page, screens, is_spaced):
    """1280 pixels seen at 400 % are 320 of them; the spacing is tried there too, and on a wide screen."""
    page = open_page("about:blank", bypass_csp=True)
    lost = []
    for name, path in screens.public.items():
        page.set_viewport_size({"width": 320, "height": 256})
        page.goto(path)
        if is_spaced:
            page.evaluate(SPACING)
        for width in (320, 1280):
            page.set_viewport_size({"width": width, "height": 256})
            lost += [f"{name} {width}: {told}" for told in page.evaluate(CUT)]
            if page.evaluate(WIDER):
                lost.append(f"{name} {width}: slides sideways")
    assert not lost, "\n".join(lost)


def test_nothing_moves_for_those_who_ask_for_less_motion(open_page, screens):
    page = open_page("about:blank", reduced_motion="reduce")
    moving = """() => [...document.querySelectorAll("*")]
        .filter((part) => {
            const style = getComputedStyle(part);
            const times = `${style.transitionDuration},${style.animationDuration}`.split(",");
            return times.some((time) => parseFloat(time) > 0.01) || style.scrollBehavior === "smooth";
        })
        .map((part) => part.outerHTML.slice(0, 120))"""
    for name, path in ours(screens.public).items():
        page.goto(path)
        assert page.evaluate(moving) == [], name


def test_with_colours_of_ones_own_focus_and_choices_are_still_seen(open_page):
    page = open_page("/recherche/?category=gouvernance", forced_colors="active")
    edges = """(part) => {
        const style = getComputedStyle(part);
        return [style.outlineStyle, style.borderTopStyle].some((each) => each !== "none");
    }"""
    for wanted in (".chips a", ".masthead .button", ".search", ".search .button"):
        assert page.locator(wanted).first.evaluate(edges), wanted
    page.keyboard.press("Tab")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    # A box that is ticked is drawn by the system, and is said in bold.
    assert (
        page.evaluate("getComputedStyle(document.querySelector(':checked').labels[0]).fontWeight")
        == "650"
    )
    # What can be chosen among the suggestions has an outline, for its ground is not seen.
    page.fill("main input[type=search]", "")
    page.locator("main input[type=search]").press_sequentially("loc")
    page.wait_for_selector(".suggestions:not([hidden]) [role=option]")
    page.keyboard.press("ArrowDown")
    chosen = page.locator(".suggestions [aria-selected=true]")
    assert chosen.evaluate("(part) => getComputedStyle(part).outlineStyle") == "solid"


def test_the_page_one_is_on_is_told_apart_in_colours_of_ones_own(open_page):
    """A transparent edge is drawn by the system: the others of the navigation may not have one."""
    page = open_page("/maisons/", forced_colors="active")
    widths = page.eval_on_selector_all(
        ".masthead nav a",
        "all => all.map(a => [a.hasAttribute('aria-current'), getComputedStyle(a).borderBottomColor])",
    )
    here = {colour for is_here, colour in widths if is_here}
    others = {colour for is_here, colour in widths if not is_here}
    assert here and not here & others
