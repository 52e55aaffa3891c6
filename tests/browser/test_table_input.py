"""A table is filled in with the keyboard alone, and stored as it always was."""

import json
import re

import pytest

from tests.browser.test_accessibility import axe, findings  # noqa: F401  a fixture


@pytest.fixture
def table(log_in):
    """The table of a new article, which holds nothing yet."""
    page = log_in("contributor", "/admin/write/")
    page.get_by_role("button", name="Partir d’une feuille blanche").click()
    page.get_by_role("button", name="Insérer un bloc").first.focus()
    page.keyboard.press("Enter")
    page.get_by_role("option", name="Tableau").wait_for()
    page.keyboard.press("Tab")
    page.keyboard.type("Tableau")
    page.keyboard.press("Enter")
    table = page.locator(".table-input")
    table.wait_for()
    return table


def stored(table) -> dict:
    return json.loads(table.locator("input[type=hidden]").input_value())


def test_a_table_is_written_by_keyboard_and_left_by_tab(table):
    keyboard = table.page.keyboard
    table.locator("input[type=text]").focus()
    keyboard.type("Tarifs")
    keyboard.press("Tab")
    keyboard.press("ArrowDown")
    for words in ("Objet", "Prix", "Caution", "Sono"):
        keyboard.press("Tab")
        keyboard.type(words)
    assert stored(table) == {
        "data": [["Objet", "Prix", "Caution"], ["Sono", "", ""], ["", "", ""]],
        "cell": [],
        "mergeCells": [],
        "table_caption": "Tarifs",
        "table_header_choice": "row",
    }
    for _press in range(12):
        keyboard.press("Tab")
    assert not table.evaluate("node => node.contains(document.activeElement)")
    for _press in range(20):
        keyboard.press("Shift+Tab")
    assert not table.evaluate("node => node.contains(document.activeElement)")


def cells_of(table) -> list[list[str]]:
    return [
        [cell.input_value() for cell in row.locator("textarea").all()]
        for row in table.locator("tbody tr").all()
    ]


def press(table, button: str) -> None:
    table.locator("button", has_text=re.compile(button)).first.focus()
    table.page.keyboard.press("Enter")


def test_rows_and_columns_are_added_taken_away_and_put_back(table):
    first = table.locator("textarea").first
    first.fill("Objet")
    first.focus()
    buttons = table.locator(".table-input-buttons button:visible")
    add_row, add_column, remove_row, remove_column = [each.inner_text() for each in buttons.all()]
    press(table, add_row)
    assert cells_of(table) == [["Objet", "", ""], *[["", "", ""]] * 3]
    # One stands in the new row, by its first cell.
    assert table.page.evaluate("document.activeElement.value") == ""
    table.locator("textarea").first.focus()
    press(table, add_column)
    assert cells_of(table)[0] == ["Objet", "", "", ""]
    table.locator("textarea").first.focus()
    press(table, remove_row)
    assert "Objet" not in str(stored(table)["data"])
    buttons.last.focus()
    table.page.keyboard.press("Enter")
    assert stored(table)["data"][0] == ["Objet", "", "", ""]
    table.locator("textarea").first.focus()
    press(table, remove_column)
    assert stored(table)["data"] == [["", "", ""]] * 4


def test_cells_copied_from_a_spreadsheet_fill_the_table(table):
    table.locator("textarea").nth(1).evaluate(
        """(cell, text) => {
            const clipboardData = new DataTransfer();
            clipboardData.setData("text/plain", text);
            cell.dispatchEvent(new ClipboardEvent("paste", {clipboardData, cancelable: true}));
        }""",
        "mai\tjuin\tjuillet\n12\t9\t4\n",
    )
    assert cells_of(table) == [["", "mai", "juin", "juillet"], ["", "12", "9", "4"], [""] * 4]


def test_a_table_that_was_stored_is_shown_and_left_as_it_is(log_in):
    page = log_in("admin")
    page.goto("/admin/articles/?q=remise+à+outils+commune")
    page.get_by_role("link", name=re.compile("Une remise à outils commune")).first.click()
    table = page.locator(".table-input").first
    table.wait_for()
    before = stored(table)
    assert before["data"][0][0] == "Objet"
    assert cells_of(table)[0] == before["data"][0]
    assert table.locator("input[type=text]").input_value() == before["table_caption"]
    assert table.locator("select").input_value() == before["table_header_choice"] == "row"
    table.locator("textarea").last.fill("2 €")
    assert stored(table) | {"data": before["data"]} == before
    assert stored(table)["data"][:-1] == before["data"][:-1]


def test_axe_finds_nothing_in_a_table_and_each_cell_has_its_name(table, axe):  # noqa: F811
    assert findings(table.page, axe, include=[".table-input"]) == []
    names = [cell.get_attribute("aria-label") for cell in table.locator("textarea").all()]
    assert len(set(names)) == 9
    assert all(re.fullmatch(r"\D+[123]\D+[123]", name) for name in names)
