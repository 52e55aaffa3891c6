"""From a text to the terms it is found by: the same for documents and for queries, on every engine."""

import re
from functools import lru_cache

from search.languages import language, stemmer_of
from search.text import bare

# A number whose thousands are set apart (153 000), or letters and digits, with what joins them.
WORD = re.compile(r"\d{1,3}(?:[\s.]\d{3})+(?!\d)|[^\W_]+(?:['\-][^\W_]+)*")
THOUSANDS = re.compile(r"[\s.]")
LONGEST_WORD = 40  # characters; what is longer is no word


def words_of(text: str, code: str) -> list[str]:
    """Return the folded words of `text` in their order, elisions taken off, compounds in one piece.

    >>> words_of("L’été, co-construire à 153 000 €", "fr")
    ['ete', 'co-construire', 'a', '153000']
    """
    elisions = language(code).elisions
    found = []
    for match in WORD.finditer(bare(text)):
        word = match[0]
        if "'" in word:
            found += [part for part in word.split("'") if part not in elisions]
        elif word[0].isdigit():
            found.append(THOUSANDS.sub("", word))
        else:
            found.append(word)
    return [word[:LONGEST_WORD].strip("-") for word in found if word.strip("-")]


def parts_of(word: str) -> list[str]:
    """Return the parts of a compound and its form in one piece: «co-construire», «coconstruire»."""
    if "-" not in word:
        return [word]
    return [*filter(None, word.split("-")), word.replace("-", "")]


@lru_cache(maxsize=100_000)
def stem(word: str, code: str) -> str:
    """Return the term under which the forms of a folded word are kept together.

    >>> [stem(word, "fr") for word in ("directrices", "directeur")]
    ['directeur', 'directeur']
    """
    plural = language(code).plural
    if plural and len(word) > 3 and word.endswith(plural) and not word.endswith(2 * plural):
        word = word[:-1]
    for feminine, masculine in language(code).feminines:
        if word.endswith(feminine) and len(word) > len(feminine) + 1:
            word = word.removesuffix(feminine) + masculine
    return stemmer_of(code)(word)


def is_stop(word: str, code: str) -> bool:
    return word in language(code).stop_words
