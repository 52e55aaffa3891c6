"""What the external engine does not have yet, sent to it: the projection itself says what that is."""

import logging
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import batched

from search.engines import indices
from search.models import DocumentText, Posting, SearchDocument

logger = logging.getLogger(__name__)

BATCH = 500  # documents read at once
LARGEST = 5_000_000  # bytes sent at once


def send_pending() -> tuple[int, int]:
    """Send what has changed, and return how many documents the engine took and how many it refused.

    Two workers may do so at once, and it may be done again: versions keep what is newest. Raises
    `EngineDown` where the engine does not take any.
    """
    last, taken, refused = 0, 0, 0
    while True:
        pending = SearchDocument.objects.pending().filter(pk__gt=last).order_by("pk")
        documents = list(pending[:BATCH])
        if not documents:
            return taken, refused
        written = send(documents)
        taken, refused = taken + len(written.kept), refused + len(written.refused)
        last = documents[-1].pk


def send(documents: list[SearchDocument]) -> indices.Written:
    """Have the engine make its own of `documents`, each in its language, and note that it has."""
    texts = read_texts(documents)
    kept, refused = set(), {}
    for lines in in_loads(_lines(document, texts) for document in documents):
        written = indices.write(lines)
        kept |= written.kept
        refused |= written.refused
    for pk, reason in refused.items():
        logger.error("The search engine refuses document %s: %s", pk, reason)
    mark_sent([(doc.pk, doc.version) for doc in documents if doc.pk in kept])
    return indices.Written(kept, refused)


def mark_sent(pairs: Iterable[tuple[int, int]]) -> None:
    """Note that the engine has these versions, unless there is a newer one already."""
    by_version = defaultdict(list)
    for pk, version in pairs:
        by_version[version].append(pk)
    for version, ids in by_version.items():
        for batch in batched(ids, BATCH, strict=False):
            rows = SearchDocument.objects.filter(pk__in=batch, version=version)
            rows.update(sent_version=version)


def read_texts(documents: list[SearchDocument]) -> dict[int, tuple[str, list]]:
    """Return the folded words and the (term, impact) pairs of the documents that are still as they were read."""
    ids = [document.pk for document in documents]
    words = dict(DocumentText.objects.filter(pk__in=ids).values_list("pk", "words"))
    impacts = {pk: [] for pk in ids}
    rows = Posting.objects.filter(document__in=ids)
    for pk, term, impact in rows.values_list("document_id", "term__text", "impact").iterator():
        impacts[pk].append((term, impact))
    # A text written after its document was read may be for other eyes.
    present = SearchDocument.objects.present().filter(pk__in=ids)
    versions = dict(present.values_list("pk", "version"))
    return {
        document.pk: (words.get(document.pk, ""), impacts[document.pk])
        for document in documents
        if versions.get(document.pk) == document.version
    }


def in_loads(lines: Iterable[bytes]) -> Iterator[list[bytes]]:
    """Gather `lines` in loads that are not too large to be sent."""
    load, size = [], 0
    for line in lines:
        if load and size + len(line) > LARGEST:
            yield load
            load, size = [], 0
        load.append(line)
        size += len(line)
    if any(load):
        yield load


def _lines(document: SearchDocument, texts) -> bytes:
    """Return what has a document written where it belongs, and taken out of where it no longer does."""
    home = None if document.withdrawn else document.language
    if home and document.pk not in texts:
        return b""
    written = b""
    for language in indices.languages():
        alias = indices.alias_of(language)
        if language == home:
            written += indices.index_lines(alias, document, *texts[document.pk])
        elif document.version > 1 or not home:
            written += indices.delete_lines(alias, document)
    return written
