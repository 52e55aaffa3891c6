"""What is found in the browser is what the page about personal data says, for readers and for those who log in."""

from urllib.parse import urljoin, urlsplit

from privacy.cookies import Place, all_kept

NOT_PAGES = (
    "/admin/",
    "/pdf/",
    "/en/pdf/",
    "/media/",
    "/documents/",
    "/api/",
    "/static/",
    "/drawings/",
)
FEEDS = (".rss", ".atom", ".json", ".xml", ".pdf", ".ics")
MOST_PAGES = 150
SCREENS = [
    "/admin/",
    "/admin/pages/",
    "/admin/images/",
    "/admin/account/",
    "/admin/reports/audience/",
    "/admin/reports/personal-data/",
    "/admin/privacy/person/?q=contributor",
]


def kept_in(page) -> set[tuple[str, str]]:
    """What the browser keeps of the site: (place, name) pairs."""
    keys = {
        place: page.evaluate(f"Object.keys({place.value})")
        for place in (Place.LOCAL, Place.SESSION)
    }
    keys[Place.COOKIE] = [cookie["name"] for cookie in page.context.cookies()]
    return {(place.value, name) for place, names in keys.items() for name in names}


def not_told(found) -> set:
    told = all_kept()
    return {
        (place, name)
        for place, name in found
        if not any(kept.place == place and kept.is_called(name) for kept in told)
    }


def pages_linked_from(page) -> list[str]:
    """The addresses of the site that the page leads to, without what follows the question mark."""
    here = urlsplit(page.url)
    links = page.eval_on_selector_all("a[href]", "all => all.map(a => a.getAttribute('href'))")
    addresses = [urlsplit(urljoin(page.url, link)) for link in links]
    return [
        each.path
        for each in addresses
        if each.netloc == here.netloc
        and not each.path.startswith(NOT_PAGES)
        and not each.path.endswith(FEEDS)
    ]


def test_readers_find_nothing_in_their_browser_on_any_page(open_page, site_url):
    page = open_page("/")
    waiting, seen = pages_linked_from(page), {"/"}
    while waiting and len(seen) < MOST_PAGES:
        path = waiting.pop(0)
        if path not in seen:
            seen.add(path)
            page.goto(path)
            assert kept_in(page) == set(), path
            waiting += pages_linked_from(page)
    assert len(seen) > 40
    others = [url for url in page.requests if not url.startswith((site_url, "data:"))]
    assert others == []


def test_what_those_who_log_in_keep_is_told(log_in):
    page = log_in("admin")
    found = kept_in(page)
    for path in SCREENS:
        page.goto(path)
        page.wait_for_load_state("networkidle")
        found |= kept_in(page)
    page.locator(".sidebar__collapse-toggle").click()
    found |= kept_in(page)
    assert not_told(found) == set()
    assert {name for place, name in found if place == Place.COOKIE} >= {"sessionid", "csrftoken"}


def test_a_form_that_changes_something_keeps_only_what_is_told(open_page):
    page = open_page("/admin/login/")
    assert {name for _place, name in kept_in(page)} >= {"csrftoken"}
    assert not_told(kept_in(page)) == set()
