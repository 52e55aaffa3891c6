"""What each language needs to be searched: its stemmer, its elisions, the words that say nothing."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import Stemmer

DATA = Path(__file__).resolve().parent / "data"


def stop_words(code: str) -> frozenset[str]:
    """Return the words of the list of a language in `search/data`."""
    lines = (DATA / f"stop_words.{code}.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


@dataclass(frozen=True)
class Language:
    """How the words of one language are read.

    Parameters
    ----------
    code: as in ``LANGUAGES``.
    stemmer: name of the Snowball algorithm, empty where there is none.
    stop_words: folded words that say nothing of what is looked for.
    elisions: folded words that lose their end before an apostrophe (« l’ », « qu’ »).
    plural: endings of a plural, taken off before the stemmer, which spares short words.
    feminines: endings of a feminine, and of the masculine that the stemmer would keep apart from it.
    """

    code: str
    stemmer: str = ""
    stop_words: frozenset = frozenset()
    elisions: frozenset = frozenset()
    plural: str = ""
    feminines: tuple[tuple[str, str], ...] = ()


LANGUAGES = {
    "fr": Language(
        "fr",
        "french",
        stop_words("fr"),
        frozenset({*"cdjlmnst", "jusqu", "lorsqu", "puisqu", "qu", "quelqu", "quoiqu"}),
        plural="s",
        feminines=(("trice", "teur"), ("iere", "ier"), ("llere", "ller")),
    ),
    "en": Language("en", "english", stop_words("en")),
}
# Snowball's algorithms for the other languages that a site may add by its settings.
STEMMERS = {
    "ca": "catalan",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "es": "spanish",
    "eu": "basque",
    "fi": "finnish",
    "hu": "hungarian",
    "it": "italian",
    "lt": "lithuanian",
    "nb": "norwegian",
    "nl": "dutch",
    "pl": "polish",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sv": "swedish",
    "tr": "turkish",
}


@cache
def language(code: str) -> Language:
    """Return how to read the language `code`; one that nobody described is read word by word."""
    base = code.split("-")[0].lower()
    return LANGUAGES.get(base) or Language(base, STEMMERS.get(base, ""))


@cache
def stemmer_of(code: str):
    """Return the function that takes a folded word to its stem, remembered for the words already seen."""
    name = language(code).stemmer
    return Stemmer.Stemmer(name, maxCacheSize=50_000).stemWord if name else str
