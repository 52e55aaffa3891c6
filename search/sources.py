"""What there is to find, as the apps that publish it tell it: the search itself knows nothing of pages.

An app adds its own to `DOCUMENTS` and `LABELS` when it is ready.
"""

from collections.abc import Callable, Iterable, Iterator
from itertools import batched

from django.db import transaction

from search import projection
from search.labels import Label
from search.models import SearchDocument

BATCH = 100  # documents written in one transaction

# Each gives, in batches, what may be found now of the pages with some ids, of all where it is given None.
DOCUMENTS: list[Callable[[Iterable[int] | None], Iterator[list[SearchDocument]]]] = []
LABELS: list[Callable[[], Iterable[Label]]] = []


def documents(ids: Iterable[int] | None = None) -> Iterator[list[SearchDocument]]:
    for source in DOCUMENTS:
        yield from source(ids)


def labels() -> Iterator[Label]:
    for source in LABELS:
        yield from source()


def project_again(ids: Iterable[int]) -> None:
    """Write what is published now of the pages with these `ids`, while nobody else does."""
    for batch in batched(ids, BATCH, strict=False):
        with transaction.atomic():
            projection.locked(batch)
            published = [doc for found in documents(batch) for doc in found]
            projection.write(published)
            projection.withdraw(set(batch) - {document.pk for document in published})
