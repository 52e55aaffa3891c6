"""What makes a text hard to read for those whom an easy version is for.

After «L’information pour tous: règles européennes pour une information facile à lire et à comprendre»
(Inclusion Europe and Unapei, 2009).
"""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from editorial.writing.passages import Passage, Reading, block_id, field_id
from editorial.writing.rules import SENTENCE_END, WORD, Finding, Severity, found_at

MOST_WORDS = 15  # of a sentence
MOST_LINES = 5  # of a piece of text
ABBREVIATION = re.compile(
    r"\b(?:etc|ex|cf|env|min|max|nb|tél|rdv|asso|assos|assoc|hab)\.|\b(?:RDV|CV|[A-ZÀ-Þ]{3,})\b|\b[A-Z]\.[A-Z]\."
)
HARD_FIGURE = re.compile(r"\d+(?:[,.]\d+)? ?[%‰]|\b\d+[ \u00a0\u202f.]\d{3}\b|\b\d{5,}\b")
HARD_SIGN = re.compile(r"[;&()\[\]/<>§]|\.\.\.|…")


def long_sentences(reading: Reading) -> Iterator[Finding]:
    message = _("This sentence has %(count)s words: %(most)s at most, with one idea.")
    for passage, sentence in _sentences(reading):
        count = len(WORD.findall(sentence))
        if count > MOST_WORDS:
            yield found_at(message % {"count": count, "most": MOST_WORDS}, passage, sentence)


def abbreviations(reading: Reading) -> Iterator[Finding]:
    for passage in reading.passages:
        for match in ABBREVIATION.finditer(passage.text):
            message = _("Write “%(short)s” in full: not everybody knows abbreviations.")
            yield found_at(message % {"short": match[0]}, passage)


def hard_figures(reading: Reading) -> Iterator[Finding]:
    for passage in reading.passages:
        if match := HARD_FIGURE.search(passage.text):
            message = _("“%(figure)s” is hard to picture: say “many”, “half”, “few”.")
            yield found_at(message % {"figure": match[0]}, passage)


def hard_signs(reading: Reading) -> Iterator[Finding]:
    for passage in reading.passages:
        if match := HARD_SIGN.search(passage.text):
            message = _("The sign “%(sign)s” is hard to read: make another sentence.")
            yield found_at(message % {"sign": match[0]}, passage)


def long_pieces(reading: Reading) -> Iterator[Finding]:
    for block in reading.article.body:
        if block.block_type == "text" and len(block.value.splitlines()) > MOST_LINES:
            message = _("This piece has more than %(most)s lines: split it, with a heading.")
            passage = Passage(block_id(block), block.value)
            yield found_at(message % {"most": MOST_LINES}, passage)


def no_picture(reading: Reading) -> Iterator[Finding]:
    if not reading.article.pictures():
        yield Finding(_("A picture or two would help to understand."), field_id("picture"))


def pictures_undescribed(reading: Reading) -> Iterator[Finding]:
    if reading.article.picture and not reading.article.picture_alt.strip():
        message = _("Say what the main picture shows, in simple words.")
        yield Finding(message, field_id("picture_alt"), severity=Severity.MUST)


def _sentences(reading: Reading) -> Iterator[tuple[Passage, str]]:
    for passage in reading.passages:
        for line in passage.text.splitlines():
            for sentence in SENTENCE_END.split(line):
                yield passage, sentence


EASY_RULES = [
    pictures_undescribed,
    long_sentences,
    abbreviations,
    hard_figures,
    hard_signs,
    long_pieces,
    no_picture,
]
