"""What the values of facets are called, as the apps that own them say."""

from collections.abc import Iterable
from typing import NamedTuple

from django.db import transaction

from search import state
from search.models import LONGEST_VALUE, FacetValue


class Label(NamedTuple):
    """What a value of a facet is called, by language (`search.models.FacetValue`)."""

    facet: str
    value: str
    labels: dict[str, str]
    position: int = 0
    image: str = ""


@transaction.atomic
def name(label: Label) -> None:
    """Give a value of a facet its labels."""
    FacetValue.objects.update_or_create(
        facet=label.facet,
        value=label.value[:LONGEST_VALUE],
        defaults={"labels": label.labels, "position": label.position, "image": label.image},
    )
    state.changed(state.LABELS)


def misnamed(labels: Iterable[Label]) -> list[Label]:
    """Return those of `labels` that the values of facets do not have."""
    known = {(value.facet, value.value): value for value in FacetValue.objects.all()}
    return [label for label in labels if not _is_named(known, label)]


def _is_named(known, label: Label) -> bool:
    value = known.get((label.facet, label.value[:LONGEST_VALUE]))
    return bool(value) and (value.labels, value.position, value.image) == label[2:]
