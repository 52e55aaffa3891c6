"""When what is kept in memory of the index must be read again.

A mark in the cache changes with each change of the index; what was computed under another mark is
not used. The mark is changed once the change is there for all, so nothing old outlives it.
"""

import secrets
from contextlib import contextmanager
from contextvars import ContextVar

from django.core.cache import cache
from django.db import transaction

KEPT = 3600  # seconds
DOCUMENTS, LABELS, WORDS = "documents", "labels", "words"

_memory: dict = {}
_marks_of_moment: ContextVar[dict | None] = ContextVar("marks_of_moment", default=None)


@contextmanager
def one_moment():
    """Read each mark once while this lasts: a search asks for them dozens of times, and is of one state."""
    token = _marks_of_moment.set({})
    try:
        yield
    finally:
        _marks_of_moment.reset(token)


def mark(name: str) -> str:
    """Return the present mark of the documents, of the labels or of the synonyms."""
    marks = _marks_of_moment.get()
    if marks is None:
        return _read_mark(name)
    if name not in marks:
        marks[name] = _read_mark(name)
    return marks[name]


def _read_mark(name: str) -> str:
    key = _key(name)
    present = cache.get(key)
    if present is None:
        present = secrets.token_hex(8)
        cache.set(key, present, KEPT)
    return present


def changed(name: str) -> None:
    """Change the mark, now for this transaction and once more when it is committed."""
    cache.delete(_key(name))
    transaction.on_commit(lambda: cache.delete(_key(name)))


def remembered(name: str, key, compute):
    """Return what `compute` gives, kept in this process until the mark `name` changes.

    Nothing is kept within a transaction, which may see what others do not see, or be taken back.
    """
    if transaction.get_connection().in_atomic_block:
        return compute()
    present = mark(name)
    kept = _memory.get((name, key))
    if kept is None or kept[0] != present:
        if len(_memory) > 1000:
            _memory.clear()
        kept = _memory[name, key] = (present, compute())
    return kept[1]


def _key(name: str) -> str:
    return f"search-mark-{name}"
