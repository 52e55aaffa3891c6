import pytest

from tests.browser.asking import addresses_of_the_sitemap, ours

ARTICLE = "/maisons/la-lanterne/un-troc-de-competences-entre-associations-de-quartier/"
WIDTHS = (360, 768, 1280)
MOST_ELEMENTS, MOST_REQUESTS, MOST_BYTES = 300, 15, 200_000


# What a browser says of what is meant so: the status of an error page, the frame in which an outside
# reader sees a draft, where no script runs.
EXPECTED = ("Failed to load resource: the server responded with a status of", "Blocked script")


def whole_site(screens, site_url) -> dict:
    """Each public screen once, and all that the sitemap leads to."""
    return {**screens.public, **{path: path for path in addresses_of_the_sitemap(site_url)}}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_overflows(open_page, screens, width, scheme):
    page = open_page("about:blank", viewport={"width": width, "height": 800}, color_scheme=scheme)
    for name, path in screens.public.items():
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name


def test_no_third_party_no_cookie_no_complaint_on_the_whole_site(open_page, screens, site_url):
    page = open_page("about:blank")
    wrong = []
    for name, path in whole_site(screens, site_url).items():
        page.goto(path, wait_until="load")
        wrong += [f"{name}: {text}" for text in page.complaints if not text.startswith(EXPECTED)]
        page.complaints.clear()
        # A form needs one, and so does the log-in; only then is one set.
        is_form = page.locator("input[name=csrfmiddlewaretoken]").count() > 0
        if is_form or "/admin/" in page.url:
            page.context.clear_cookies()
        wrong += [f"{name}: cookie {cookie['name']}" for cookie in page.context.cookies()]
    wrong += [url for url in page.requests if not url.startswith((site_url, "data:", "about:"))]
    assert not wrong, "\n".join(wrong)


def test_pages_are_light(open_page, screens, site_url):
    page = open_page("about:blank")
    sizes, heavy = [], []
    page.on(
        "response", lambda response: sizes.append(int(response.headers.get("content-length", 0)))
    )
    pages = {**whole_site(screens, site_url), "common word": "/recherche/?q=association"}
    for name, path in ours(pages).items():
        sizes.clear()
        page.requests.clear()
        page.goto(path, wait_until="networkidle")
        elements = page.evaluate("document.querySelectorAll('*').length")
        if (
            elements > MOST_ELEMENTS
            or len(page.requests) > MOST_REQUESTS
            or sum(sizes) > MOST_BYTES
        ):
            heavy.append(
                f"{name}: {elements} elements, {len(page.requests)} requests, {sum(sizes)} bytes"
            )
    assert not heavy, "\n".join(heavy)


def test_headings_and_landmarks(open_page, screens):
    page = open_page("about:blank")
    for name, path in ours(screens.public).items():
        page.goto(path)
        levels = page.eval_on_selector_all(
            "h1,h2,h3,h4", "all => all.map(h => Number(h.tagName[1]))"
        )
        assert levels.count(1) == 1, name
        in_main = page.eval_on_selector_all(
            "main :is(h1,h2,h3,h4)", "all => all.map(h => +h.tagName[1])"
        )
        steps = list(zip([0, *in_main], in_main, strict=False))
        assert all(after <= before + 1 for before, after in steps), (name, in_main)
        assert page.locator("main").count() == 1, name
        assert page.locator("img:not([alt])").count() == 0, name


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
    page = open_page(ARTICLE)
    page.emulate_media(media="print")
    assert not page.locator(".masthead nav").is_visible()
    assert page.locator("article h1").is_visible()
