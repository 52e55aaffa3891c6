import pytest

from houses.listed import listed_houses
from tests.factories import HousePageFactory, restricted


def names():
    return [house.name for house in listed_houses()]


@pytest.fixture(autouse=True)
def listed(lantern, harbour):
    """The list is ready before what each test changes."""
    assert {"La Lanterne", "Le Port"} <= set(names())


def test_the_houses_come_by_name_whatever_the_accents(db):
    HousePageFactory(house__name="L’Établi")
    HousePageFactory(house__name="L’Étape")
    HousePageFactory(house__name="L’Escale")
    ours = [name for name in names() if name.startswith("L’")]
    assert ours == ["L’Escale", "L’Établi", "L’Étape"]


def test_a_renamed_house_is_listed_by_its_new_name(lantern):
    lantern.house.name = "La Veilleuse"
    lantern.house.save()
    assert "La Veilleuse" in names() and "La Lanterne" not in names()


def test_a_house_that_moves_is_listed_in_its_new_department(lantern):
    lantern.house.department = "17"
    lantern.house.save()
    (house,) = (house for house in listed_houses() if house.name == "La Lanterne")
    assert (house.department, house.department_name) == ("17", "Charente-Maritime")


@pytest.mark.parametrize(
    "hide",
    [
        lambda page: page.unpublish(),
        lambda page: page.delete(),
        lambda page: restricted(page),
        lambda page: restricted(page.get_parent()),
    ],
    ids=["unpublished", "deleted", "restricted", "in a restricted section"],
)
def test_a_house_that_visitors_may_not_see_leaves_the_list_at_once(lantern, hide):
    hide(lantern)
    assert "La Lanterne" not in names()


def test_the_address_follows_that_of_the_directory(lantern):
    directory = lantern.get_parent().specific
    directory.slug = "annuaire"
    directory.save_revision().publish()
    addresses = {house.name: house.url for house in listed_houses()}
    assert addresses["La Lanterne"] == "/annuaire/la-lanterne/"
