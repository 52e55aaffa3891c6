"""What holds on every page that a visitor sees, whatever its type."""

import re
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.urls import reverse

from houses.models import HouseIndexPage
from tests.factories import (
    ArticlePageFactory,
    HousePageFactory,
    PictureFactory,
    PlainPageFactory,
    restricted,
)
from tests.portal.reading import links_of, meta_of, page_of, says, schema_of, text_of

LOCATION = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"
PUBLIC_PAGES = ["home", "directory", "house", "article", "plain"]
PUBLIC_VIEWS = [
    "/recherche/",
    "/recherche/?q=jardin",
    "/recherche/?open=department",
    "/nothing-here/",
    "/robots.txt",
    "/sitemap.xml",
    "/drawings/houses.svg",
    "/drawings/emblem/0a1b2c3d.svg",
]


@pytest.fixture
def article(lantern):
    return ArticlePageFactory(parent=lantern, title="Le jardin partagé", summary="On y jardine.")


@pytest.fixture
def pages(home, lantern, article):
    """One public page of each type."""
    return {
        "home": home,
        "directory": HouseIndexPage.objects.get(),
        "house": lantern,
        "article": article,
        "plain": PlainPageFactory(title="Le réseau"),
    }


@pytest.fixture
def addresses(pages):
    return [*(page.url for page in pages.values()), *PUBLIC_VIEWS]


@pytest.fixture
def titled_with_script(lantern):
    return ArticlePageFactory(
        parent=lantern,
        title="Avant</script><script>alert(1)</script> & « après »",
        summary='<!-- "bref" -->',
        slug="script",
    )


# 404


def test_a_missing_page_is_a_404_that_helps(client, home):
    response = client.get("/maisons/nothing-here/")
    assert response.status_code == 404
    assert says(response, "There is no page at this address.")
    assert page_of(response).select_one('form[role="search"] input[name="q"]')
    assert {"/", f"{reverse('search:page')}?kind=article"} <= set(links_of(response))
    assert meta_of(response)["robots"] == "noindex"


def test_a_missing_page_keeps_the_navigation_of_the_site(client, home):
    response = client.get("/nothing-here/")
    navigation = page_of(response).select("header.masthead nav a")
    assert [link["href"] for link in navigation] == ["/recherche/?kind=article", "/maisons/"]


# robots.txt and sitemap.xml


def test_robots_txt_closes_the_admin_and_names_the_sitemap(client, home):
    response = client.get("/robots.txt")
    assert response["Content-Type"].startswith("text/plain")
    lines = response.text.splitlines()
    assert "Disallow: /admin/" in lines
    assert "Sitemap: http://testserver/sitemap.xml" in lines


def test_the_sitemap_lists_public_pages_only(client, pages, lantern, harbour):
    draft = ArticlePageFactory(parent=lantern, live=False)
    unpublished = ArticlePageFactory(parent=lantern)
    unpublished.unpublish()
    private = restricted(ArticlePageFactory(parent=lantern))
    below_private = ArticlePageFactory(parent=restricted(harbour))
    response = client.get("/sitemap.xml")
    locations = ElementTree.fromstring(response.content).iter(LOCATION)
    listed = {urlsplit(location.text).path for location in locations}
    assert {page.url for page in pages.values()} <= listed
    hidden = {page.url for page in (draft, unpublished, private, below_private, harbour)}
    assert not hidden & listed


# Headers


def test_the_public_policy_allows_nothing_inline(client, addresses):
    for address in addresses:
        policy = client.get(address)["Content-Security-Policy"]
        assert "default-src 'self'" in policy and "object-src 'none'" in policy, address
        assert "unsafe" not in policy, address


def test_public_pages_hold_nothing_that_the_policy_forbids(client, pages):
    for page in pages.values():
        document = page_of(client.get(page.url))
        assert not document.select("[style], style, [onclick], [onload]"), page.url
        for script in document.select("script"):
            assert script.get("src") or script["type"] == "application/ld+json", page.url


def test_no_request_leaves_for_a_third_party(client, pages):
    for page in pages.values():
        document = page_of(client.get(page.url))
        fetched = document.select(
            "img, script, iframe, source, link[rel=stylesheet], link[rel=icon]"
        )
        for element in fetched:
            address = element.get("src") or element.get("srcset") or element.get("href") or "/"
            assert address.startswith("/") and not address.startswith("//"), address


def test_the_admin_has_a_policy_of_its_own(client, editor):
    client.force_login(editor)
    policy = client.get(reverse("wagtailadmin_home"))["Content-Security-Policy"]
    assert "'unsafe-inline'" in policy and "frame-ancestors 'self'" in policy


def test_a_visitor_is_given_no_cookie(client, addresses):
    for address in addresses:
        response = client.get(address)
        assert not response.cookies, address
        assert response.status_code == (404 if "nothing" in address else 200), address


# Metadata


@pytest.mark.parametrize("name", PUBLIC_PAGES)
def test_a_page_says_its_own_address(client, pages, name):
    page = pages[name]
    document = page_of(client.get(f"{page.url}?utm_source=letter"))
    (canonical,) = document.select('link[rel="canonical"]')
    assert canonical["href"] == page.full_url


