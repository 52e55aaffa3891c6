import pytest
from django.urls import reverse

from tests.factories import (
    ArticlePageFactory,
    CategoryFactory,
    PlainPageFactory,
    TypologyFactory,
    restricted,
)
from tests.portal.reading import links_of, page_of


@pytest.fixture
def address():
    return reverse("home:site_map")


def in_main(response) -> list[str]:
    return [link["href"] for link in page_of(response).select("main a[href]")]


def test_the_site_map_leads_to_all_but_articles(client, lantern, address):
    article = ArticlePageFactory(parent=lantern)
    page = PlainPageFactory(title="Aide")
    terms = [CategoryFactory(), TypologyFactory()]
    links = in_main(client.get(address))
    assert {
        "/",
        page.url,
        lantern.url,
        reverse("search:page"),
        reverse("home:accessibility"),
    } < set(links)
    assert {term.listing_url for term in terms} < set(links)
    assert article.url not in links


def test_plain_pages_stand_below_theirs(client, home, address):
    above = PlainPageFactory(title="Aide")
    below = PlainPageFactory(title="Écrire", parent=above)
    PlainPageFactory(title="Contact")
    document = page_of(client.get(address))
    item = document.select_one(f'main li > a[href="{above.url}"]').parent
    assert [link["href"] for link in item.ul.select("a")] == [below.url]


def test_what_is_not_public_is_not_in_the_site_map(client, lantern, address):
    draft = PlainPageFactory(title="Brouillon", live=False)
    hidden = restricted(PlainPageFactory(title="Réservée"))
    orphan = PlainPageFactory(title="Dessous", parent=draft)
    lantern.unpublish()
    links = in_main(client.get(address))
    assert not {draft.url, hidden.url, lantern.url} & set(links)
    assert orphan.url in links


def test_the_footer_of_each_page_leads_to_the_site_map(client, lantern, address):
    for path in ("/", lantern.url, address, "/nothing-here/"):
        footer = page_of(client.get(path)).select("footer nav a")
        assert {address, reverse("search:page")} <= {link["href"] for link in footer}, path


def test_the_queries_do_not_grow_with_the_pages(
    client, lantern, address, django_assert_max_num_queries
):
    for number in range(5):
        PlainPageFactory(title=f"Page {number}")
        ArticlePageFactory(parent=lantern)
    links_of(client.get(address))
    # The site, the language, the restrictions and the pages: the rest is kept ready.
    with django_assert_max_num_queries(6):
        client.get(address)
