"""How texts are compared: without case, accents, ligatures, nor the many forms of spaces and apostrophes."""

import re
import unicodedata

COMBINING = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]+")
LIGATURES = str.maketrans(
    {"œ": "oe", "æ": "ae", "’": "'", "ʼ": "'", "‘": "'", "‐": "-", "‑": "-", "–": "-"}
)


def fold(text: str) -> str:
    """Return `text` in the form under which two spellings of one label are equal.

    >>> fold("  Bénévolat et  Œuvres d’art ")
    "benevolat et oeuvres d'art"
    """
    return " ".join(bare(text).split())


def bare(text: str) -> str:
    """Return `text` without case, accents and ligatures, its spaces as they are."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return COMBINING.sub("", decomposed).translate(LIGATURES)
