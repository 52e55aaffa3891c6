"""The words of the index, as they may be seen from some scopes: terms, how common they are, those written nearly alike."""

import math
from typing import NamedTuple

from django.db.models import Count, Q
from django.db.models.functions import Length
from rapidfuzz import process
from rapidfuzz.distance import OSA

from search import state
from search.analysis import is_stop, stem
from search.models import DocumentText, FacetEntry, FacetValue, Scope, Term, Word
from search.query import plain_words

# A typing error is looked for from this many letters on; two of them from twice as many.
SHORTEST_REPAIRED = 4
LAST = "\U0010ffff"  # comes after any letter
MOST_BEGUN = 60
# Terms kept in memory: people may type any number of those that no document has.
MOST_REMEMBERED = 50_000
# Facets whose labels people type, as they would a word of the text.
NAMED_FACETS = ("category", "typology", "house", "tag", "department")


class Known(NamedTuple):
    """A term of the scopes: its rows, and the number of documents that have it."""

    ids: tuple[int, ...]
    count: int


class Repair(NamedTuple):
    """A word written nearly as the one that was typed."""

    shown: str
    text: str
    stem: str
    distance: int


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

    def known(self, texts) -> dict[str, Known]:
        """Return those of the terms `texts` that some document has."""
        known = {text: self._known.get(text) for text in texts}
        if missing := [text for text, term in known.items() if term is None]:
            found = self._read(missing)
            if len(self._known) > MOST_REMEMBERED:
                self._known.clear()
            self._known |= found
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
        edits = 1 if len(word) < 2 * SHORTEST_REPAIRED else 2
        languages = {scope.language for scope in self.scopes}
        words = Word.objects.filter(language__in=languages)
        alike = words.annotate(length=Length("text")).filter(
            Q(text__gte=word[0], text__lt=word[0] + LAST) | Q(ending=word[-3:]),
            length__range=(max(SHORTEST_REPAIRED - 1, len(word) - edits), len(word) + edits),
        )
        texts = list(alike.values_list("text", flat=True))
        near = process.extract(
            word, texts, scorer=OSA.distance, score_cutoff=edits, limit=None, processor=None
        )
        distances = {text: distance for text, distance, _place in near}
        rows = words.filter(text__in=distances).values_list("shown", "text", "stem")
        found = [Repair(*row, distances[row[1]]) for row in rows]
        known = self.known({repair.stem for repair in found})
        visible = [repair for repair in found if repair.stem in known]
        visible.sort(
            key=lambda repair: (
                repair.distance + (repair.text[0] != word[0]) / 2,
                -known[repair.stem].count,
                repair.text,
            )
        )
        return visible

    def is_written(self, repair: Repair) -> bool:
        """Whether this very word, not another form of it, is in a document of the scopes."""
        texts = DocumentText.objects.filter(
            document__posting__term__in=self.known({repair.stem})[repair.stem].ids
        )
        return texts.filter(words__contains=f" {repair.text} ").exists()

    def begun(self, beginning: str) -> list[str]:
        """Return the stems of the words that begin so, the shortest first."""
        words = Word.objects.filter(
            language__in={scope.language for scope in self.scopes},
            text__gte=beginning,
            text__lt=beginning + LAST,
        )
        stems = words.annotate(length=Length("text")).order_by("length", "text")
        return list(dict.fromkeys(stems.values_list("stem", flat=True)[:MOST_BEGUN]))

    def named_values(self) -> dict[str, list[tuple[frozenset, int]]]:
        """Return, by stem, the values of facets whose label has it: all the stems of the label, and the id."""
        return state.remembered(state.LABELS, ("named", self.code), self._read_named_values)

    def _read_named_values(self):
        named = {}
        for value in FacetValue.objects.filter(facet__in=NAMED_FACETS):
            label = value.labels.get(self.code) or next(iter(value.labels.values()), "")
            words = plain_words(label, self.code)
            stems = frozenset(stem(w, self.code) for w in words if not is_stop(w, self.code))
            for text in stems:
                named.setdefault(text, []).append((stems, value.pk))
        return named


def facet_values() -> dict[int, FacetValue]:
    """Return all the values of all facets, by id."""
    return state.remembered(state.LABELS, "values", FacetValue.objects.in_bulk)


def facet_values_by_name() -> dict[tuple[str, str], FacetValue]:
    """Return all the values of all facets, by facet and value."""
    return state.remembered(state.LABELS, "by name", _read_by_name)


def _read_by_name():
    return {(value.facet, value.value): value for value in facet_values().values()}
