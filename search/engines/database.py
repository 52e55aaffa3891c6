"""The engine inside the site's own database: one statement over the postings, the same on SQLite and PostgreSQL.

The statement is a chain of named parts: `q` and `v` (the terms and the values wanted), `found` (where
they are), `scored` (a row a document), `kept` (less what phrases and exclusions take out), `unread`,
`enough` (how many words are asked for), `hits`; then the page of results, the total and the counts are read.
"""

from dataclasses import replace
from datetime import date, timedelta

from django.db import connection
from django.db.models import F
from django.utils import timezone

from search.dictionary import facet_values
from search.engines import LITTLE, NEWEST, Found, Wanted
from search.engines.sequences import add_kept
from search.engines.statement import Statement, double, ids, scopes
from search.impacts import UNIT
from search.models import SearchDocument
from search.plan import NAMED

# (years, factor): what was published within so many years counts a little more.
RECENT = ((1, 1.06), (3, 1.03))
PINNED = 1_000_000  # a score that nothing reaches
GREATEST = {"sqlite": "MAX", "postgresql": "GREATEST"}
ORDERS = {
    NEWEST: "published_on DESC NULLS LAST, document_id DESC",
    "": "score DESC, published_on DESC NULLS LAST, document_id DESC",
}
HIT, TOTAL, COUNT = range(3)


class DatabaseEngine:
    name = "database"

    def find(self, wanted: Wanted) -> Found:
        plan = wanted.plan
        if not (plan.words or plan.phrases or plan.excluded or plan.without):
            if not wanted.filters:
                return _everything(wanted)
            if len(wanted.filters) == 1:
                return _of_one_filter(wanted)
        statement = Statement()
        _add_scored(statement, wanted)
        add_kept(statement, wanted)
        _add_enough(statement, plan.ladder)
        _add_hits(statement, wanted)
        return _answer(statement, wanted)


def _everything(wanted: Wanted) -> Found:
    """Answer who asks for nothing in particular: the newest, read from their index."""
    counts, total = wanted.dictionary.facet_counts()
    documents = SearchDocument.objects.filter(scope__in=wanted.dictionary.scopes)
    newest = documents.order_by(F("published_on").desc(nulls_last=True), "-pk")
    page = newest.values_list("pk", flat=True)[wanted.offset : wanted.offset + wanted.size]
    return Found([(pk, 0.0) for pk in page], total, counts, 0)


def _of_one_filter(wanted: Wanted) -> Found:
    """Answer who asks for one listing: only what is in it is read, and its own facet counts as ever."""
    ((facet, values),) = wanted.filters.items()
    statement = Statement()
    statement.add(
        "scored",
        "SELECT DISTINCT document_id, 0.0 AS score, 0 AS matched FROM search_facetentry "
        f"WHERE scope_id IN ({scopes(wanted)}) AND value_id IN ({ids(values)})",
    )
    add_kept(statement, wanted)
    _add_enough(statement, wanted.plan.ladder)
    listed = replace(wanted, filters={})
    _add_hits(statement, listed)
    found = _answer(statement, listed)
    own = {pk for pk, value in facet_values().items() if value.facet == facet}
    counts = {pk: count for pk, count in found.counts.items() if pk not in own}
    everywhere, _total = wanted.dictionary.facet_counts()
    counts |= {pk: count for pk, count in everywhere.items() if pk in own}
    return replace(found, counts=counts)


