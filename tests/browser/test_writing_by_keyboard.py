"""A house writes an article, gives it a picture and submits it, without a mouse and without looking."""

import pytest

from tests.browser.test_accessibility import axe, findings  # noqa: F401  a fixture

CHOSEN_PICTURE = ".modal a[data-chooser-modal-choice]"


@pytest.fixture
def form(log_in):
    page = log_in("contributor", "/admin/write/")
    page.get_by_role("button", name="Partir d’une feuille blanche").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("[role=group]#id_categories", state="attached")
    return page


def open_tab(page, name: str) -> None:
    page.get_by_role("tab", name=name).focus()
    page.keyboard.press("Enter")
    page.get_by_role("tabpanel", name=name).wait_for()


def tab_to(page, selector: str) -> None:
    for _press in range(20):
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not lead to {selector}")


def choose_a_picture(page) -> None:
    page.get_by_role("button", name="Choisir une image").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(CHOSEN_PICTURE)
    page.get_by_role("dialog", name="Choisir une image").wait_for()
    page.wait_for_function("document.activeElement.closest('.modal')")


def test_an_article_is_written_and_submitted(form):
    form.locator("#id_title").focus()
    form.keyboard.type("Un four à pain de quartier")
    choose_a_picture(form)
    tab_to(form, CHOSEN_PICTURE)
    form.keyboard.press("Enter")
    # One is left by the buttons of the picture, not at the top of the page.
    form.wait_for_function("document.activeElement.matches('.image-chooser button')")
    open_tab(form, "Classement")
    form.get_by_role("checkbox", name="Gouvernance").focus()
    form.keyboard.press("Space")
    form.get_by_role("textbox", name="Étiquettes").focus()
    form.keyboard.type("pain,four,")
    form.get_by_role("button", name="Plus d'actions").focus()
    form.keyboard.press("Enter")
    tab_to(form, "[name=action-submit]")
    form.keyboard.press("Enter")
    said = form.get_by_role("status").filter(has_text="Un four à pain de quartier")
    said.filter(has_text="envoyé en relecture").wait_for()


def test_escape_leaves_what_opened_where_one_was(form):
    choose_a_picture(form)
    form.keyboard.press("Escape")
    form.wait_for_function("document.activeElement.matches('.image-chooser button')")
    form.get_by_role("button", name="Plus d'actions").focus()
    form.keyboard.press("Enter")
    tab_to(form, "[name=action-submit]")
    form.keyboard.press("Escape")
    form.wait_for_function("document.activeElement.matches('.w-dropdown__toggle')")


def test_axe_finds_nothing_under_each_tab_nor_where_a_picture_is_chosen(form, axe):  # noqa: F811
    found = []
    names = [tab.inner_text() for tab in form.get_by_role("tab").all()]
    assert len(names) == 5
    for name in names:
        open_tab(form, name)
        found += [f"{name}: {finding}" for finding in findings(form, axe)]
    open_tab(form, names[0])
    choose_a_picture(form)
    found += findings(form, axe)
    assert not found, "\n".join(found)


def test_the_choices_of_a_question_are_a_group_with_its_name(form):
    open_tab(form, "Classement")
    for name in ("Catégories", "Typologies"):
        group = form.get_by_role("group", name=name, exact=True)
        assert group.get_by_role("checkbox").count() > 3
