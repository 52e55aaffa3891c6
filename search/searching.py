"""A search, from what the visitor asks to what is shown: the same for the page, the API and the feeds."""

from dataclasses import dataclass, field, replace
from math import ceil

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import F
from django.utils.text import capfirst
from django.utils.translation import get_language, get_language_info

from search import audience, state
from search.closeness import FIRST, closeness, matters, with_the_first
from search.dictionary import Dictionary, facet_values, facet_values_by_name
from search.engines import RELEVANCE, Found, Wanted
from search.engines.choice import answer
from search.engines.database import DatabaseEngine
from search.facets import FACETS, KINDS
from search.highlight import Reading
from search.models import BestBet, FacetValue, Scope, SearchDocument
from search.plan import Plan, plan
from search.query import bet_key, parse


@dataclass(frozen=True)
class Request:
    """What a visitor asks for.

    Parameters
    ----------
    text: the query as typed; empty for everything.
    languages: codes of those to look in, the first one being that of the query.
    filters: by facet, the values of which a document must have one.
    page: from 1 on; size: results a page.
    """

    text: str = ""
    languages: tuple[str, ...] = (settings.LANGUAGE_CODE,)
    filters: dict[str, tuple[str, ...]] = field(default_factory=dict)
    sort: str = RELEVANCE
    page: int = 1
    size: int = 10


@dataclass(frozen=True)
class Hit:
    """A document found: its `title` and `excerpt` are safe HTML, where what was looked for is marked.

    Parameters
    ----------
    closeness: what the score of the engine was multiplied by.
    """

    document: SearchDocument
    score: float
    closeness: float
    title: str
    excerpt: str
    values: dict[str, list[FacetValue]]

    @property
    def house(self) -> FacetValue | None:
        """The house responsible."""
        return self._first("house")

    @property
    def nature(self) -> str:
        """What kind of text it is, of document where texts have no kind."""
        value = self._first("typology") or self._first("kind")
        return label_of(value) if value else ""

    @property
    def origin(self) -> list[str]:
        """The house, unless the document is about it, and the department."""
        values = filter(None, [self.house, self._first("department")])
        labels = (label_of(value) for value in values)
        return [label for label in labels if label != self.document.title]

    def _first(self, facet: str) -> FacetValue | None:
        return next(iter(self.values.get(facet, [])), None)


@dataclass(frozen=True)
class Choice:
    """A value by which the results can be filtered; `count` of them have it."""

    value: str
    label: str
    count: int
    selected: bool


@dataclass(frozen=True)
class FacetChoices:
    name: str
    label: str
    choices: list[Choice]


@dataclass(frozen=True)
class Results:
    """What is found.

    Parameters
    ----------
    relaxed: whether documents with fewer of the words were let in, as few have them.
    partial: whether some documents were not looked in, as the words of a sequence say too little.
    suggestion: the query without its typing errors, empty where there is none.
    engine: name of the one that answered; degraded: it stands in for another that is down.
    """

    request: Request
    plan: Plan
    hits: list[Hit]
    total: int
    facets: list[FacetChoices]
    relaxed: bool
    partial: bool
    suggestion: str
    engine: str
    degraded: bool = False

    @property
    def pages(self) -> int:
        return max(1, ceil(self.total / self.request.size))


def scopes_for(user, languages=None) -> list[Scope]:
    """Return the scopes that `user` may look in, of these languages or of all."""
    scopes = state.remembered(state.DOCUMENTS, "scopes", lambda: list(Scope.objects.order_by("pk")))
    mine = set(audience.those_of(user, {scope.audience for scope in scopes}))
    return [
        scope
        for scope in scopes
        if scope.audience in mine and (languages is None or scope.language in languages)
    ]


@state.one_moment()
def search(request: Request, user=None) -> Results:
    """Return what `user`, by default anybody, may find of what is asked."""
    user = user or AnonymousUser()
    wanted = wanted_by(request, user)
    asked = with_the_first(wanted)
    found, engine, degraded = answer(asked)
    skipped = wanted.offset - asked.offset
    return Results(
        request=request,
        plan=wanted.plan,
        hits=hits_of(found, asked)[skipped : skipped + wanted.size],
        total=found.total,
        facets=_facets(found, wanted, request, _elsewhere(request, user)),
        relaxed=bool(wanted.plan.words) and found.least < wanted.plan.least,
        partial=found.unread > 0,
        suggestion=wanted.plan.suggestion,
        engine=engine,
        degraded=degraded,
    )


def wanted_by(request: Request, user) -> Wanted:
    """Return what the engines are asked for, once the query is read."""
    code = request.languages[0]
    dictionary = Dictionary(scopes_for(user, request.languages), request.languages)
    query = parse(request.text, code)
    return Wanted(
        plan=plan(query, dictionary),
        dictionary=dictionary,
        filters=_ids_of(request.filters),
        # What is put first for some words is not for who leaves them out.
        pinned=() if query.excluded else _best_bets(request.text, code),
        sort=request.sort,
        offset=(request.page - 1) * request.size,
        size=request.size,
    )


