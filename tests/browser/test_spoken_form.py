"""The form of an article, as one hears it who does not see it, and uses no mouse."""

import json
import re

import pytest

from tests.browser.test_accessibility import axe, findings  # noqa: F401  a fixture

# Two texts that are still empty have one name; axe takes a group that is a <section> for a landmark.
NOT_A_LANDMARK = "section[role=group]"
READY = "[data-streamfield-child] .public-DraftEditor-content[aria-labelledby]"


@pytest.fixture
def practice(log_in):
    """The form of a new article, begun by what a guided start asks."""
    page = log_in("contributor", "/admin/write/")
    page.locator("button[value=practice]").click()
    page.wait_for_selector(READY)
    return page


def test_axe_finds_nothing_on_the_whole_form_of_a_guided_start(practice, axe):  # noqa: F811
    found = [each for each in findings(practice, axe) if not is_a_group(practice, each)]
    assert not found, "\n".join(found)


def is_a_group(page, finding: str) -> bool:
    rule, _colon, rest = finding.partition(": ")
    return rule == "landmark-unique" and page.locator(rest.split()[0]).first.evaluate(
        f"node => node.matches('{NOT_A_LANDMARK}')"
    )


def test_each_field_of_the_form_has_a_name(practice):
    fields = [
        line.strip()
        for line in practice.get_by_role("main").aria_snapshot().splitlines()
        if re.match(r"\s*- (textbox|combobox|checkbox|group|region)\b", line)
    ]
    assert len(fields) > 20
    assert [line for line in fields if '"' not in line] == []
    names = {"Texte", "Point", "Étape*", "Comment faire", "Chiffre*", "Ce qui a été dit*"}
    assert names <= set(re.findall(r'- textbox "([^"]+)"', "\n".join(fields)))


def test_a_rich_text_says_what_it_is_for(practice):
    box = practice.get_by_role("textbox", name="Texte").first
    hint = practice.locator(".piece-hint").first
    assert hint.get_attribute("id") in box.get_attribute("aria-describedby").split()


def test_a_button_says_which_piece_it_moves(practice):
    piece = practice.locator("[data-streamfield-child]").first
    heading = piece.get_by_role("heading").first
    for name in ("Descendre", "Dupliquer", "Supprimer"):
        button = piece.get_by_role("button", name=name, exact=True)
        assert button.get_attribute("aria-describedby") == heading.get_attribute("id")
    assert piece.get_by_role("button", name="Glisser").count() == 0


def test_the_number_of_advices_is_in_the_name_of_its_button(practice):
    count = practice.locator("[data-rereading-count]").get_attribute("data-rereading-count")
    assert int(count) > 0
    assert practice.get_by_role("button", name=f"{count}, Relire mon texte").count() == 1


def test_the_way_back_is_called_by_what_one_reads_on_it(practice):
    link = practice.locator(".sidebar-custom-branding")
    assert link.get_attribute("aria-label") == f"{link.inner_text().strip()}, Tableau de bord"


def wait_for_focus(page, selector: str) -> None:
    page.wait_for_function("selector => document.activeElement.matches(selector)", arg=selector)


def test_a_piece_that_moves_or_goes_leaves_the_focus_in_the_text(practice):
    pieces = practice.locator(
        "#body-root > [data-streamfield-stream-container] > [data-streamfield-child]"
    )
    count = pieces.count()
    pieces.nth(1).get_by_role("button", name="Descendre").first.focus()
    practice.keyboard.press("Enter")
    wait_for_focus(practice, "[data-streamfield-action=MOVE_DOWN]")
    assert pieces.nth(2).evaluate("node => node.contains(document.activeElement)")
    pieces.nth(1).get_by_role("button", name="Supprimer").first.focus()
    practice.keyboard.press("Enter")
    wait_for_focus(practice, "[data-streamfield-action=MOVE_UP]")
    assert pieces.locator("> section:visible").count() == count - 1


def test_escape_closes_the_list_of_pieces_and_goes_back_to_its_button(practice):
    opener = practice.get_by_role("button", name="Insérer un bloc").nth(1)
    opener.focus()
    practice.keyboard.press("Enter")
    practice.get_by_role("option", name="Tableau").wait_for()
    practice.keyboard.press("Tab")
    practice.keyboard.press("Escape")
    wait_for_focus(practice, ".c-sf-add-button")
    assert practice.locator(".w-combobox__option").count() == 0


def test_a_text_is_shaped_with_the_keyboard_alone(practice):
    box, keyboard = practice.get_by_role("textbox", name="Texte").first, practice.keyboard
    box.focus()
    keyboard.type("Good morning")
    keyboard.press("Shift+Home")
    keyboard.press("Alt+F10")
    wait_for_focus(practice, "[role=toolbar] [name=BOLD]")
    while practice.evaluate("document.activeElement.name") != "LANG_EN":
        keyboard.press("ArrowRight")
    keyboard.press("Enter")
    wait_for_focus(practice, "[name=LANG_EN][aria-pressed=true]")
    keyboard.press("Escape")
    wait_for_focus(practice, ".public-DraftEditor-content")
    practice.wait_for_function(
        "document.querySelector('[name=body-1-value]').value.includes('LANG_')"
    )
    text = json.loads(practice.locator("[name=body-1-value]").input_value())["blocks"][0]
    (mark,) = text["inlineStyleRanges"]
    assert mark == {"offset": 0, "length": 12, "style": "LANG_EN"}
    described = box.get_attribute("aria-describedby").split()
    assert "Alt + F10" in practice.locator(f"#{described[1]}").text_content()


def test_one_hears_who_else_has_the_article_open(log_in):
    """At once: their button is named before the screen is drawn again."""
    first = log_in("contributor", "/admin/write/")
    first.locator("button[value=meeting]").click()
    first.wait_for_selector(READY)
    second = log_in("editor", "/admin/articles/")
    second.add_init_script("window.requestAnimationFrame = () => 0")
    second.goto(first.url)
    other = second.locator(".w-editing-sessions__session").first
    other.wait_for()
    assert "Camille" in (other.get_attribute("aria-label") or "")
