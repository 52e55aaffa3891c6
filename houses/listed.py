"""The houses whose page anybody may see, as other pages name them, kept ready between two changes."""

from typing import NamedTuple

from django.conf import settings
from django.utils.translation import get_language

from houses.models import House, HousePage
from portal.kept import forget, forget_when_pages_change, forget_when_saved, kept_ready
from portal.languages import locale_of
from search.text import fold

KEY = "listed-houses-"  # then the language


class ListedHouse(NamedTuple):
    """A house, with the path of its page in the tree and its address."""

    path: str
    url: str
    name: str
    department: str
    department_name: str
    emblem_seed: str


def listed_houses() -> list[ListedHouse]:
    """Return the houses that have a page in the language of the moment, by name, whatever the accents."""
    language = get_language()
    return kept_ready(KEY + language, lambda: _read(language))


def _read(language: str) -> list[ListedHouse]:
    listed = [
        ListedHouse(
            page.path,
            page.url,
            page.house.name,
            page.house.department,
            page.house.department_name,
            page.house.emblem_seed,
        )
        for page in HousePage.objects.published(locale=locale_of(language)).with_house()
    ]
    return sorted(listed, key=lambda house: fold(house.name))


def forget_houses(**kwargs) -> None:
    forget(*(KEY + code for code, _name in settings.LANGUAGES))


def connect_signals() -> None:
    forget_when_saved(forget_houses, House, HousePage)
    forget_when_pages_change(forget_houses)
