"""What is asked of the site under test without a browser."""

from urllib.error import HTTPError
from urllib.request import Request, urlopen
from xml.etree import ElementTree

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def answer_of(url: str):
    """What is answered, an error page as any other."""
    try:
        return urlopen(Request(url, headers={"Accept-Language": "fr"}), timeout=30)
    except HTTPError as error:
        return error


def addresses_of_the_sitemap(site_url) -> list[str]:
    tree = ElementTree.parse(answer_of(f"{site_url}/sitemap.xml"))
    return [each.text.removeprefix(site_url) for each in tree.iter(f"{SITEMAP}loc")]


def ours(paths) -> dict:
    """Those, of name → path, whose markup is ours: the page where one logs in, and a page for members leads, is Wagtail's."""
    not_ours = ("/admin/", "/for-members/")
    return {name: path for name, path in paths.items() if not path.startswith(not_ours)}