def _add_scored(statement: Statement, wanted: Wanted) -> None:
    """Add a row for each document that has some of the words: its score, how many words it has."""
    if not wanted.plan.words:
        everything = f"FROM search_searchdocument WHERE scope_id IN ({scopes(wanted)})"
        statement.add(
            "scored", f"SELECT id AS document_id, 0.0 AS score, 0 AS matched {everything}"
        )
        return
    words = _Words(wanted)
    sources = ["SELECT 0 AS document_id, 0 AS way, 0.0 AS score WHERE 1 = 0"]
    if words.terms:
        statement.add("q(term_id, way, weight)", f"VALUES {', '.join(words.terms)}")
        sources.append(
            "SELECT p.document_id, q.way, q.weight * p.impact "
            "FROM q CROSS JOIN search_posting p WHERE p.term_id = q.term_id"
        )
    if words.values:
        statement.add("v(value_id, way, weight)", f"VALUES {', '.join(words.values)}")
        sources.append(
            "SELECT e.document_id, v.way, v.weight FROM v CROSS JOIN search_facetentry e "
            f"WHERE e.value_id = v.value_id AND e.scope_id IN ({scopes(wanted)})"
        )
    worth = [words.worth(number) for number in range(len(wanted.plan.words))]
    matched = [f"CASE WHEN {value} > 0 THEN 1 ELSE 0 END" for value in worth]
    required = [
        f"{value} > 0"
        for value, word in zip(worth, wanted.plan.words, strict=True)
        if word.is_required
    ]
    statement.add(
        "scored",
        f"SELECT document_id, {' + '.join(worth)} AS score, {' + '.join(matched)} AS matched "
        f"FROM ({' UNION ALL '.join(sources)}) found GROUP BY document_id"
        + (f" HAVING {' AND '.join(required)}" if required else ""),
    )


class _Words:
    """The words of a plan as rows of SQL (`terms`, `values`), and what is read of them in a group of rows.

    The ways to find a word are numbered: that of its single terms and of its values has the number of
    the word, each alternative of several terms one of its own, beyond those.
    """

    def __init__(self, wanted: Wanted):
        self.terms, self.values = [], []
        self._wholes = []  # by word, the number of terms of each way that needs several
        self._last_way = len(wanted.plan.words)
        self._dictionary = wanted.dictionary
        self._known = wanted.dictionary.known(wanted.plan.terms)
        self._counts = wanted.dictionary.facet_counts()[0]
        for number, word in enumerate(wanted.plan.words):
            self._add(number, word)

    def _add(self, number: int, word) -> None:
        sizes = {}
        for terms, weight in word.alternatives.items():
            if all(term in self._known for term in terms):
                way = number
                if len(terms) > 1:
                    way = self._last_way = self._last_way + 1
                    sizes[way] = len(terms)
                self._add_terms(terms, way, weight)
        self._wholes.append(sizes)
        for value in word.values:
            if count := self._counts.get(value):
                weight = NAMED * self._dictionary.idf(count)
                self.values.append(f"({value}, {number}, {double(weight)})")

    def _add_terms(self, terms, way: int, weight: float) -> None:
        share = weight / len(terms) ** 0.5 / UNIT
        for term in terms:
            known = self._known[term]
            weighed = share * self._dictionary.idf(known.count)
            self.terms += [f"({pk}, {way}, {double(weighed)})" for pk in known.ids]

    def worth(self, number: int) -> str:
        """Return the SQL of what a document is worth for one word: that of its best alternative."""
        best = f"COALESCE(MAX(score) FILTER (WHERE way = {number}), 0)"
        for way, size in self._wholes[number].items():
            here = f"FILTER (WHERE way = {way})"
            whole = f"CASE WHEN COUNT(*) {here} = {size} THEN SUM(score) {here} ELSE 0 END"
            best = f"{GREATEST[connection.vendor]}({best}, {whole})"
        return best


def _add_enough(statement: Statement, ladder: list[int]) -> None:
    """Add how many words a document must have: the first step of the ladder that finds a few documents."""
    found = " ".join(
        f"WHEN COUNT(CASE WHEN matched >= {step} THEN 1 END) >= {LITTLE} THEN {step}"
        for step in ladder[:-1]
    )
    least = f"CASE {found} ELSE {ladder[-1]} END" if found else str(ladder[-1])
    statement.add(
        "enough", f"SELECT {least} AS least FROM kept" if found else f"SELECT {least} AS least"
    )


