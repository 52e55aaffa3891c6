import re
from xml.etree import ElementTree

import pytest

from houses import emblem
from tests.factories import HouseFactory


def luminance(colour):
    """Relative luminance of a #rrggbb colour (WCAG 2)."""
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_a_name_has_always_the_same_emblem():
    assert emblem.seed("La Lanterne") == emblem.seed("La Lanterne")
    assert emblem.svg(emblem.seed("La Lanterne")) == emblem.svg(emblem.seed("La Lanterne"))


def test_two_names_have_two_emblems():
    drawings = {emblem.svg(emblem.seed(f"Maison {number}")) for number in range(200)}
    assert len(drawings) == 200


@pytest.mark.parametrize("number", range(20))
def test_an_emblem_is_a_drawing_with_roofs(number):
    root = ElementTree.fromstring(emblem.svg(emblem.seed(f"Maison {number}")))
    path = root.find("{http://www.w3.org/2000/svg}path")
    assert path.attrib["d"].count("M") >= 5
    assert not re.search(r"[^-MlvhVHz\d .]", path.attrib["d"])


@pytest.mark.parametrize("ground, line", emblem.COLOURS)
def test_the_colours_of_an_emblem_stand_apart(ground, line):
    light, dark = sorted((luminance(ground), luminance(line)), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 4.5


def test_the_emblem_is_served_and_kept(client, db):
    house = HouseFactory(name="La Lanterne")
    response = client.get(house.emblem_url)
    assert response["Content-Type"] == "image/svg+xml"
    assert "immutable" in response["Cache-Control"] and "public" in response["Cache-Control"]
    assert response.text == emblem.svg(emblem.seed("La Lanterne"))


def test_the_address_changes_with_the_name(db):
    house = HouseFactory(name="La Lanterne")
    before = house.emblem_url
    house.name = "Le Phare"
    assert house.emblem_url != before


@pytest.mark.parametrize("seed", ["0a1b2c3", "0a1b2c3d4", "0A1B2C3D", "<script>", "../../x"])
def test_another_seed_is_not_found(client, db, seed):
    assert client.get(f"/drawings/emblem/{seed}.svg").status_code == 404


def test_an_emblem_asks_the_database_nothing(client, django_assert_num_queries, db):
    with django_assert_num_queries(0):
        client.get("/drawings/emblem/0a1b2c3d.svg")


def test_an_emblem_is_only_read(client, db):
    assert client.post("/drawings/emblem/0a1b2c3d.svg").status_code == 405
