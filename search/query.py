"""What a visitor types: words, "exact phrases", -excluded, beginnings of words*. Any text is a query."""

import re
from typing import NamedTuple

from search.analysis import WORD, parts_of, stem, words_of
from search.text import bare

LONGEST = 200  # characters; the first ones say what is looked for
MOST_WORDS = 16
PIECE = re.compile(r'(?P<minus>(?<!\S)-)?(?:["«“](?P<phrase>[^"«»“”]*)["»”]|(?P<word>[^\s"«»“”]+))')


class QueryWord(NamedTuple):
    """One folded word.

    Parameters
    ----------
    text: the word, a part of it where it is a compound.
    compound: the compound in one piece («co-construire»: coconstruire), else empty.
    is_prefix: whether only the beginning of the word was given.
    """

    text: str
    compound: str = ""
    is_prefix: bool = False


class Query(NamedTuple):
    """A parsed query: what to look for (`words`), exact sequences of words, and sequences to leave out."""

    text: str
    words: tuple[QueryWord, ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()
    excluded: tuple[tuple[str, ...], ...] = ()

    def __bool__(self):
        return bool(self.words or self.phrases or self.excluded)


def parse(text: str, code: str) -> Query:
    """Return the query that `text` says in the language `code`."""
    text = " ".join(text.replace("\0", " ").split())[:LONGEST]
    words, phrases, excluded = [], [], []
    for piece in PIECE.finditer(text):
        if piece["phrase"] is not None or piece["minus"]:
            sequence = tuple(plain_words(piece["phrase"] or piece["word"] or "", code))
            if sequence:
                (excluded if piece["minus"] else phrases).append(sequence)
        else:
            words += _query_words(piece["word"], code)
    return Query(
        text,
        tuple(dict.fromkeys(words))[:MOST_WORDS],
        tuple(dict.fromkeys(phrases))[:MOST_WORDS],
        tuple(dict.fromkeys(excluded))[:MOST_WORDS],
    )


def plain_words(text: str, code: str) -> list[str]:
    """Return the folded words of `text`, compounds taken apart: how exact phrases are compared."""
    return [part for word in words_of(text, code) for part in word.split("-") if part]


def bet_key(text: str, code: str) -> str:
    """Return the form under which two ways of typing the same query are equal."""
    return " ".join(stem(word, code) for word in plain_words(text, code))


def _query_words(piece: str, code: str) -> list[QueryWord]:
    is_prefix = piece.endswith("*") and WORD.search(bare(piece)) is not None
    found = []
    for word in words_of(piece, code):
        *parts, whole = parts_of(word)
        found += [QueryWord(part, whole) for part in parts] or [QueryWord(whole)]
    if is_prefix and found:
        found[-1] = found[-1]._replace(is_prefix=True)
    return found
