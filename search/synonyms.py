"""What editors know of the words of their visitors: a word, or several, that also find others."""

from collections import defaultdict

from search import state
from search.analysis import is_stop, stem
from search.models import Synonyms
from search.query import plain_words

LONGEST_SEQUENCE = 4  # words of the longest expression looked for in a query

Sequence = tuple[str, ...]


def synonyms_of(code: str) -> dict[Sequence, list[Sequence]]:
    """Return what each sequence of stems also finds in the language `code`."""
    return state.remembered(state.WORDS, ("synonyms", code), lambda: _read(code))


def _read(code: str) -> dict[Sequence, list[Sequence]]:
    finds = defaultdict(dict)
    for words, targets in Synonyms.objects.filter(language=code).values_list("words", "finds"):
        sources = _sequences(words, code)
        for source in sources:
            for target in _sequences(targets, code) if targets else sources:
                if target != source:
                    finds[source][target] = True
    return {source: list(targets) for source, targets in finds.items()}


def _sequences(text: str, code: str) -> list[Sequence]:
    sequences = []
    for expression in text.split(","):
        words = plain_words(expression, code)
        kept = [word for word in words if not is_stop(word, code)] or words
        sequences.append(tuple(stem(word, code) for word in kept))
    return [sequence for sequence in sequences if sequence]
