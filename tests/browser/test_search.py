"""The search page as it is used: with and without JavaScript, by keyboard, on a phone."""

import json

import pytest

SEARCH = "/recherche/"
SUGGESTIONS = [
    {"label": "Lieux partagés", "kind": "category", "url": "/recherche/?category=lieux-partages"},
    {"label": "<b>La Lanterne</b>", "kind": "house", "url": "/maisons/la-lanterne/"},
]


def announced(page) -> str:
    return " ".join(page.locator("#results [role=status]").inner_text().split())


def box(page, name, value):
    return page.locator(f"input[name='{name}'][value='{value}']")


@pytest.fixture
def searching(open_page):
    """A page where the address of suggestions answers with two of them, the second one being markup."""

    def searching(path=SEARCH, **options):
        page = open_page("about:blank", **options)
        page.asked = []

        def answer(route):
            page.asked.append(route.request.url)
            route.fulfill(json={"suggestions": SUGGESTIONS})

        page.route("**/api/suggest/**", answer)
        page.goto(path)
        return page

    return searching


def test_without_javascript_one_searches_filters_and_opens(open_page):
    page = open_page("/", java_script_enabled=False)
    page.fill("main input[type=search]", "clés")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{SEARCH}?q=*")
    assert page.locator(".hit").count() >= 1
    page.goto(SEARCH)
    box(page, "category", "gouvernance").check()
    page.click(".facets button")
    page.wait_for_url("**category=gouvernance**")
    assert page.locator(".chips a").count() == 1
    page.click("#filter-house legend a")
    page.wait_for_url("**open=house**")
    assert page.locator("#filter-house input[type=checkbox]").count() > 8
    page.locator(".hit h2 a").first.click()
    assert page.locator("article h1").count() == 1


def test_a_filter_changes_the_results_in_place_and_back_undoes_it(open_page):
    page = open_page(SEARCH)
    page.evaluate("window.isSame = true")
    before = announced(page)
    ticked = box(page, "category", "gouvernance")
    ticked.focus()
    page.keyboard.press("Space")
    page.wait_for_url("**/recherche/?category=gouvernance")
    page.wait_for_selector(".chips a")
    assert page.evaluate("window.isSame")
    assert page.evaluate("document.activeElement.value") == "gouvernance"
    assert announced(page) != before and "résultats" in announced(page)
    assert page.title().startswith("Gouvernance")
    page.go_back()
    page.wait_for_selector(".chips", state="detached")
    page.wait_for_load_state()
    assert page.url.endswith(SEARCH)
    assert not box(page, "category", "gouvernance").is_checked()
    assert announced(page) == before
    assert page.complaints == []


def test_a_chip_taken_out_unticks_its_box_and_keeps_the_focus_in_the_results(open_page):
    page = open_page(f"{SEARCH}?category=gouvernance&q=association")
    page.evaluate("window.isSame = true")
    page.locator(".chips a").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".chips", state="detached")
    assert not box(page, "category", "gouvernance").is_checked()
    assert page.evaluate("document.activeElement.id") == "found"
    assert page.evaluate("window.isSame")
    # The next one that is ticked goes with what is in the field.
    box(page, "category", "gouvernance").check()
    page.wait_for_url("**q=association&category=gouvernance")


def test_words_are_searched_in_place(open_page):
    page = open_page(f"{SEARCH}?sort=date&q=local")
    page.evaluate("window.isSame = true")
    page.fill("#search input", "zéro déchet introuvable")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=z%C3%A9ro**sort=date**")
    assert page.evaluate("window.isSame")
    assert page.evaluate("document.activeElement.name") == "q"


def test_values_that_nothing_has_are_disabled(open_page):
    page = open_page(f"{SEARCH}?kind=page")
    boxes = page.locator("#filter-typology input[type=checkbox]")
    assert boxes.count() > 1
    assert all(boxes.nth(number).is_disabled() for number in range(boxes.count()))
    assert box(page, "kind", "article").is_enabled()


def test_a_long_list_is_narrowed_while_one_types(open_page):
    page = open_page(f"{SEARCH}?open=tag")
    labels = page.locator("#filter-tag label:visible")
    everything = labels.count()
    assert everything >= 13
    page.fill("#filter-tag .finder", "BENEVOL")
    assert 1 <= labels.count() < everything
    assert all("bénévol" in text.lower() for text in labels.all_inner_texts())


