"""How texts are compared: without case, accents, ligatures, nor the many forms of spaces and apostrophes."""

import re
import unicodedata

COMBINING = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]+")
# What no text is made of, nor XML can hold: controls, halves of characters, what is no character.
NO_TEXT = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
# All but those that do not break, which French sets beside its signs.
SPACES = re.compile(r"[^\S\u00a0\u202f]+")
LIGATURES = {"œ": "oe", "æ": "ae", "’": "'", "ʼ": "'", "‘": "'", "‐": "-", "‑": "-", "–": "-"}


def fold(text: str) -> str:
    """Return `text` in the form under which two spellings of one label are equal.

    >>> fold("  Bénévolat et  Œuvres d’art ")
    "benevolat et oeuvres d'art"
    """
    return " ".join(bare(text).split())


def bare(text: str) -> str:
    """Return `text` without case, accents and ligatures, its spaces as they are."""
    text = text.casefold()
    if text.isascii():
        return text
    text = COMBINING.sub("", unicodedata.normalize("NFKD", text))
    # One after the other: `translate` looks at each character, and takes three times longer.
    for written, plain in LIGATURES.items():
        text = text.replace(written, plain)
    return text


def readable(text: str) -> str:
    """Return `text` on one line, without what no text is made of."""
    return SPACES.sub(" ", NO_TEXT.sub(" ", text)).strip()