def _elsewhere(request: Request, user) -> dict[str, int]:
    """Return how many documents would be found in each language that is not looked in.

    The database is asked, whichever engine finds the rest: it is exact, and one question at a time.
    """
    languages = {scope.language for scope in scopes_for(user)} - set(request.languages)
    return {
        language: DatabaseEngine()
        .find(wanted_by(replace(request, languages=(language,), page=1, size=0), user))
        .total
        for language in sorted(languages)
    }


def seen_values(user=None, languages=None) -> dict[int, int]:
    """Return, by id, the values of facets of the documents that `user` may see, with their number."""
    scopes = scopes_for(user or AnonymousUser(), languages)
    return Dictionary(scopes, languages or ()).facet_counts()[0]


def _ids_of(filters: dict[str, tuple[str, ...]]) -> dict[str, tuple[int, ...]]:
    """Return the ids of the values asked for; a value that does not exist finds nothing."""
    known = facet_values_by_name()
    return {
        facet: tuple(known[facet, value].pk if (facet, value) in known else 0 for value in values)
        for facet, values in filters.items()
        if values
    }


def _best_bets(text: str, code: str) -> tuple[int, ...]:
    bets = state.remembered(state.WORDS, ("bets", code), lambda: _read_bets(code))
    return bets.get(bet_key(text, code), ())


def _read_bets(code: str) -> dict[str, tuple[int, ...]]:
    bets = {}
    rows = BestBet.objects.filter(language=code).order_by("position", "pk")
    for key, document in rows.values_list("key", "document"):
        bets[key] = (*bets.get(key, ()), document)
    return bets


def hits_of(found: Found, wanted: Wanted) -> list[Hit]:
    """Return what is shown of each document found that may be seen, the closest of the first ones first."""
    # An external engine may be a moment late: what may be seen is asked of the projection.
    visible = SearchDocument.objects.present().filter(scope__in=wanted.dictionary.scopes)
    documents = visible.annotate(body=F("documenttext__body")).in_bulk(
        pk for pk, _score in found.hits
    )
    values = facet_values_by_name()
    hits = [
        _hit(documents[pk], score, place, wanted, values)
        for place, (pk, score) in enumerate(found.hits, start=wanted.offset)
        if pk in documents
    ]
    return sorted(hits, key=lambda hit: hit.score, reverse=True) if matters(wanted) else hits


def _hit(document: SearchDocument, score: float, place: int, wanted: Wanted, values) -> Hit:
    reading = Reading(
        document.title, document.summary, document.body or "", wanted.plan, wanted.dictionary.code
    )
    is_placed = matters(wanted) and place < FIRST and document.pk not in wanted.pinned
    near = closeness(reading, wanted) if is_placed else 1.0
    return Hit(
        document=document,
        score=score * near,
        closeness=near,
        title=reading.title,
        excerpt=reading.excerpt,
        values={
            facet: [values[facet, name] for name in names if (facet, name) in values]
            for facet, names in document.facets.items()
        },
    )


def _facets(found: Found, wanted: Wanted, request: Request, elsewhere) -> list[FacetChoices]:
    """Return, for each facet, the values that the documents of these scopes have, with their counts."""
    everywhere, _total = wanted.dictionary.facet_counts()
    values = facet_values()
    labels = _labels(values)
    by_facet = {facet.name: [] for facet in FACETS}
    for pk, value in values.items():
        selected = value.value in request.filters.get(value.facet, ())
        count = found.counts.get(pk, 0)
        if value.facet == "language":
            selected = value.value in request.languages
            count = elsewhere.get(value.value, count)
            shown = selected or value.value in elsewhere
        else:
            shown = selected or everywhere.get(pk)
        if shown and value.facet in by_facet:
            choice = Choice(value.value, labels.get(pk) or label_of(value), count, selected)
            by_facet[value.facet].append((value, choice))
    return [
        FacetChoices(facet.name, facet.label, _in_order(facet, by_facet[facet.name]))
        for facet in FACETS
    ]


def _in_order(facet, choices) -> list[Choice]:
    if facet.name == "year":
        ordered = sorted(choices, key=lambda pair: pair[1].value, reverse=True)
    else:
        ordered = sorted(
            choices, key=lambda pair: (pair[0].position, -pair[1].count, pair[1].label)
        )
    return [choice for _value, choice in ordered]


def _labels(values: dict[int, FacetValue]) -> dict[int, str]:
    """Return what the values are called in the active language: to look at each takes long where there are many tags."""
    return state.remembered(
        state.LABELS,
        ("labels", get_language()),
        lambda: {pk: label_of(value) for pk, value in values.items()},
    )


def label_of(value: FacetValue) -> str:
    """Return what a value is called in the active language."""
    if value.facet == "kind":
        return capfirst(str(KINDS.get(value.value, value.value)))
    if value.facet == "language":
        return get_language_info(value.value)["name_local"].capitalize()
    return value.label
