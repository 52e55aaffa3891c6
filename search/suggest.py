"""What a visitor may be about to type: titles, and values to filter by, whose words begin so."""

import re
from heapq import nsmallest
from typing import NamedTuple

from django.urls import reverse
from django.utils.http import urlencode

from search import state
from search.dictionary import Dictionary, facet_values
from search.models import Scope, SearchDocument
from search.plan import plan
from search.query import LONGEST, MOST_WORDS, parse
from search.searching import label_of, scopes_for
from search.text import bare, fold, readable

MOST, MOST_VALUES = 8, 3
VALUES = ("house", "category", "typology", "tag")
# A word, but not what is elided before another: «l’» in «l’été».
WORD = re.compile(r"[^\W_]+(?!['\w])")
NO_WORD = re.compile(r"[^\w\n]|_")


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
    found = [title for scope in dictionary.scopes for title in _titles_of(scope)]
    start = f" {NO_WORD.sub(' ', typed)}"
    for word in words:
        found = [title for title in found if f" {word}" in title[0]]
    best = nsmallest(MOST, ((not title.startswith(start), len(title), pk) for title, pk in found))
    ids = [pk for _begins, _length, pk in best]
    documents = SearchDocument.objects.filter(scope__in=dictionary.scopes).only("title", "url")
    shown = documents.in_bulk(ids)
    return [Suggestion(shown[pk].title, "title", shown[pk].url) for pk in ids if pk in shown]


def _titles_of(scope: Scope) -> list[tuple[str, int]]:
    """Return the folded titles of a scope, a space before each word, with the ids of their documents.

    Kept in memory: looking for the middle of a text reads every title, ten times as long in the database.
    """
    return state.remembered(state.DOCUMENTS, ("titles", scope.pk), lambda: _read_titles(scope))


def _read_titles(scope: Scope) -> list[tuple[str, int]]:
    rows = list(scope.searchdocument_set.values_list("folded_title", "pk"))
    if not rows:
        return []
    # All at once, which is quicker than one by one.
    titles = NO_WORD.sub(" ", "\n".join(title for title, _pk in rows)).split("\n")
    return [(f" {title}", pk) for title, (_title, pk) in zip(titles, rows, strict=True)]


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
