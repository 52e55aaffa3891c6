"""Reading comfort in Chromium: colours, size, what is copied, the text read aloud by a voice that only pretends."""

import pytest

ARTICLE = "/maisons/ti-an-holl/une-remise-a-outils-commune-pour-vingt-deux-associations/"
EASY = f"{ARTICLE}facile-a-lire/"
VOICES = """
    window.spoken = [];
    let current = null;
    const speech = {
        voices: VOICES,
        getVoices() { return this.voices; },
        addEventListener(name, heard) { this.heard = heard; },
        cancel() { current = null; },
        speak(words) { current = words; window.spoken.push(words); },
    };
    window.endOfPiece = () => current?.onend();
    window.isSpeaking = () => current !== null;
    Object.defineProperty(window, "speechSynthesis", { value: speech });
    window.SpeechSynthesisUtterance = function (text) { this.text = text; };
"""
FRENCH = "[{ lang: 'fr-FR', localService: true }]"


@pytest.fixture
def open_with_voices(open_page):
    """Return a function that opens a page in a browser that has these voices."""

    def open_with_voices(path, voices=FRENCH):
        page = open_page("about:blank")
        page.context.add_init_script(VOICES.replace("VOICES", voices))
        page.goto(path)
        return page

    return open_with_voices


def background(page) -> str:
    return page.evaluate("getComputedStyle(document.body).backgroundColor")


def choice(page, name, value):
    """The button of a choice, once the controls are opened by keyboard."""
    if page.locator(".comfort:not([open])").count():
        page.locator(".comfort summary").press("Enter")
    return page.locator(f"[data-choice={name}] button[value='{value}']")


# Colours and size


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_chosen_colours_hold_against_those_of_the_device(open_page, scheme):
    page = open_page(ARTICLE, color_scheme=scheme)
    of_device = background(page)
    other = "light" if scheme == "dark" else "dark"
    choice(page, "theme", other).click()
    chosen = background(page)
    assert chosen != of_device
    page.goto("/")
    assert background(page) == chosen
    assert choice(page, "theme", other).get_attribute("aria-pressed") == "true"
    assert page.context.cookies() == []
    choice(page, "theme", "").click()
    assert background(page) == of_device
    assert page.evaluate("localStorage.length") == 0


def test_a_larger_text_holds_and_overflows_nothing(open_page):
    page = open_page(ARTICLE, viewport={"width": 360, "height": 800})
    size = "parseFloat(getComputedStyle(document.querySelector('.prose p')).fontSize)"
    normal = page.evaluate(size)
    choice(page, "text-size", "larger").click()
    assert page.evaluate(size) > 1.3 * normal
    page.reload()
    assert page.evaluate(size) > 1.3 * normal
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_a_choice_is_made_by_keyboard(open_page):
    page = open_page("/")
    choice(page, "theme", "dark").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"


def test_without_a_script_there_is_nothing_to_choose_that_would_not_work(open_page):
    page = open_page(ARTICLE, java_script_enabled=False)
    for controls in (".comfort", ".aloud", ".take-away button"):
        assert not page.locator(controls).locator("visible=true").count()
    page.locator(".take-away summary").click()
    assert page.locator(".citation").is_visible()


# Copies


def test_address_and_citation_are_copied_and_it_is_said(open_page, site_url):
    page = open_page(ARTICLE)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator(".take-away p > button").click()
    assert page.evaluate("navigator.clipboard.readText()").endswith(ARTICLE)
    status = page.locator(".take-away [role=status]")
    first = status.text_content()
    page.locator(".take-away summary").click()
    page.locator(".take-away details button").click()
    assert page.evaluate("navigator.clipboard.readText()").startswith("Ti an Holl")
    assert first and status.text_content() not in ("", first)


# Read aloud


@pytest.mark.parametrize("path", [ARTICLE, EASY])
def test_the_text_is_read_piece_by_piece_and_marked(open_with_voices, path):
    page = open_with_voices(path)
    page.locator(".aloud button").first.click()
    assert page.evaluate("spoken[0].text") == page.locator("h1").text_content()
    assert page.evaluate("document.querySelector('.spoken').tagName") == "H1"
    page.evaluate("endOfPiece()")
    assert page.locator(".spoken").count() == 1
    assert page.evaluate("document.querySelector('.spoken').tagName") != "H1"
    for _piece in range(200):
        page.evaluate("endOfPiece()")
    assert page.locator(".spoken").count() == 0 and not page.evaluate("isSpeaking()")
    said = page.evaluate("spoken.map(words => words.text)")
    assert len(set(said)) > 10 and all(said)
    assert not any("m25" in words for words in said)  # the cells of a table are told apart
    assert page.complaints == []


def test_it_pauses_goes_on_and_stops(open_with_voices):
    page = open_with_voices(ARTICLE)
    play, stop = page.locator(".aloud button").all()
    assert not stop.is_visible()
    play.click()
    page.evaluate("endOfPiece()")
    play.click()
    assert not page.evaluate("isSpeaking()")
    play.click()
    assert page.evaluate("spoken.at(-1).text === spoken.at(-2).text")
    page.locator(".aloud select").select_option("1.3")
    assert page.evaluate("spoken.at(-1).rate") == 1.3
    stop.click()
    assert not page.evaluate("isSpeaking()") and not stop.is_visible()
    play.click()
    assert page.evaluate("spoken.at(-1).text") == page.locator("h1").text_content()


def test_it_falls_silent_on_leaving(open_with_voices):
    page = open_with_voices(ARTICLE)
    page.locator(".aloud button").first.click()
    page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide'))")
    assert not page.evaluate("isSpeaking()")


@pytest.mark.parametrize(
    "voices",
    ["[]", "[{ lang: 'fr-FR', localService: false }]", "[{ lang: 'de-DE', localService: true }]"],
)
def test_no_voice_is_offered_that_is_remote_or_foreign(open_with_voices, voices):
    assert open_with_voices(ARTICLE, voices).locator(".aloud").count() == 0


def test_a_voice_that_comes_late_is_offered(open_with_voices):
    page = open_with_voices(ARTICLE, "[]")
    page.evaluate(f"speechSynthesis.voices = {FRENCH}; speechSynthesis.heard()")
    assert page.locator(".aloud").is_visible()


# Notes


def test_notes_are_reached_and_left_by_keyboard(open_page):
    page = open_page(ARTICLE)
    page.locator("[role=doc-noteref]").first.focus()
    page.keyboard.press("Enter")
    assert page.url.endswith("#note-1")
    page.locator("#note-1 [role=doc-backlink]").focus()
    page.keyboard.press("Enter")
    assert page.url.endswith("#note-ref-1")
