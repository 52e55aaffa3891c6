import pytest

from houses.models import HouseIndexPage
from tests.factories import HousePageFactory, restricted
from tests.portal.reading import links_of, page_of, says

# The page by its address, restrictions, breadcrumbs, and all the houses with their pages
# in one query, whatever their number.
QUERIES = 3


@pytest.fixture
def directory(db):
    return HouseIndexPage.objects.get()


def regions_of(response):
    """Each region with the names of its houses, as the page shows them."""
    return [
        (section.h2.text, [name.text for name in section.select("h3")])
        for section in page_of(response).select("section.region")
    ]


def test_houses_stand_by_region_then_by_name(client, directory, lantern, harbour, network):
    HousePageFactory(house__name="Le Moulin", house__department="25")
    regions = regions_of(client.get(directory.url))
    assert [houses for _region, houses in regions] == [
        ["La Lanterne", "Le Moulin"],
        ["Le Port"],
        [network.name],
    ]
    assert [region for region, _houses in regions][:2] == [
        "Bourgogne-Franche-Comté",
        "Nouvelle-Aquitaine",
    ]


def test_accents_change_nothing_in_the_order(client, directory, harbour):
    for name, department in (
        ("Le Quai", "17"),
        ("L’Écluse", "17"),
        ("L’Amarre", "17"),
        ("Le Canal", "75"),
    ):
        HousePageFactory(house__name=name, house__department=department)
    regions = dict(regions_of(client.get(directory.url)))
    assert [name for name in regions if name in {"Île-de-France", "Nouvelle-Aquitaine"}] == [
        "Île-de-France",
        "Nouvelle-Aquitaine",
    ]
    assert regions["Nouvelle-Aquitaine"] == ["L’Amarre", "L’Écluse", "Le Port", "Le Quai"]


def test_the_directory_leads_to_each_house(client, directory, lantern, harbour):
    links = links_of(client.get(directory.url))
    assert {lantern.url, harbour.url} <= set(links)


def test_the_directory_shows_public_houses_only(client, directory, lantern, harbour):
    draft = HousePageFactory(house__name="Pas encore ouverte", live=False)
    harbour.unpublish()
    restricted(lantern)
    response = client.get(directory.url)
    for page in (draft, harbour, lantern):
        assert page.title not in response.text


def test_an_empty_directory_says_so(client, directory, network):
    network.pages.get().unpublish()
    assert says(client.get(directory.url), "No house yet.")


def test_the_name_of_a_house_is_escaped(client, directory):
    HousePageFactory(house__name="<b>Le</b> Moulin", house__commune="<i>Ici</i>")
    response = client.get(directory.url)
    assert "<b>Le</b>" not in response.text and "<i>Ici" not in response.text
    assert "&lt;b&gt;Le&lt;/b&gt; Moulin" in response.text


def test_the_map_has_a_text_in_its_place(client, directory):
    image = page_of(client.get(directory.url)).select_one("img.map")
    assert image["alt"] and image["src"] == "/drawings/houses.svg"


@pytest.mark.parametrize("number", [1, 10])
def test_the_queries_do_not_grow_with_the_houses(
    client, directory, django_assert_num_queries, number
):
    for _number in range(number):
        HousePageFactory()
    client.get(directory.url)
    with django_assert_num_queries(QUERIES):
        client.get(directory.url)
