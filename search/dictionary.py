"""The words of the index, as they may be seen from some scopes: terms, how common they are, those written nearly alike."""

import math
import re
from functools import cached_property
from typing import NamedTuple

from django.db.models import Count, Q
from django.db.models.functions import Length
from rapidfuzz import process
from rapidfuzz.distance import OSA

from search import state
from search.analysis import is_stop, stem
from search.models import DocumentText, FacetEntry, FacetValue, Scope, Term, Word
from search.query import plain_words
from search.text import bare

# A typing error is looked for from this many letters on; two of them from twice as many.
SHORTEST_REPAIRED = 4
LAST = "\U0010ffff"  # comes after any letter
MOST_BEGUN = 60
WORD_AS_WRITTEN = re.compile(r"[^\W_]+")
# Words kept in memory, of each kind: people may type any number of those that no document has.
MOST_REMEMBERED = 50_000
# Facets whose labels people type, as they would a word of the text.
NAMED_FACETS = ("category", "typology", "house", "tag", "department")


class Known(NamedTuple):
    """A term of the scopes: its rows, and the number of documents that have it."""

    ids: tuple[int, ...]
    count: int


class Repair(NamedTuple):
    """A word written nearly as the one that was typed, with the number of documents found by its stem."""

    shown: str
    text: str
    stem: str
    distance: int
    count: int


