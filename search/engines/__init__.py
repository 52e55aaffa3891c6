"""What every engine does: find the documents of a plan, and count the values by which they can be filtered."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from search.dictionary import Dictionary
from search.plan import Plan

RELEVANCE, NEWEST = "relevance", "date"
# Fewer results than this, and documents with fewer of the words are let in.
LITTLE = 3


@dataclass(frozen=True)
class Wanted:
    """One page of results to find.

    Parameters
    ----------
    plan: what to look for; no words at all finds everything.
    dictionary: of the scopes that the visitor may look in.
    filters: by facet, the ids of the values of which a document must have one.
    pinned: documents that come first, in this order.
    sort: `RELEVANCE` or `NEWEST`.
    offset, size: of the page, in documents.
    """

    plan: Plan
    dictionary: Dictionary
    filters: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    pinned: tuple[int, ...] = ()
    sort: str = RELEVANCE
    offset: int = 0
    size: int = 10


@dataclass(frozen=True)
class Found:
    """What an engine answers.

    Parameters
    ----------
    hits: (id of the document, score), best first.
    total: number of documents found.
    counts: by id of the value of a facet, the number of documents found that have it; those of a
        facet do not take its own selection into account.
    least: how many of the words each document has at least.
    unread: how many documents were not looked in, as the words of a sequence say too little.
    """

    hits: list[tuple[int, float]]
    total: int
    counts: dict[int, int]
    least: int
    unread: int = 0


class Engine(Protocol):
    name: str

    def find(self, wanted: Wanted) -> Found:
        """Answer, or raise `EngineDown`."""


class EngineDown(Exception):
    """The engine did not answer, or not as it should."""
