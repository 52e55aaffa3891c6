"""Elasticsearch 8/9 or OpenSearch 2/3: one request a search, whatever is asked.

The request holds a search for each step of the plan's ladder, so that the engine need not be asked
again where few documents have enough of the words.
"""

import json
from dataclasses import replace
from itertools import islice
from math import ceil

from django.db import connection

from search.dictionary import facet_values
from search.engines import LITTLE, NEWEST, EngineDown, Found, Wanted
from search.engines.client import client
from search.engines.database import PINNED, RECENT, years_ago
from search.engines.indices import alias_of, named
from search.engines.statement import scopes
from search.facets import NAMES
from search.plan import Plan, PlannedWord

SECONDS = 0.6  # that a visitor waits before the database is asked instead
PATH = "/_msearch?filter_path=" + ",".join(
    f"responses.{part}"
    for part in (
        *("status", "error.reason", "timed_out", "_shards.failed", "hits.total.value"),
        *("hits.hits._id", "hits.hits._score", "aggregations"),
    )
)
NEWEST_FIRST = [{"published_on": {"order": "desc", "missing": "_last"}}, {"id": "desc"}]
MOST_VALUES = 10_000  # of one facet
# So that a long query with many beginnings of words is answered in time: alternatives in all, and shares told apart.
MOST_ALTERNATIVES, MOST_SHARES = 240, 8


class RemoteEngine:
    @property
    def name(self) -> str:
        return client().server.kind

    def find(self, wanted: Wanted) -> Found:
        body = "".join(f"{json.dumps(line)}\n" for line in _lines(wanted))
        answer = client().ask("POST", PATH, body.encode(), seconds=SECONDS)
        try:
            return _found(answer["responses"], wanted)
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise EngineDown(f"an unexpected answer: {error!r}") from error


# -- What is asked -----------------------------------------------------------------------------------------------------


def _lines(wanted: Wanted):
    codes = wanted.dictionary.codes
    header = {"index": [alias_of(code) for code in codes]}
    if len(codes) > 1:
        # A word is as rare as it is in all the languages together.
        header["search_type"] = "dfs_query_then_fetch"
    wanted, hidden = replace(wanted, plan=_shortened(wanted.plan)), _hidden(wanted)
    for step in wanted.plan.ladder:
        yield header
        yield _search(wanted, step, hidden)


def _hidden(wanted: Wanted) -> dict:
    """Return what finds the documents that the engine may have as they were, and that are now for other eyes."""
    with connection.cursor() as cursor:
        # As the index of what is pending says it, or it would not be read.
        cursor.execute(
            "SELECT id FROM search_searchdocument WHERE NOT (version = sent_version) AND sent_version > 0 "
            f"AND (scope_id IS NULL OR scope_id NOT IN ({scopes(wanted)}))"
        )
        return {"ids": {"values": [str(pk) for (pk,) in cursor.fetchall()]}}


def _shortened(plan: Plan) -> Plan:
    """Return `plan` with no more alternatives than can be looked for in time: the first ones of each word."""
    most = MOST_ALTERNATIVES // max(1, len(plan.words))
    words = [
        replace(word, alternatives=dict(islice(word.alternatives.items(), most)))
        for word in plan.words
    ]
    return replace(plan, words=words)


def _search(wanted: Wanted, least: int, hidden: dict) -> dict:
    """Return the search for the documents that have at least so many of the words, `hidden` left out."""
    main = _ranked(wanted.plan, least)
    filters = {facet: _of_values(facet, values) for facet, values in wanted.filters.items()}
    audiences = sorted({scope.audience for scope in wanted.dictionary.scopes})
    is_ranked = wanted.plan.words and wanted.sort != NEWEST
    return {
        "query": _all_of(
            [_terms("audience", audiences)],
            must=_with_pinned(main, wanted.pinned),
            must_not=hidden,
        ),
        "post_filter": _all_of(filters.values()),
        "aggs": {"enough": {"filter": main if wanted.pinned else {"match_all": {}}}}
        | {facet: _counts(facet, filters) for facet in NAMES},
        "sort": ["_score", *NEWEST_FIRST] if is_ranked else NEWEST_FIRST,
        "from": wanted.offset,
        "size": wanted.size,
        "track_scores": True,
        "track_total_hits": True,
        "timeout": f"{SECONDS * 1000:.0f}ms",
        "_source": False,
    }


def _all_of(filters, **others) -> dict:
    return {"bool": {"filter": list(filters), **others}}


def _any_of(queries, least: int = 1) -> dict:
    return {"bool": {"should": queries, "minimum_should_match": least}}


def _terms(field: str, values) -> dict:
    return {"terms": {field: list(values)}}


def _of_values(facet: str, ids) -> dict:
    known = facet_values()
    return _terms(facet, [known[pk].value for pk in ids if pk in known])


def _counts(facet: str, filters: dict) -> dict:
    """Return the counts of the values of a facet, which do not take its own selection into account."""
    others = [query for name, query in filters.items() if name != facet]
    values = {"terms": {"field": facet, "size": MOST_VALUES}}
    return {"filter": _all_of(others), "aggs": {"values": values}}


