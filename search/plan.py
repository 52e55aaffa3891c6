"""What to look for, once a query is read with the words of the index and those of the editors.

A plan says the same to every engine: for each word of the query, the alternatives any of which is
as good as the word, each with its weight.
"""

import itertools
import re
from dataclasses import dataclass, field
from math import ceil
from typing import NamedTuple

from search.analysis import is_stop, stem
from search.dictionary import Dictionary, Repair
from search.query import Query, QueryWord
from search.synonyms import LONGEST_SEQUENCE, synonyms_of
from search.text import fold

WORD_AS_TYPED = re.compile(r"[^\W_]+")
SYNONYM, REPAIRED, BEGUN, NAMED = 0.7, 0.8, 0.9, 1.3
# A word met in so few documents may be a misspelling of theirs.
RARE = 2
MOST_ALTERNATIVES, MOST_REPAIRS = 12, 3


class Alternative(NamedTuple):
    """Terms that a document must all have, and what they weigh beside the word itself, which weighs 1."""

    terms: tuple[str, ...]
    weight: float


@dataclass
class PlannedWord:
    """A word of the query: what finds it.

    Parameters
    ----------
    typed: as it was, folded.
    alternatives: by the terms, which make it found.
    values: ids of the values of facets that are named so.
    repair: the word taken instead, where the typed one is not met.
    is_required: whether no document is found without it.
    """

    typed: str
    alternatives: dict[tuple[str, ...], float] = field(default_factory=dict)
    values: list[int] = field(default_factory=list)
    repair: Repair | None = None
    is_required: bool = False

    def add(self, terms: tuple[str, ...], weight: float) -> None:
        if len(self.alternatives) < MOST_ALTERNATIVES or weight >= 1:
            self.alternatives[terms] = max(weight, self.alternatives.get(terms, 0))

    @property
    def terms(self) -> set[str]:
        """All the terms that it may be found by."""
        return {term for terms in self.alternatives for term in terms}

    @property
    def main(self) -> str:
        """The term of the word itself."""
        return next(iter(self.alternatives))[0]


