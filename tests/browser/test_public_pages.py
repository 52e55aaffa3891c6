import pytest

PAGES = {
    "home": "/",
    "search": "/recherche/",
    "query": "/recherche/?q=partager+un+local",
    "filtered": "/recherche/?category=gouvernance&house=la-lanterne&q=jeunes",
    "empty": "/recherche/?q=introuvable&category=gouvernance",
    "typo": "/recherche/?q=benevolles",
    "page 2": "/recherche/?kind=article&page=2",
    "map": "/recherche/?open=department&department=90",
    "houses": "/maisons/",
    "house": "/maisons/la-lanterne/",
    "article": "/maisons/la-lanterne/un-troc-de-competences-entre-associations-de-quartier/",
    "plain": "/accessibilite/",
    "legal": "/mentions-legales/",
    "personal data": "/donnees-personnelles/",
    "missing": "/nulle-part/",
}
WIDTHS = (360, 768, 1280)
MOST_ELEMENTS, MOST_REQUESTS, MOST_BYTES = 300, 15, 200_000


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_nothing_overflows_or_complains(open_page, path, width, scheme):
    page = open_page(path, viewport={"width": width, "height": 800}, color_scheme=scheme)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    expected = ["404 (Not Found)"] if path == PAGES["missing"] else []
    assert [text for text in page.complaints if not any(e in text for e in expected)] == []


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_no_third_party_and_no_cookie(open_page, site_url, path):
    page = open_page(path)
    assert [url for url in page.requests if not url.startswith((site_url, "data:"))] == []
    assert page.context.cookies() == []


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_pages_are_light(open_page, path):
    page = open_page("about:blank")
    sizes = []
    page.on(
        "response", lambda response: sizes.append(int(response.headers.get("content-length", 0)))
    )
    page.requests.clear()
    page.goto(path, wait_until="networkidle")
    assert page.evaluate("document.querySelectorAll('*').length") <= MOST_ELEMENTS
    assert len(page.requests) <= MOST_REQUESTS, page.requests
    assert sum(sizes) <= MOST_BYTES


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_headings_and_landmarks(open_page, path):
    page = open_page(path)
    levels = page.eval_on_selector_all("h1,h2,h3,h4", "all => all.map(h => Number(h.tagName[1]))")
    assert levels.count(1) == 1
    in_main = page.eval_on_selector_all(
        "main :is(h1,h2,h3,h4)", "all => all.map(h => +h.tagName[1])"
    )
    steps = list(zip([0, *in_main], in_main, strict=False))
    assert all(after <= before + 1 for before, after in steps), in_main
    assert page.locator("main").count() == 1
    assert page.locator("img:not([alt])").count() == 0


def test_skip_link_comes_first_and_leads_to_the_content(open_page):
    page = open_page(PAGES["article"])
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


def test_video_is_framed_only_after_a_press(open_page):
    page = open_page("/recherche/")
    paths = page.evaluate(
        """async () => {
            const found = [];
            for (const number of [1, 2, 3]) {
                const html = await (await fetch(`/recherche/?kind=article&page=${number}`)).text();
                const page = new DOMParser().parseFromString(html, "text/html");
                for (const link of page.querySelectorAll(".hit h2 a")) {
                    const article = await (await fetch(link.getAttribute("href"))).text();
                    if (article.includes("data-player")) found.push(link.getAttribute("href"));
                }
            }
            return found;
        }"""
    )
    assert paths
    page.goto(paths[0])
    assert page.locator("iframe").count() == 0
    page.locator(".stage button").first.click()
    assert page.locator("iframe").get_attribute("src").startswith("https://tube.example.org/")


def test_print_hides_what_paper_cannot_use(open_page):
    page = open_page(PAGES["article"])
    page.emulate_media(media="print")
    assert not page.locator(".masthead nav").is_visible()
    assert page.locator("article h1").is_visible()