@pytest.mark.parametrize("name", PUBLIC_PAGES)
def test_a_page_can_be_shared(client, pages, name):
    page = pages[name]
    metas = meta_of(client.get(page.url))
    assert metas["og:title"] == page.title
    assert metas["og:url"] == page.full_url
    assert metas["og:site_name"] == "Maillage"


def test_the_description_is_that_for_search_engines_first(client, lantern):
    plain = ArticlePageFactory(parent=lantern, summary="Le résumé.")
    chosen = ArticlePageFactory(
        parent=lantern, summary="Le résumé.", search_description="Pour les moteurs."
    )
    assert meta_of(client.get(plain.url))["description"] == "Le résumé."
    assert meta_of(client.get(chosen.url))["og:description"] == "Pour les moteurs."


def test_the_fonts_of_the_style_sheet_are_asked_for_with_it(client, home):
    named = re.findall(r"fonts/[^\"]+", (settings.BASE_DIR / "static/css/site.css").read_text())
    asked = [link["href"] for link in page_of(client.get("/")).select("link[rel=preload]")]
    assert len(named) == len(asked) == 2
    assert all(file.removesuffix(".woff2") in href for file, href in zip(named, asked, strict=True))


def test_the_sharing_picture_is_the_chosen_one_or_that_of_the_page(client, lantern):
    own, chosen = PictureFactory(), PictureFactory()
    with_own = ArticlePageFactory(parent=lantern, picture=own)
    with_chosen = ArticlePageFactory(parent=lantern, picture=own, social_image=chosen)
    for page, picture in ((with_own, own), (with_chosen, chosen)):
        address = urlsplit(meta_of(client.get(page.url))["og:image"])
        rendition = picture.renditions.get(filter_spec="fill-1200x630|format-jpeg")
        assert address.path == rendition.url and address.scheme == "http" and address.netloc
        response = client.get(address.path)
        assert response["Content-Type"] == "image/jpeg"
        assert response.getvalue().startswith(b"\xff\xd8")


def test_a_page_without_picture_names_none(client, article):
    assert "og:image" not in meta_of(client.get(article.url))


@pytest.mark.parametrize("name", PUBLIC_PAGES)
def test_breadcrumbs_are_told_to_machines(client, pages, name):
    page = pages[name]
    steps = schema_of(client.get(page.url))["BreadcrumbList"]["itemListElement"]
    assert [step["position"] for step in steps] == list(range(1, len(steps) + 1))
    assert steps[0]["item"] == pages["home"].full_url
    assert (steps[-1]["name"], steps[-1]["item"]) == (page.title, page.full_url)


def test_an_article_is_told_to_machines(client, pages):
    article, house_page = pages["article"], pages["house"]
    data = schema_of(client.get(article.url))["Article"]
    assert data["headline"] == article.title
    assert data["description"] == "On y jardine."
    assert data["mainEntityOfPage"] == article.full_url
    assert data["inLanguage"] == "fr"
    assert data["publisher"] == {
        "@type": "Organization",
        "name": "La Lanterne",
        "url": house_page.full_url,
    }
    assert "datePublished" not in data


def test_a_house_is_told_to_machines(client, pages):
    data = schema_of(client.get(pages["house"].url))["Organization"]
    assert (data["name"], data["url"]) == ("La Lanterne", pages["house"].full_url)
    assert data["address"]["addressLocality"] == "Valdoie"
    assert data["address"]["addressRegion"] == "Bourgogne-Franche-Comté"


def test_a_title_with_a_script_ends_no_script(client, titled_with_script):
    response = client.get(titled_with_script.url)
    title = titled_with_script.title
    assert schema_of(response)["Article"]["headline"] == title
    assert schema_of(response)["BreadcrumbList"]["itemListElement"][-1]["name"] == title
    assert meta_of(response)["og:title"] == title
    assert meta_of(response)["description"] == '<!-- "bref" -->'
    assert "alert(1)" not in "".join(
        script.get_text()
        for script in page_of(response).select("script:not([type='application/ld+json'])")
    )
    assert "Avant</script><script>alert(1)</script> & « après »" in text_of(response)


# Breadcrumbs


def test_breadcrumbs_lead_back_home(client, pages):
    document = page_of(client.get(pages["article"].url))
    way_back = [(link["href"], link.text) for link in document.select("nav.breadcrumbs a")]
    assert [address for address, _text in way_back] == ["/", "/maisons/", pages["house"].url]
    assert [text for _address, text in way_back][1:] == ["Les maisons", "La Lanterne"]


def test_breadcrumbs_follow_the_levels_of_plain_pages(client, home):
    above = PlainPageFactory(title="Aide")
    below = PlainPageFactory(title="Écrire", parent=above)
    document = page_of(client.get(below.url))
    assert [link["href"] for link in document.select("nav.breadcrumbs a")] == ["/", above.url]


def test_the_house_name_in_breadcrumbs_is_escaped(client, home):
    house_page = HousePageFactory(house__name="Chez <b>nous</b>")
    article = ArticlePageFactory(parent=house_page)
    document = page_of(client.get(article.url))
    assert document.select("nav.breadcrumbs a")[-1].text == "Chez <b>nous</b>"
