import re
from itertools import combinations
from math import hypot
from xml.etree import ElementTree

import pytest

from houses import map as drawn_map
from houses.departments import DEPARTMENTS
from search.models import FacetValue
from tests.factories import HousePageFactory, restricted

NAMESPACE = "{http://www.w3.org/2000/svg}"
BELFORT, LA_ROCHELLE, PARIS, LYON, LILLE = (
    (6.86, 47.64),
    (-1.15, 46.16),
    (2.35, 48.86),
    (4.84, 45.76),
    (3.06, 50.63),
)
AJACCIO, SAINT_DENIS = (8.74, 41.92), (55.45, -20.88)


def path_of(drawing, name):
    paths = ElementTree.fromstring(drawing).iter(f"{NAMESPACE}path")
    return next(path.attrib["d"] for path in paths if path.attrib["class"] == name)


def points_of(drawing):
    """The (x, y) of each house."""
    found = re.findall(r"M(\d+) (\d+)h", path_of(drawing, "house"))
    return [(int(x), int(y)) for x, y in found]


def test_every_house_is_a_point_on_the_drawing():
    positions = [BELFORT, LA_ROCHELLE, PARIS, AJACCIO, SAINT_DENIS]
    points = points_of(drawn_map.svg(positions))
    assert len(points) == len(positions)
    assert all(0 <= x <= drawn_map.SIZE and 0 <= y <= drawn_map.SIZE for x, y in points)


def test_north_is_up_and_east_is_right():
    (belfort, la_rochelle, lille) = points_of(drawn_map.svg([BELFORT, LA_ROCHELLE, LILLE]))
    assert lille[1] < belfort[1] < la_rochelle[1]
    assert la_rochelle[0] < lille[0] < belfort[0]


def test_houses_overseas_stand_in_a_row_at_the_bottom():
    points = points_of(drawn_map.svg([SAINT_DENIS, (-61.0, 14.6)]))
    assert len(set(points)) == 2 and points[0][1] == points[1][1] > drawn_map.SIZE - 40


def test_neighbours_are_joined_once():
    lines = path_of(drawn_map.svg([BELFORT, LYON]), "mesh")
    assert lines.count("L") == 1


@pytest.mark.parametrize("positions", [[], [PARIS], [PARIS, PARIS]])
def test_few_houses_make_a_map_without_lines(positions):
    drawing = drawn_map.svg(positions)
    assert path_of(drawing, "mesh") == ""
    assert len(points_of(drawing)) == len(positions)


def test_lines_grow_with_the_houses_only():
    positions = [(-1 + (n % 10) * 0.6, 44 + (n // 10) * 0.5) for n in range(100)]
    assert path_of(drawn_map.svg(positions), "mesh").count("L") <= 300


def test_the_map_shows_public_houses_only(client, home):
    position = {"house__latitude": 47.64, "house__longitude": 6.86}
    HousePageFactory(house__name="Visible", **position)
    HousePageFactory(house__name="Brouillon", live=False, **position)
    HousePageFactory(house__name="Sans position")
    restricted(HousePageFactory(house__name="Réservée", **position))
    response = client.get("/drawings/houses.svg")
    assert response["Content-Type"] == "image/svg+xml"
    assert len(points_of(response.text)) == 1


def test_the_map_of_an_empty_network_is_a_map(client, home):
    assert path_of(client.get("/drawings/houses.svg").text, "land").startswith("M")


def test_every_department_has_a_place_of_its_own_on_the_map():
    points = {code: drawn_map.department_point(code) for code in DEPARTMENTS}
    assert all(0 <= x <= drawn_map.SIZE and 0 <= y <= drawn_map.SIZE for x, y in points.values())
    near = [
        (a, b)
        for a, b in combinations(points, 2)
        if hypot(points[a][0] - points[b][0], points[a][1] - points[b][1]) < 7
    ]
    assert near == []


def test_departments_lie_as_they_do_in_france():
    (lille, nice, brest_side, paris, hauts_de_seine, reunion) = map(
        drawn_map.department_point, ["59", "06", "29", "75", "92", "974"]
    )
    assert lille[1] < paris[1] < nice[1]
    assert brest_side[0] < hauts_de_seine[0] < paris[0] < nice[0]
    assert reunion[1] > nice[1]
    assert drawn_map.department_point("99") is None


@pytest.mark.django_db
def test_the_search_knows_the_departments_by_their_names():
    names = FacetValue.objects.filter(facet="department")
    assert {value.value: value.label for value in names} == DEPARTMENTS
