"""Why a document is found by a query, where, and why it is not: for editors."""

from dataclasses import dataclass, replace
from typing import NamedTuple

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from search import plan as plans
from search.audience import EVERYBODY
from search.closeness import FIRST
from search.dictionary import facet_values
from search.engines import Wanted
from search.engines.database import DatabaseEngine, recency_of
from search.impacts import UNIT
from search.models import DocumentText, FacetEntry, Posting, SearchDocument
from search.plan import PlannedWord
from search.searching import Request, hits_of, wanted_by

DEEPEST = 10_000  # ranks looked at


class Match(NamedTuple):
    """An alternative of a word: how it comes there, how common it is, what it is worth in the document (0: absent)."""

    text: str
    origin: str
    count: int
    worth: float


class ExplainedWord(NamedTuple):
    typed: str
    matches: list[Match]

    @property
    def worth(self) -> float:
        """What the document is worth for this word: its best alternative."""
        return max((match.worth for match in self.matches), default=0)


@dataclass
class Explanation:
    """What an editor is told of one document and one query.

    Parameters
    ----------
    document: None where visitors can find nothing of the page.
    reasons: why it is not found, in words; empty where it is.
    rank: from 1 on, 0 where it is not found; total: of the documents found.
    least: how many of the words were asked for.
    coordination, recency, closeness: what the sum of the words is multiplied by.
    """

    document: SearchDocument | None
    words: list[ExplainedWord]
    reasons: list[str]
    rank: int = 0
    total: int = 0
    least: int = 0
    pinned: bool = False
    coordination: float = 1.0
    recency: float = 1.0
    closeness: float = 1.0

    @property
    def matched(self) -> int:
        return sum(word.worth > 0 for word in self.words)

    @property
    def score(self) -> float:
        factors = self.coordination * self.recency * self.closeness
        return sum(word.worth for word in self.words) * factors


def explain(request: Request, pk: int) -> Explanation:
    """Return why, for anybody who asks `request`, the document `pk` is found or not."""
    wanted = wanted_by(replace(request, page=1, size=DEEPEST), AnonymousUser())
    document = SearchDocument.objects.present().filter(pk=pk).first()
    found = DatabaseEngine().find(wanted)
    first = hits_of(replace(found, hits=found.hits[:FIRST]), wanted)
    order = [hit.document.pk for hit in first] + [pk for pk, _score in found.hits[FIRST:]]
    ranks = {number: rank for rank, number in enumerate(order, start=1)}
    words = [_explained(word, pk, wanted) for word in wanted.plan.words]
    explanation = Explanation(
        document, words, [], ranks.get(pk, 0), found.total, found.least, pk in wanted.pinned
    )
    if document:
        explanation.recency = recency_of(document.published_on)
        explanation.closeness = next((h.closeness for h in first if h.document == document), 1.0)
        if words and explanation.matched:
            explanation.coordination = (explanation.matched / len(words)) ** 0.5
    if not explanation.rank:
        explanation.reasons = list(_reasons(explanation, wanted, request))
    return explanation


def _explained(word: PlannedWord, pk: int, wanted: Wanted) -> ExplainedWord:
    dictionary = wanted.dictionary
    known = dictionary.known(word.terms)
    rows = Posting.objects.filter(document=pk, term__text__in=word.terms)
    impacts = dict(rows.values_list("term__text", "impact"))
    matches = []
    for alternative, weight in word.alternatives.items():
        worth = 0.0
        if all(term in impacts and term in known for term in alternative):
            worths = [
                impacts[term] / UNIT * dictionary.idf(known[term].count) for term in alternative
            ]
            worth = weight * sum(worths) / len(alternative) ** 0.5
        count = min((known[term].count if term in known else 0) for term in alternative)
        matches.append(Match(" + ".join(alternative), _origin(weight), count, worth))
    matches += _named(word, pk, wanted)
    return ExplainedWord(word.typed, matches)


def _named(word: PlannedWord, pk: int, wanted: Wanted) -> list[Match]:
    """Return what the word finds as the name of a category, a house or a tag."""
    values, counts = facet_values(), wanted.dictionary.facet_counts()[0]
    mine = set(FacetEntry.objects.filter(document=pk).values_list("value", flat=True))
    return [
        Match(
            values[value].label,
            _("name"),
            counts[value],
            plans.NAMED * wanted.dictionary.idf(counts[value]) if value in mine else 0,
        )
        for value in word.values
        if value in counts
    ]


def _origin(weight: float) -> str:
    """Return in a word why an alternative is looked for: its weight says it."""
    origins = {
        1: _("the word"),
        plans.SYNONYM: _("synonym"),
        plans.REPAIRED: _("spelling"),
        plans.REPAIRED / 2: _("spelling"),
        plans.BEGUN: _("beginning"),
    }
    return origins.get(weight, "")


def _reasons(explanation: Explanation, wanted: Wanted, request: Request):
    document = explanation.document
    if document is None:
        yield _("Visitors cannot see it: it is not online, or kept behind a password.")
        return
    if document.audience != EVERYBODY:
        yield _("Only some people may see it, once they have logged in.")
    if document.language not in request.languages:
        yield _("It is written in another language than the search.")
    if explanation.matched < explanation.least:
        yield ngettext(
            "It has %(matched)d of the words; at least %(least)d is needed.",
            "It has %(matched)d of the words; at least %(least)d are needed.",
            explanation.least,
        ) % {"matched": explanation.matched, "least": explanation.least}
    yield from _sequences_out_of_place(document, wanted)
    for facet, values in request.filters.items():
        if not set(values) & set(document.facets.get(facet, ())):
            yield _("A filter leaves it out: %(values)s.") % {"values": ", ".join(values)}


def _sequences_out_of_place(document: SearchDocument, wanted: Wanted):
    words = (
        DocumentText.objects.filter(pk=document.pk).values_list("words", flat=True).first() or ""
    )
    for phrase in wanted.plan.phrases:
        if f" {' '.join(phrase)} " not in words:
            yield _("The exact phrase “%(phrase)s” is not in it.") % {"phrase": " ".join(phrase)}
    left_out = [" ".join(phrase) for phrase in wanted.plan.excluded]
    left_out = [phrase for phrase in left_out if f" {phrase} " in words]
    rows = Posting.objects.filter(document=document, term__text__in=wanted.plan.without)
    for phrase in [*left_out, *rows.values_list("term__text", flat=True)]:
        yield _("“%(phrase)s”, which the search excludes, is in it.") % {"phrase": phrase}
