"""The houses whose page anybody may see, as other pages name them, kept ready between two changes."""

from typing import NamedTuple

from houses.models import House, HousePage
from portal.kept import forget, forget_when_pages_change, forget_when_saved, kept_ready
from search.text import fold

KEY = "listed-houses"


class ListedHouse(NamedTuple):
    """A house, with the path of its page in the tree and its address."""

    path: str
    url: str
    name: str
    department: str
    department_name: str
    emblem_seed: str


def listed_houses() -> list[ListedHouse]:
    """Return the houses by name, whatever the accents."""
    return kept_ready(KEY, _read)


def _read() -> list[ListedHouse]:
    listed = [
        ListedHouse(
            page.path,
            page.url,
            page.house.name,
            page.house.department,
            page.house.department_name,
            page.house.emblem_seed,
        )
        for page in HousePage.objects.published().with_house()
    ]
    return sorted(listed, key=lambda house: fold(house.name))


def forget_houses(**kwargs) -> None:
    forget(KEY)


def connect_signals() -> None:
    forget_when_saved(forget_houses, House, HousePage)
    forget_when_pages_change(forget_houses)
