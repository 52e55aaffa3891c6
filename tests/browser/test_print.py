"""What a printed page is: nothing for the screen only, black on white, a code that leads back."""

import pytest

from tests.browser.test_public_pages import ARTICLE

PAGES = [
    "/",
    "/recherche/?q=partager+un+local",
    "/maisons/",
    "/maisons/la-lanterne/",
    ARTICLE,
    "/aide/",
]
ON_SCREEN_ONLY = ".masthead nav, .foot, .breadcrumbs, .search, .facets, .actions, .pagination"


@pytest.mark.parametrize("path", PAGES)
def test_paper_is_black_on_white_and_leads_back(open_page, path):
    page = open_page(path, color_scheme="dark")
    assert not page.locator(".on-paper").is_visible()
    page.emulate_media(media="print", color_scheme="dark")
    assert [one for one in page.locator(ON_SCREEN_ONLY).all() if one.is_visible()] == []
    assert page.locator("h1").is_visible() and page.locator(".on-paper img").is_visible()
    style = "getComputedStyle(document.body)"
    assert page.evaluate(f"{style}.color") == "rgb(0, 0, 0)"
    assert page.evaluate(f"{style}.backgroundColor") == "rgb(255, 255, 255)"


def test_the_code_is_asked_for_by_who_prints_only(open_page):
    page = open_page(ARTICLE)
    page.wait_for_load_state("networkidle")
    assert not [url for url in page.requests if "/qr.svg" in url]
    page.pdf()
    assert [url for url in page.requests if "/qr.svg" in url]


def test_print_opens_the_dialog_once_the_pictures_are_there(open_page):
    page = open_page(ARTICLE)
    page.evaluate("window.print = () => { window.printed = true; }")
    page.locator("[data-print]").click()
    page.wait_for_function("window.printed")
    pending = "[...document.images].filter((image) => !image.complete).length"
    assert page.evaluate(pending) == 0


def test_a_pdf_is_reached_without_a_script(open_page):
    page = open_page(ARTICLE, java_script_enabled=False)
    assert not page.locator("[data-print]").is_visible()
    link = page.locator("a[type='application/pdf']")
    answer = page.request.get(link.get_attribute("href"))
    assert answer.headers["content-type"] == "application/pdf"
