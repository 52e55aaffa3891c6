"""What the values of facets are called, as the apps that own them say."""

from collections.abc import Iterable
from itertools import batched
from typing import NamedTuple

from django.db import transaction

from search import projection, state
from search.models import LONGEST_VALUE, FacetEntry, FacetValue

BATCH = 100  # documents written at once


class Label(NamedTuple):
    """What a value of a facet is called, by language (`search.models.FacetValue`)."""

    facet: str
    value: str
    labels: dict[str, str]
    position: int = 0
    image: str = ""


@transaction.atomic
def name(label: Label, before: str | None = None) -> None:
    """Give a value of a facet its labels; the documents that have the one it was `before` follow."""
    if before and before != label.value:
        replace(label.facet, before, label.value)
    FacetValue.objects.update_or_create(
        facet=label.facet,
        value=label.value[:LONGEST_VALUE],
        defaults={"labels": label.labels, "position": label.position, "image": label.image},
    )
    state.changed(state.LABELS)


@transaction.atomic
def replace(facet: str, value: str, new: str = "") -> None:
    """Give the documents that have a value of a facet a `new` one in its place, or none."""
    entries = FacetEntry.objects.filter(value__facet=facet, value__value=value[:LONGEST_VALUE])
    ids = list(entries.order_by("document").values_list("document", flat=True))
    for batch in batched(ids, BATCH, strict=False):
        projection.locked(batch)
        documents = projection.documents(batch).values()
        for document in documents:
            values = [new if each == value else each for each in document.facets[facet]]
            document.facets[facet] = list(filter(None, dict.fromkeys(values)))
        projection.write(documents)


def misnamed(labels: Iterable[Label]) -> list[Label]:
    """Return those of `labels` that the values of facets do not have."""
    known = {(value.facet, value.value): value for value in FacetValue.objects.all()}
    return [label for label in labels if not _is_named(known, label)]


def _is_named(known, label: Label) -> bool:
    value = known.get((label.facet, label.value[:LONGEST_VALUE]))
    return bool(value) and (value.labels, value.position, value.image) == label[2:]
