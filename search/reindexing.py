"""New indices for the external engine, filled from the projection while searches and publications go on."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait

from search import outbox
from search.comparison import compare, mend
from search.engines import EngineDown, indices
from search.models import SearchDocument

BATCH = 200  # documents sent at once
SENDERS = 2  # loads under way at once
LONGEST_SEARCH = 1.0  # seconds after which no search still looks in the old index


def reindex(language: str, report: Callable[[str], None]) -> None:
    """Give a language a new index, and remove the others, those of runs that were killed included.

    What is published meanwhile is in the new index too: it is compared with the projection before
    searches look in it, and once more after.
    """
    index = indices.create(language)
    started = time.monotonic()
    number = _fill(index, language)
    indices.settle(index)
    seconds = time.monotonic() - started
    report(f"{language}: {number} documents in {seconds:.1f} s, {number / seconds:.0f} a second.")
    alias = indices.loading_alias(index)
    mend(compare(alias, language), alias)
    indices.swap(language, index)
    alias = indices.alias_of(language)
    mend(compare(alias, language), alias)
    outbox.mark_sent(indices.versions(alias).items())
    time.sleep(LONGEST_SEARCH)
    for other in indices.of_language(language):
        if other != index:
            indices.remove(other)


def _fill(index: str, language: str) -> int:
    """Write all the documents of a language in an index, and return how many there are."""
    number, sent = 0, set()
    with ThreadPoolExecutor(SENDERS) as senders:
        for size, lines in _loads(indices.loading_alias(index), language):
            sent.add(senders.submit(_write, lines))
            number += size
            if len(sent) > SENDERS:
                done, sent = wait(sent, return_when=FIRST_COMPLETED)
                _raise_failures(done)
        _raise_failures(sent)
    return number


def _raise_failures(futures) -> None:
    for future in futures:
        future.result()


def _write(lines: list[bytes]) -> None:
    for load in outbox.in_loads(lines):
        for pk, reason in indices.write(load).refused.items():
            raise EngineDown(f"document {pk} is refused: {reason}")


def _loads(alias: str, language: str) -> Iterator[tuple[int, list[bytes]]]:
    last = 0
    while True:
        rows = SearchDocument.objects.present().filter(language=language, pk__gt=last)
        documents = list(rows.order_by("pk")[:BATCH])
        if not documents:
            return
        texts = outbox.read_texts(documents)
        yield (
            len(texts),
            [
                indices.index_lines(alias, document, *texts[document.pk])
                for document in documents
                if document.pk in texts
            ],
        )
        last = documents[-1].pk