def test_on_a_phone_the_filters_stay_open_while_one_ticks(open_page):
    page = open_page(f"{SEARCH}?category=gouvernance", viewport={"width": 360, "height": 800})
    summary = page.locator(".facets > summary")
    assert summary.inner_text() == "Filtrer (1)"
    assert not box(page, "kind", "article").is_visible()
    summary.click()
    box(page, "kind", "article").check()
    page.wait_for_url("**kind=article**")
    page.wait_for_function("document.querySelector('.facets > summary').textContent.includes('2')")
    assert box(page, "kind", "article").is_visible()


def test_a_department_is_chosen_on_the_map_or_in_its_list(open_page):
    page = open_page(f"{SEARCH}?open=department")
    page.evaluate("window.isSame = true")
    point = page.locator(".department-map a", has_text="Territoire de Belfort (90)")
    names = page.locator("#filter-department label").all_inner_texts()
    assert page.locator(".department-map a").count() == len(names)
    point.locator("circle").click()
    page.wait_for_url("**department=90**")
    page.wait_for_selector(".department-map a.chosen")
    assert box(page, "department", "90").is_checked()
    assert page.evaluate("window.isSame")
    assert page.locator(".department-map [tabindex='-1']").count() == len(names)


@pytest.mark.parametrize("path", ["/", SEARCH])
def test_suggestions_are_reached_by_keyboard_alone(searching, path):
    page = searching(path)
    field = page.locator("main [role=combobox]")
    field.focus()
    page.keyboard.type("lant")
    page.wait_for_selector("[role=option]")
    assert field.get_attribute("aria-expanded") == "true"
    assert page.locator(f"#{field.get_attribute('aria-controls')}[role=listbox]").is_visible()
    assert page.locator(".search [role=status]").inner_text() == "2 suggestions"
    assert page.locator("[role=option] b").count() == 0

    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    active = page.locator(f"#{field.get_attribute('aria-activedescendant')}")
    assert active.inner_text() == "<b>La Lanterne</b>"
    assert active.get_attribute("aria-selected") == "true"
    assert page.evaluate("document.activeElement.name") == "q"
    page.keyboard.press("ArrowDown")  # back in the field
    assert field.get_attribute("aria-activedescendant") is None
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    page.wait_for_url("**/maisons/la-lanterne/")


def test_escape_closes_the_suggestions_first_and_keeps_the_words(searching):
    page = searching()
    page.locator("#search input").focus()
    page.keyboard.type("loc")
    page.wait_for_selector("[role=option]")
    page.keyboard.press("Escape")
    assert page.locator("[role=listbox]").is_hidden()
    assert page.locator("#search input").get_attribute("aria-expanded") == "false"
    assert page.locator("#search input").input_value() == "loc"
    page.keyboard.press("Enter")
    page.wait_for_url("**?q=loc")


def test_fast_typing_asks_once(searching):
    page = searching()
    page.locator("#search input").focus()
    page.keyboard.type("gouvernance")
    page.wait_for_selector("[role=option]")
    assert len(page.asked) == 1 and "q=gouvernance" in page.asked[0]


@pytest.mark.parametrize("answer", [{"status": 500}, {"status": 200, "body": "<html>"}])
def test_the_field_works_when_suggestions_fail(open_page, answer):
    page = open_page("about:blank")
    page.route("**/api/suggest/**", lambda route: route.fulfill(**answer))
    page.goto(SEARCH)
    page.locator("#search input").focus()
    with page.expect_response("**/api/suggest/**"):
        page.keyboard.type("local")
    page.keyboard.press("Enter")
    page.wait_for_url("**?q=local")
    assert [text for text in page.complaints if "500" not in text] == []


def test_a_press_on_a_suggestion_opens_it(searching):
    page = searching()
    page.locator("#search input").focus()
    page.keyboard.type("lieux")
    page.locator("[role=option]").first.click()
    page.wait_for_url("**?category=lieux-partages")


def test_scripts_of_the_page_weigh_little(open_page):
    page = open_page("about:blank")
    sizes = []
    page.on(
        "response",
        lambda response: (
            response.request.resource_type == "script"
            and sizes.append(int(response.headers["content-length"]))
        ),
    )
    page.goto(SEARCH, wait_until="networkidle")
    assert 0 < sum(sizes) <= 30_000
    assert json.loads(page.locator("meta[name=htmx-config]").get_attribute("content"))
