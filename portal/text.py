"""How texts are compared: without case, accents, ligatures, nor the many forms of spaces and apostrophes."""

import unicodedata

from django.utils.text import slugify

LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "’": "'", "ʼ": "'", "‐": "-", "‑": "-", "–": "-"})


def fold(text: str) -> str:
    """Return `text` in the form under which two spellings of one label are equal.

    >>> fold("  Bénévolat et  Œuvres d’art ")
    "benevolat et oeuvres d'art"
    """
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(char for char in decomposed if not unicodedata.combining(char))
    return " ".join(bare.translate(LIGATURES).split())


def title_slug(title: str) -> str:
    """Return the words of a title as they stand in an address: «d-une», where Django writes «dune»."""
    return slugify(title.replace("’", " ").replace("'", " "))[:200].strip("-")


def first_free(base: str, is_taken) -> str:
    """Return `base`, or the first of ``base-2``, ``base-3``… for which `is_taken` is false."""
    candidate, number = base, 1
    while is_taken(candidate):
        number += 1
        candidate = f"{base}-{number}"
    return candidate