def _add_hits(statement: Statement, wanted: Wanted) -> None:
    """Add the documents found, with a bit in `misses` for each filter that would leave them out."""
    misses = [
        f"CASE WHEN EXISTS (SELECT 1 FROM search_facetentry e WHERE e.document_id = d.id "
        f"AND e.value_id IN ({ids(values)})) THEN 0 ELSE {bit} END"
        for bit, values in zip(_bits(wanted), wanted.filters.values(), strict=True)
    ]
    columns = f"d.published_on, {' + '.join(misses) or '0'} AS misses FROM"
    pinned = ids(wanted.pinned)
    hits = (
        # Rounded, so that what is worth the same is so on every database.
        f"SELECT d.id AS document_id, ROUND(CAST(k.score * {_coordination(wanted.plan)} * {_recency()} "
        "AS NUMERIC), 4) AS score, "
        f"{columns} kept k JOIN enough ON k.matched >= enough.least "
        f"JOIN search_searchdocument d ON d.id = k.document_id"
    )
    if wanted.pinned:
        rank = "".join(
            f" WHEN {int(pk)} THEN {PINNED - place}" for place, pk in enumerate(wanted.pinned)
        )
        hits += (
            f" WHERE d.id NOT IN ({pinned}) UNION ALL SELECT d.id, CASE d.id{rank} END, {columns} "
            f"search_searchdocument d WHERE d.id IN ({pinned}) AND d.scope_id IN ({scopes(wanted)})"
        )
    statement.add("hits", hits)


def _bits(wanted: Wanted) -> list[int]:
    return [1 << place for place in range(len(wanted.filters))]


def _coordination(plan) -> str:
    """Return the SQL that marks down the documents that have fewer of the words: the root of their share."""
    number = len(plan.words)
    shares = "".join(f" WHEN {n} THEN {(n / number) ** 0.5:.4f}" for n in range(1, number))
    return f"CASE k.matched{shares} ELSE 1.0 END" if shares else "1.0"


def _recency() -> str:
    steps = "".join(
        f" WHEN d.published_on >= '{years_ago(years)}' THEN {factor}" for years, factor in RECENT
    )
    return f"CASE{steps} ELSE 1.0 END"


def recency_of(day) -> float:
    """Return what the score of a document published on this `day` (None: nobody knows) is multiplied by."""
    return next((factor for years, factor in RECENT if day and day >= years_ago(years)), 1.0)


def years_ago(years: int) -> date:
    return timezone.localdate() - timedelta(days=365 * years)


def _answer(statement: Statement, wanted: Wanted) -> Found:
    order = ORDERS.get(wanted.sort if wanted.plan.words else NEWEST, ORDERS[""])
    facet_bits = "".join(
        f" WHEN '{facet}' THEN {bit}"
        for facet, bit in zip(wanted.filters, _bits(wanted), strict=True)
    )
    counted = "h.misses = 0"
    if facet_bits:
        counted += (
            " OR h.misses = (SELECT CASE v.facet" + facet_bits + " ELSE 0 END "
            "FROM search_facetvalue v WHERE v.id = e.value_id)"
        )
    rows = statement.run(
        f"SELECT {HIT} AS what, ROW_NUMBER() OVER (ORDER BY {order}) AS place, document_id AS number, score FROM ("
        f"SELECT * FROM hits WHERE misses = 0 ORDER BY {order} "
        f"LIMIT {int(wanted.size)} OFFSET {int(wanted.offset)}) page "
        f"UNION ALL SELECT {TOTAL}, COUNT(*), (SELECT least FROM enough), (SELECT documents FROM unread) "
        "FROM hits WHERE misses = 0 "
        f"UNION ALL SELECT {COUNT}, e.value_id, COUNT(*), 0 FROM hits h "
        f"JOIN search_facetentry e ON e.document_id = h.document_id WHERE {counted} GROUP BY e.value_id"
    )
    hits = sorted((place, number, score) for what, place, number, score in rows if what == HIT)
    total, least, unread = next(row[1:] for row in rows if row[0] == TOTAL)
    counts = {place: number for what, place, number, _score in rows if what == COUNT}
    return Found(
        [(pk, float(score)) for _place, pk, score in hits], total, counts, least, int(unread)
    )