def _with_pinned(main: dict, pinned) -> dict:
    """Return `main`, and above all that it finds the documents pinned, in their order."""
    bets = [
        {"constant_score": {"filter": {"ids": {"values": [str(pk)]}}, "boost": PINNED - place}}
        for place, pk in enumerate(pinned)
    ]
    return {"dis_max": {"queries": [main, *bets]}}


def _ranked(plan: Plan, least: int) -> dict:
    """Return the documents of a plan with their scores: as `search.engines.database` reckons them."""
    conditions = [_has(word) for word in plan.words if word.is_required]
    conditions += [_phrase(words) for words in plan.phrases]
    excluded = [_phrase(words) for words in plan.excluded]
    excluded.append(_terms("impacts", sorted(plan.without)))
    found = _all_of(conditions or [{"match_all": {}}], must_not=excluded)
    if not plan.words:
        return found
    found["bool"] |= _any_of([_worth(word) for word in plan.words], least)["bool"]
    return _times(_times(found, _coordination(plan, least)), _recency())


def _times(query: dict, factors) -> dict:
    """Return `query` with its scores multiplied by the first of the (factor, condition) that is met."""
    functions = [{"weight": factor, "filter": condition} for factor, condition in factors]
    return {"function_score": {"query": query, "functions": functions, "score_mode": "first"}}


def _coordination(plan: Plan, least: int) -> list[tuple[float, dict]]:
    """Mark down the documents that have fewer of the words: by the root of their share.

    The fewest words first, which most documents have: the first condition met ends the looking.
    """
    words, number = [_has(word) for word in plan.words], len(plan.words)
    steps = [least, *reversed(range(number, least, -ceil(number / MOST_SHARES)))]
    roots = [(step / number) ** 0.5 for step in steps]
    fewer = [{"bool": {"must_not": _any_of(words, step)}} for step in steps[1:]]
    return list(zip(roots, [*fewer, {"match_all": {}}], strict=True))


def _recency() -> list[tuple[float, dict]]:
    return [
        (factor, {"range": {"published_on": {"gte": years_ago(years).isoformat()}}})
        for years, factor in RECENT
    ]


def _worth(word: PlannedWord) -> dict:
    """Return what a document is worth for one word: that of its best alternative."""
    queries = [_alternative(terms, weight) for terms, weight in word.alternatives.items()]
    return {"dis_max": {"queries": queries + [_term(name, 1) for name in _names(word)]}}


def _alternative(terms: tuple[str, ...], weight: float) -> dict:
    share = weight / len(terms) ** 0.5
    queries = [_term(term, share) for term in terms]
    return queries[0] if len(terms) == 1 else {"bool": {"must": queries}}


def _term(text: str, boost: float) -> dict:
    return {"term": {"impacts": {"value": text, "boost": boost}}}


def _names(word: PlannedWord) -> list[str]:
    """Return the terms of the values of facets that are named so."""
    known = facet_values()
    return [named(known[pk].facet, known[pk].value) for pk in word.values if pk in known]


def _has(word: PlannedWord) -> dict:
    """Return the condition of having the word, under any of its alternatives."""
    single = [terms[0] for terms in word.alternatives if len(terms) == 1]
    several = [terms for terms in word.alternatives if len(terms) > 1]
    together = [_all_of(_terms("impacts", [term]) for term in terms) for terms in several]
    return _any_of([_terms("impacts", single + _names(word)), *together])


def _phrase(words: tuple[str, ...]) -> dict:
    return {"match_phrase": {"words": " ".join(words)}}


# -- What is answered --------------------------------------------------------------------------------------------------


def _found(responses: list[dict], wanted: Wanted) -> Found:
    for response in responses:
        _check(response)
    steps = list(zip(wanted.plan.ladder, responses, strict=True))
    least, response = next((step for step in steps if _finds_enough(step[1])), steps[-1])
    hits = response["hits"].get("hits", ())  # absent where it is empty
    return Found(
        hits=[(int(hit["_id"]), float(hit["_score"])) for hit in hits],
        total=int(response["hits"]["total"]["value"]),
        counts=_read_counts(response["aggregations"]),
        least=least,
    )


def _check(response: dict) -> None:
    if response["status"] != 200:
        raise EngineDown(f"HTTP {response['status']}: {response.get('error')}")
    if response["timed_out"] or response["_shards"]["failed"]:
        raise EngineDown("a partial answer")


def _finds_enough(response: dict) -> bool:
    return response["aggregations"]["enough"]["doc_count"] >= LITTLE


def _read_counts(aggregations: dict) -> dict[int, int]:
    counts = {
        (facet, bucket["key"]): int(bucket["doc_count"])
        for facet in NAMES
        for bucket in aggregations[facet]["values"]["buckets"]
    }
    return {
        pk: counts[value.facet, value.value]
        for pk, value in facet_values().items()
        if (value.facet, value.value) in counts
    }
