"""The passage of a document that best shows why it was found, as safe HTML."""

import re
from functools import lru_cache

from django.utils.html import escape
from django.utils.safestring import mark_safe

from search.analysis import stem
from search.languages import language
from search.plan import Plan
from search.text import bare

LENGTH = 240  # characters of an excerpt
# A stem and its words have at least their first letters in common.
HEAD = 4
WORD_END = re.compile(rb"[a-z0-9]+")
# The small unaccented letter of each letter of Western Europe, a space for all that is none. Texts are
# looked through as bytes: a place in them is the same place in the text, and it is ten times quicker.
PLAIN = bytes(
    letter.encode()[0] if (letter := bare(chr(code))[:1]).isalnum() and letter.isascii() else 32
    for code in range(256)
)
BREAKS = re.compile(r"(?<=[.!?…])\s+|\n+")


class Reading:
    """A document read for the words of a plan.

    Parameters
    ----------
    code: of the language of the words.
    """

    def __init__(self, title: str, summary: str, body: str, plan: Plan, code: str):
        self._title, self._beginning = title, summary or body
        self._text = f"{summary}\n{body}" if summary else body
        self._in_title = _places(title, plan, code)
        self._in_text = _places(self._text, plan, code)

    @property
    def title(self) -> str:
        """The whole title, with the words between ``<mark>``."""
        return _marked(self._title, 0, len(self._title), self._in_title)

    @property
    def excerpt(self) -> str:
        """The passage with most of the words, these between ``<mark>``; without any, how the text begins."""
        if not self._in_text:
            return _marked(self._beginning, 0, _cut(self._beginning, LENGTH), [])
        start = _beginning(self._text, self._in_text[_fullest(self._in_text, LENGTH - 40)[1]][0])
        return _marked(self._text, start, start + _cut(self._text[start:], LENGTH), self._in_text)

    def side_by_side(self, length: int) -> int:
        """Return how many different words are somewhere within `length` characters."""
        return max(_fullest(places, length)[0] for places in (self._in_title, self._in_text))


def _places(text: str, plan: Plan, code: str) -> list[tuple[int, int, int]]:
    """Return (start, end, word of the query) of each word of `text` that is looked for, in their order."""
    met = _terms_met(text, plan.terms, code)
    present = {term for _start, _end, term in met}
    # The words of an expression are marked where it is whole.
    numbers = {
        term: number
        for number, word in reversed(list(enumerate(plan.words)))
        for terms in word.alternatives
        if present.issuperset(terms)
        for term in terms
    }
    return sorted((start, end, numbers[term]) for start, end, term in met if term in numbers)


def _terms_met(text: str, terms: set[str], code: str) -> set[tuple[int, int, str]]:
    """Return (start, end, term) of each word of `text` whose term is one of these."""
    letters = text.replace("œ", "o").replace("Œ", "o").encode("latin-1", "replace").translate(PLAIN)
    met = set()
    for head in _heads(terms, code):
        for start in _word_starts(head.encode("latin-1", "replace"), letters):
            end = WORD_END.match(letters, start).end()
            term = _term_of(text[start:end], code)
            if term in terms:
                met.add((start, end, term))
    return met


def _heads(terms: set[str], code: str) -> set[str]:
    """Return how the words of these terms begin: «acte» and, for «actrice», «actr»."""
    forms = {*terms, *(term.replace("oe", "o") for term in terms)}
    for feminine, masculine in language(code).feminines:
        forms |= {t.removesuffix(masculine) + feminine for t in terms if t.endswith(masculine)}
    return {form[:HEAD] for form in forms}


def _word_starts(head: bytes, letters: bytes):
    """Yield each place where a word of `letters` begins with `head`."""
    start = letters.find(head)
    while start >= 0:
        if not letters[start - 1 : start].isalnum():
            yield start
        start = letters.find(head, start + 1)


@lru_cache(maxsize=100_000)
def _term_of(word: str, code: str) -> str:
    return stem(bare(word), code)


def _fullest(places, length: int) -> tuple[int, int]:
    """Return how many different words the best stretch of `length` characters has, and its first place.

    Of several as good, the first.
    """
    best, first = (0, 0), 0
    for last, (_start, end, _word) in enumerate(places):
        while end - places[first][0] > length and first < last:
            first += 1
        words = {word for _s, _e, word in places[first : last + 1]}
        if len(words) > best[0]:
            best = (len(words), first)
    return best


def _beginning(text: str, place: int) -> int:
    """Return where to begin so as to read the word at `place` in its sentence, if that is near."""
    ahead = text[max(0, place - 90) : place]
    breaks = list(BREAKS.finditer(ahead))
    if breaks:
        return place - len(ahead) + breaks[-1].end()
    if len(ahead) == place:
        return 0
    space = ahead.find(" ", 40)
    return place - len(ahead) + space + 1 if space >= 0 else place


def _cut(text: str, length: int) -> int:
    """Return where to end `text` so that it has about `length` characters and whole words."""
    if len(text) <= length:
        return len(text)
    return text.rfind(" ", 0, length) if " " in text[:length] else length


def _runs(text: str, places) -> list[tuple[int, int]]:
    """Return (start, end) of each word of `places`, of words side by side as of one."""
    runs = []
    for begin, stop, _word in places:
        if runs and text[runs[-1][1] : begin] == " ":
            begin = runs.pop()[0]
        runs.append((begin, stop))
    return runs


def _marked(text: str, start: int, end: int, places) -> str:
    pieces, last = ["… " if start else ""], start
    for begin, stop in _runs(
        text, [place for place in places if start <= place[0] <= place[1] <= end]
    ):
        pieces += [escape(text[last:begin]), "<mark>", escape(text[begin:stop]), "</mark>"]
        last = stop
    pieces += [escape(text[last:end]), " …" if end < len(text.rstrip()) else ""]
    return mark_safe("".join(pieces).replace("\n", " ").strip())
