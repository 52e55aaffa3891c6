"""What the search calls the houses and the departments that they are in."""

from collections.abc import Iterator

from houses.departments import DEPARTMENTS
from houses.models import House
from search.labels import Label


def search_labels() -> Iterator[Label]:
    yield from department_labels()
    for house in House.objects.order_by("pk"):
        yield house.search_label


def department_labels() -> list[Label]:
    return [Label("department", code, {"fr": name}) for code, name in DEPARTMENTS.items()]
