"""What the search calls the houses and the departments that they are in."""

from collections.abc import Iterator

from django.db import connection

from houses.departments import DEPARTMENTS
from houses.models import House
from search import labels
from search.labels import Label
from search.models import FacetValue


def search_labels() -> Iterator[Label]:
    yield from department_labels()
    for house in House.objects.order_by("pk"):
        yield house.search_label


def department_labels() -> list[Label]:
    return [Label("department", code, {"fr": name}) for code, name in DEPARTMENTS.items()]


def name_departments(**kwargs) -> None:
    """Give the departments their names, once the table for them is there."""
    if FacetValue._meta.db_table in connection.introspection.table_names():
        for label in labels.misnamed(department_labels()):
            labels.name(label)
