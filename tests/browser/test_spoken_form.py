"""The form of an article, as one hears it who does not see it, and uses no mouse."""

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
