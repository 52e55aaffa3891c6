"""What an index of the external engine has otherwise than the projection, and how that is mended."""

from collections.abc import Iterable
from itertools import batched
from typing import NamedTuple

from search import outbox
from search.engines import EngineDown, indices
from search.models import SearchDocument

BATCH = 500


class Difference(NamedTuple):
    """The version that the projection has of a document in a language, 0 for none, and the one that the engine has."""

    language: str
    pk: int
    wanted: int
    found: int


def compare(index: str, language: str) -> list[Difference]:
    """Return what `index` has otherwise than the projection has in a language."""
    indices.refresh(index)
    found = indices.versions(index)
    rows = SearchDocument.objects.present().filter(language=language)
    wanted = dict(rows.order_by("pk").values_list("pk", "version").iterator())
    return [
        Difference(language, pk, wanted.get(pk, 0), found.get(pk, 0))
        for pk in sorted(wanted.keys() | found.keys())
        if wanted.get(pk) != found.get(pk)
    ]


def mend(differences: Iterable[Difference], index: str) -> None:
    """Have `index` take what it lacks and leave what is too much."""
    for batch in batched(differences, BATCH, strict=False):
        documents = SearchDocument.objects.in_bulk([difference.pk for difference in batch])
        _overtake(documents, batch)
        texts = outbox.read_texts(list(documents.values()))
        lines = [_lines(difference, index, documents, texts) for difference in batch]
        for load in outbox.in_loads(lines):
            for pk, reason in indices.write(load).refused.items():
                raise EngineDown(f"document {pk} is refused: {reason}")
    indices.refresh(index)


def _overtake(documents: dict[int, SearchDocument], batch) -> None:
    """Raise our versions above those of the engine, which may come from a database since restored."""
    for difference in batch:
        document = documents.get(difference.pk)
        if document and difference.found >= document.version:
            same = SearchDocument.objects.filter(pk=document.pk, version=document.version)
            document.version = difference.found + 1
            same.update(version=document.version)


def _lines(difference: Difference, index: str, documents, texts) -> bytes:
    document = documents.get(difference.pk)
    if document is None:
        unknown = SearchDocument(pk=difference.pk, version=difference.found + 1)
        return indices.delete_lines(index, unknown)
    if document.withdrawn or document.language != difference.language:
        return indices.delete_lines(index, document)
    # One that has changed in the meantime is pending, and will be sent.
    return (
        indices.index_lines(index, document, *texts[document.pk]) if document.pk in texts else b""
    )