@dataclass
class Plan:
    """The words of a query, the sequences that a document must have (`phrases`) and must not (`excluded`).

    A single word is left out in all its forms: `without` are the terms that no document may have.

    `suggestion` is the query without its typing errors, empty where it has none.
    """

    words: list[PlannedWord]
    phrases: tuple[tuple[str, ...], ...] = ()
    excluded: tuple[tuple[str, ...], ...] = ()
    without: frozenset[str] = frozenset()
    suggestion: str = ""

    @property
    def least(self) -> int:
        """How many of its words a document must have: all of two, most of more, those of the phrases."""
        required = sum(word.is_required for word in self.words)
        free = len(self.words) - required
        return required + (free if free <= 2 else free // 2 + 1)

    @property
    def ladder(self) -> list[int]:
        """How many words to ask for, the most first: one goes down it where few documents have so many."""
        required = sum(word.is_required for word in self.words)
        steps = (self.least, ceil(self.least / 2), 1)
        return sorted({max(step, required) for step in steps}, reverse=True) if self.words else [0]

    @property
    def terms(self) -> set[str]:
        return set().union(*(word.terms for word in self.words))


def plan(query: Query, dictionary: Dictionary) -> Plan:
    """Return what to look for so as to answer `query`."""
    if query.text and not query:
        # Signs alone are as a word that nothing has: to find everything by them would be no answer.
        return Plan([PlannedWord(query.text, {(query.text,): 1})])
    words = [_planned(word, dictionary) for word in _meaningful(query, dictionary.code)]
    _join_neighbours(words, dictionary)
    _add_synonyms(words, dictionary)
    known = dictionary.known(set().union(*(word.terms for word in words)))
    _repair(words, known, dictionary)
    _add_names(words, dictionary)
    suggestion = _suggestion(query, words, dictionary)
    words += _required(query, dictionary.codes)
    without, excluded = _left_out(query, dictionary.codes)
    return Plan(words, query.phrases, excluded, without, suggestion)


def _left_out(query: Query, codes) -> tuple[frozenset[str], tuple[tuple[str, ...], ...]]:
    """Return the terms of the single words that are excluded, and the sequences that are."""
    single = [
        words for words in query.excluded if len(words) == 1 and not is_stop(*words, codes[0])
    ]
    terms = frozenset().union(*(stems(*words, codes) for words in single))
    return terms, tuple(words for words in query.excluded if words not in single)


def _meaningful(query: Query, code: str) -> list[QueryWord]:
    """Return the words that say what is looked for; where none does, all of them."""
    kept = [word for word in query.words if word.is_prefix or not is_stop(word.text, code)]
    if not kept and not query.phrases:
        kept = list(query.words)
    by_stem = {}
    for word in kept:
        by_stem.setdefault((stem(word.text, code), word.is_prefix), word)
    return list(by_stem.values())


def _required(query: Query, codes) -> list[PlannedWord]:
    """Return the words of the exact phrases, by which their documents are found before they are read."""
    texts = {word for phrase in query.phrases for word in telling(phrase, codes)}
    return [
        PlannedWord(text, {(term,): 1 for term in sorted(stems(text, codes))}, is_required=True)
        for text in sorted(texts)
    ]


def telling(words, codes) -> list[str]:
    """Return those of these words that are indexed wherever they are written in one of the languages."""
    return [word for word in words if not any(is_stop(word, code) for code in codes)]


def stems(word: str, codes) -> set[str]:
    """Return the terms under which a word is indexed in these languages."""
    return {stem(word, code) for code in codes}


def _planned(word: QueryWord, dictionary: Dictionary) -> PlannedWord:
    planned = PlannedWord(word.text)
    for code in dictionary.codes:
        planned.add((stem(word.text, code),), 1)
        if word.compound:
            planned.add((stem(word.compound, code),), 1)
    if word.is_prefix:
        for text in dictionary.begun(word.text):
            planned.alternatives.setdefault((text,), BEGUN)
    return planned


def _join_neighbours(words: list[PlannedWord], dictionary: Dictionary) -> None:
    """Let «co construction» find «coconstruction»."""
    pairs = list(itertools.pairwise(words))
    joined = [stem(a.typed + b.typed, dictionary.code) for a, b in pairs]
    known = dictionary.known(joined)
    for (a, b), text in zip(pairs, joined, strict=True):
        if text in known:
            a.add((text,), 1)
            b.add((text,), 1)


def _add_synonyms(words: list[PlannedWord], dictionary: Dictionary, only=None) -> None:
    """Add what editors say that a word, or several in a row, also find; those with the word `only`, where given."""
    synonyms = synonyms_of(dictionary.code)
    mains = [word.main for word in words]
    for length in range(1, LONGEST_SEQUENCE + 1):
        for start in range(len(words) - length + 1):
            if only is not None and not start <= only < start + length:
                continue
            for found in synonyms.get(tuple(mains[start : start + length]), ()):
                for word in words[start : start + length]:
                    word.add(found, SYNONYM)


def _repair(words: list[PlannedWord], known, dictionary: Dictionary) -> None:
    """Take, for the words that are not met, those written nearly alike."""
    for place, word in enumerate(words):
        met = [
            known[t[0]].count
            for t, weight in word.alternatives.items()
            if weight >= 1 and t[0] in known
        ]
        if sum(met) > RARE or any(
            t[0] in known for t in word.alternatives if len(word.alternatives) > 1
        ):
            continue
        repairs = dictionary.repairs(word.typed)
        if met:
            # One that is much commoner is what was meant.
            repairs = [repair for repair in repairs if repair.count > 10 * sum(met)]
        if not repairs:
            continue
        nearest = repairs[0]
        by_stem = {repair.stem: repair for repair in reversed(repairs)}
        others = sorted(by_stem.values(), key=repairs.index)[:MOST_REPAIRS]
        kept = {terms: weight for terms, weight in word.alternatives.items() if met}
        word.alternatives = {(nearest.stem,): REPAIRED} | kept
        for repair in others[1:]:
            if repair.distance == nearest.distance:
                word.add((repair.stem,), REPAIRED / 2)
        word.repair = nearest
        _add_synonyms(words, dictionary, only=place)


def _add_names(words: list[PlannedWord], dictionary: Dictionary) -> None:
    """Let the name of a category, of a house or of a tag, where it is whole in the query, find what carries it."""
    named = dictionary.named_values()
    mains = {word.main for word in words}
    for word in words:
        for label, value in named.get(word.main, ()):
            if label <= mains:
                word.values.append(value)


def _suggestion(query: Query, words: list[PlannedWord], dictionary: Dictionary) -> str:
    """Return the query with its mistyped words repaired, empty where there is nothing to repair."""
    repaired = query.text
    for word in words:
        if word.repair and dictionary.is_written(word.repair):
            repaired = _replaced(repaired, word.typed, word.repair.shown)
    return "" if repaired == query.text else repaired


def _replaced(text: str, folded: str, shown: str) -> str:
    """Return `text` with the words that fold to `folded` written as `shown`."""
    return WORD_AS_TYPED.sub(lambda m: shown if fold(m[0]) == folded else m[0], text)