class Dictionary:
    """What is met in `scopes`.

    Parameters
    ----------
    scopes: those that the visitor may look in, of the languages searched.
    codes: these languages, the one that the query is written in first.
    """

    def __init__(self, scopes: list[Scope], codes: tuple[str, ...]):
        self.scopes, self.codes = scopes, codes
        self._ids = tuple(scope.pk for scope in scopes)
        self._known = state.remembered(state.DOCUMENTS, ("terms", self._ids), dict)
        self._repairs = state.remembered(state.DOCUMENTS, ("repairs", self._ids), dict)

    def known(self, texts) -> dict[str, Known]:
        """Return those of the terms `texts` that some document has."""
        known = {text: self._known.get(text) for text in texts}
        if missing := [text for text, term in known.items() if term is None]:
            found = self._read(missing)
            _remember(self._known, found)
            known |= found
        return {text: term for text, term in known.items() if term.count}

    def _read(self, texts: list[str]) -> dict[str, Known]:
        rows = Term.objects.filter(scope__in=self._ids, text__in=texts)
        found = {text: Known((), 0) for text in texts}
        for text, pk, count in rows.values_list("text", "pk").annotate(count=Count("posting")):
            found[text] = Known((*found[text].ids, pk), found[text].count + count)
        return found

    @property
    def code(self) -> str:
        """The language of the query."""
        return self.codes[0]

    @property
    def size(self) -> int:
        """The number of documents of the scopes."""
        return self.facet_counts()[1]

    def facet_counts(self) -> tuple[dict[int, int], int]:
        """Return the number of documents of each value of the facets, by its id, and that of all documents."""
        return self._facet_counts

    @cached_property
    def _facet_counts(self):
        return state.remembered(state.DOCUMENTS, ("facets", self._ids), self._count_facets)

    def _count_facets(self):
        entries = FacetEntry.objects.filter(scope__in=self._ids).order_by()
        counts = dict(entries.values_list("value").annotate(Count("document")))
        return counts, sum(scope.searchdocument_set.count() for scope in self.scopes)

    def idf(self, count: int) -> float:
        """Return the weight of what `count` documents have: BM25's, never negative."""
        return math.log(1 + (self.size - count + 0.5) / (count + 0.5))

    def repairs(self, word: str) -> list[Repair]:
        """Return the words written nearly as the folded `word`, nearest first."""
        if len(word) < SHORTEST_REPAIRED or word.isdigit():
            return []
        repairs = self._repairs.get(word)
        if repairs is None:
            repairs = self._read_repairs(word)
            _remember(self._repairs, {word: repairs})
        return repairs

    def _read_repairs(self, word: str) -> list[Repair]:
        edits = 1 if len(word) < 2 * SHORTEST_REPAIRED else 2
        lengths = range(max(SHORTEST_REPAIRED - 1, len(word) - edits), len(word) + edits + 1)
        named = self._named_words()
        texts = {*self._alike(word, lengths), *(text for text in named if len(text) in lengths)}
        near = process.extract(
            word, list(texts), scorer=OSA.distance, score_cutoff=edits, limit=None, processor=None
        )
        distances = {text: distance for text, distance, _place in near}
        rows = self._words().filter(text__in=distances).values_list("text", "shown", "stem")
        written = {text: (shown, root) for text, shown, root in rows}
        written |= {text: named[text][:2] for text in distances if text in named}
        known = self.known({root for _shown, root in written.values()})
        found = []
        for text, (shown, root) in written.items():
            count = max(known[root].count if root in known else 0, self._count_named(text))
            if count:
                found.append(Repair(shown, text, root, distances[text], count))
        found.sort(
            key=lambda repair: (
                repair.distance + (repair.text[0] != word[0]) / 2,
                -repair.count,
                repair.text,
            )
        )
        return found

    def _words(self):
        """Return the words written in the languages of the scopes."""
        return Word.objects.filter(language__in={scope.language for scope in self.scopes})

    def _alike(self, word: str, lengths: range) -> list[str]:
        """Return the written words of these lengths that begin or end as `word`."""
        alike = self._words().annotate(length=Length("text"))
        alike = alike.filter(
            Q(text__gte=word[0], text__lt=word[0] + LAST) | Q(ending=word[-3:]),
            length__range=(lengths.start, lengths.stop - 1),
        )
        return list(alike.values_list("text", flat=True))

    def _named_words(self) -> dict[str, tuple[str, str, list[int]]]:
        """Return the words of the names of categories, of houses…, folded: as written, the stem, the ids of the values."""
        return state.remembered(state.LABELS, ("named words", self.code), self._read_named_words)

    def _count_named(self, word: str) -> int:
        """Return how many documents of the scopes have the commonest value with this word in its name."""
        counts, _total = self.facet_counts()
        _shown, _root, values = self._named_words().get(word, ("", "", ()))
        return max((counts.get(value, 0) for value in values), default=0)

    def is_written(self, repair: Repair) -> bool:
        """Whether this very word, not another form of it, is in a document of the scopes or in a name of theirs."""
        if self._count_named(repair.text):
            return True
        texts = DocumentText.objects.filter(
            document__posting__term__in=self.known({repair.stem})[repair.stem].ids
        )
        return texts.filter(words__contains=f" {repair.text} ").exists()

    def begun(self, beginning: str) -> list[str]:
        """Return the stems of the words that begin so, the shortest first."""
        words = self._words().filter(text__gte=beginning, text__lt=beginning + LAST)
        stems = words.annotate(length=Length("text")).order_by("length", "text")
        return list(dict.fromkeys(stems.values_list("stem", flat=True)[:MOST_BEGUN]))

    def named_values(self) -> dict[str, list[tuple[frozenset, int]]]:
        """Return, by stem, the values of facets whose label has it: all the stems of the label, and the id."""
        return state.remembered(state.LABELS, ("named", self.code), self._read_named_values)

    def _read_named_values(self):
        named = {}
        for label, pk in self._names:
            words = plain_words(label, self.code)
            stems = frozenset(stem(w, self.code) for w in words if not is_stop(w, self.code))
            for text in stems:
                named.setdefault(text, []).append((stems, pk))
        return named

    def _read_named_words(self) -> dict[str, tuple[str, str, list[int]]]:
        words = {}
        for label, pk in self._names:
            for shown in WORD_AS_WRITTEN.findall(label.lower()):
                text = bare(shown)
                if not is_stop(text, self.code):
                    _shown, _root, values = words.setdefault(
                        text, (shown, stem(text, self.code), [])
                    )
                    values.append(pk)
        return words

    @cached_property
    def _names(self) -> list[tuple[str, int]]:
        """The (label, id) of each value of a facet that people may name."""
        return [
            (value.labels.get(self.code) or next(iter(value.labels.values()), ""), value.pk)
            for value in FacetValue.objects.filter(facet__in=NAMED_FACETS)
        ]


def _remember(kept: dict, found: dict) -> None:
    if len(kept) > MOST_REMEMBERED:
        kept.clear()
    kept |= found


def facet_values() -> dict[int, FacetValue]:
    """Return all the values of all facets, by id."""
    return state.remembered(state.LABELS, "values", FacetValue.objects.in_bulk)


def facet_values_by_name() -> dict[tuple[str, str], FacetValue]:
    """Return all the values of all facets, by facet and value."""
    return state.remembered(state.LABELS, "by name", _read_by_name)


def _read_by_name():
    return {(value.facet, value.value): value for value in facet_values().values()}
