"""What a visitor may be about to type: titles, and values to filter by, whose words begin so."""

import re
from typing import NamedTuple

from django.db.models import Case, Q, When
from django.db.models.functions import Length
from django.urls import reverse
from django.utils.http import urlencode

from search import state
from search.dictionary import Dictionary
from search.models import SearchDocument
from search.plan import plan
from search.query import LONGEST, MOST_WORDS, parse
from search.searching import facet_values, label_of, scopes_for
from search.text import bare, fold, readable

MOST, MOST_VALUES = 8, 3
VALUES = ("house", "category", "typology", "tag")
# A word, but not what is elided before another: «l’» in «l’été».
WORD = re.compile(r"[^\W_]+(?!['\w])")
# What a word of a title comes after.
BREAKS = (" ", "'", "-", "(", '"', "/", "“")


class Suggestion(NamedTuple):
    """What to propose.

    Parameters
    ----------
    kind: title, one of `VALUES`, or spelling.
    url: where it leads, within the site.
    """

    label: str
    kind: str
    url: str


def suggestions(text: str, user, code: str) -> list[Suggestion]:
    """Return what begins as `text`, of what `user` may see in the language `code`, at most `MOST`."""
    text = readable(text)[:LONGEST]
    words = WORD.findall(bare(text))[:MOST_WORDS]
    if not words:
        return []
    dictionary = Dictionary(scopes_for(user, (code,)), (code,))
    values = _values(words, dictionary)
    titles = _titles(words, fold(text), dictionary)
    # Some of both where there are many of both.
    kept = values[: max(MOST_VALUES, MOST - len(titles))]
    return titles[: MOST - len(kept)] + kept or _spelling(text, dictionary)


def _titles(words: list[str], typed: str, dictionary: Dictionary) -> list[Suggestion]:
    """Return the titles with these beginnings of words: those that begin so first, then the shortest."""
    documents = SearchDocument.objects.filter(scope__in=dictionary.scopes)
    for word in words:
        begins = Q(folded_title__startswith=word)
        for sign in BREAKS:
            begins |= Q(folded_title__contains=sign + word)
        # Most titles do not have it at all: they are put aside by one comparison.
        documents = documents.filter(Q(folded_title__contains=word), begins)
    best = Case(When(folded_title__startswith=typed, then=0), default=1)
    ids = documents.order_by(best, Length("folded_title"), "pk").values_list("pk", flat=True)[:MOST]
    found = SearchDocument.objects.only("title", "url").in_bulk(list(ids))
    return [Suggestion(found[pk].title, "title", found[pk].url) for pk in ids if pk in found]


def _values(words: list[str], dictionary: Dictionary) -> list[Suggestion]:
    """Return the values of facets so called that documents have, those of most documents first."""
    counts, _total = dictionary.facet_counts()
    labels = state.remembered(state.LABELS, ("folded", dictionary.code), _folded_labels)
    begun = re.compile("".join(rf"(?=.*(?<![^\W_]){word})" for word in words))
    found = [pk for pk, label in labels.items() if counts.get(pk) and begun.match(label)]
    found.sort(key=lambda pk: (not labels[pk].startswith(words[0]), -counts[pk], labels[pk]))
    return [_leading_to(facet_values()[pk]) for pk in found[:MOST] if pk in facet_values()]


def _folded_labels() -> dict[int, str]:
    return {
        pk: fold(label_of(value)) for pk, value in facet_values().items() if value.facet in VALUES
    }


def _leading_to(value) -> Suggestion:
    return Suggestion(label_of(value), value.facet, _address({value.facet: value.value}))


def _spelling(text: str, dictionary: Dictionary) -> list[Suggestion]:
    repaired = plan(parse(text, dictionary.code), dictionary).suggestion
    return [Suggestion(repaired, "spelling", _address({"q": repaired}))] if repaired else []


def _address(parameters: dict[str, str]) -> str:
    return f"{reverse('search:page')}?{urlencode(parameters)}"
