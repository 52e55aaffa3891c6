"""Contrast of the colours of the stylesheets, read from their tokens (WCAG 1.4.3 and 1.4.11), in light and in dark."""

import re

import pytest
from django.conf import settings

CSS = settings.BASE_DIR / "static" / "css"
TEXT, LARGE_OR_EDGE = 4.5, 3
# text on ground -> how much contrast, as the rules of the stylesheet put them together.
PAIRS = {
    **{
        (text, ground): TEXT
        for text in ("ink", "quiet", "brick", "leaf")
        for ground in ("paper", "surface", "tint")
    },
    ("brick-ink", "brick"): TEXT,
    # Around what can be filled in, and around what has the focus.
    ("edge", "paper"): LARGE_OR_EDGE,
    ("edge", "surface"): LARGE_OR_EDGE,
    ("edge", "tint"): LARGE_OR_EDGE,
}
# Grounds that are a mix: (token, share of it, over).
MARKED = {"mark": ("straw", 0.55), "stroke": ("straw", 0.70)}


def tokens(name: str) -> dict[str, tuple[str, str]]:
    """The colours of a stylesheet: token → (light, dark)."""
    text = (CSS / name).read_text()
    found = re.findall(r"--([\w-]+): light-dark\((#\w+), (#\w+)\)", text)
    return {token: (light, dark) for token, light, dark in found}


def channels(colour: str) -> list[float]:
    digits = colour.removeprefix("#")
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    return [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]


def luminance(colour: list[float]) -> float:
    """Relative luminance, as WCAG defines it."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour]
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: list[float], other: list[float]) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("pair", PAIRS, ids=" on ".join)
def test_text_stands_out_from_its_ground(pair, scheme):
    text, ground = (channels(tokens("site.css")[name][scheme]) for name in pair)
    assert contrast(text, ground) >= PAIRS[pair]


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("ground", ["paper", "surface", "tint"])
@pytest.mark.parametrize("mark", MARKED)
def test_marked_words_stand_out_from_the_stroke(mark, ground, scheme):
    colours = tokens("site.css")
    token, share = MARKED[mark]
    pairs = zip(channels(colours[token][scheme]), channels(colours[ground][scheme]), strict=True)
    mixed = [share * over + (1 - share) * under for over, under in pairs]
    assert contrast(channels(colours["ink"][scheme]), mixed) >= TEXT


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_the_colour_of_a_pressed_button_stands_out(scheme):
    """Under the pointer the ground takes 14 % of the ink."""
    colours = {name: channels(pair[scheme]) for name, pair in tokens("site.css").items()}
    mixed = [
        0.86 * brick + 0.14 * ink
        for brick, ink in zip(colours["brick"], colours["ink"], strict=True)
    ]
    assert contrast(colours["brick-ink"], mixed) >= TEXT


@pytest.mark.parametrize("name", ["feed.css", "reading.css"])
def test_other_stylesheets_have_the_same_colours(name):
    """What is proven of the tokens of the site holds for them too: they write no colour of their own."""
    own = tokens(name)
    assert own == {token: tokens("site.css")[token] for token in own}
    text = (CSS / name).read_text()
    assert len(re.findall(r"#[0-9a-f]{3,8}\b", text)) == 2 * len(own)


def test_no_text_of_the_site_has_a_colour_without_a_token():
    on_screen, _on_paper = (CSS / "site.css").read_text().split("@media print")
    text = re.sub(r"--[\w-]+:[^;]*;", "", on_screen)
    assert set(re.findall(r"[;{\s]color: ([^;]+)", text)) <= {
        "inherit",
        *(f"var(--{token})" for token in tokens("site.css")),
    }


def test_the_colours_we_add_to_the_admin_stand_out():
    """Links and agreements in the dark, on Wagtail's own ground there (grey 600, 15 % of light)."""
    text = (CSS / "admin.css").read_text()
    dark = re.findall(r"(?:secondary-(?:100|75)|consents-yes \{ color): (#[0-9a-f]{6})", text)
    assert len(dark) >= 4
    assert all(contrast(channels(colour), channels("#262626")) >= TEXT for colour in dark)
