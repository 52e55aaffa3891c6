"""Write, as JSON, how quick the search is on the site of the settings, and how big.

    measure_search.py QUERIES [COPIES]

With COPIES, each document is first written so many times more, with words of its own, so that the
index is as large as that of a larger network. Wagtail's own search is measured beside it, on the same
articles, with the same six facets.
"""

import json
import sys
import time
from pathlib import Path
from statistics import quantiles

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.core.cache import cache  # noqa: E402  the apps must be loaded first
from django.db import connection, transaction  # noqa: E402
from wagtail.search import index  # noqa: E402
from wagtail.search.backends import get_search_backend  # noqa: E402

from articles.models import ArticlePage  # noqa: E402
from search import projection  # noqa: E402
from search.models import SearchDocument  # noqa: E402
from search.searching import Request, search  # noqa: E402

# A server of Java writes its own code quicker after some thousands of questions.
WARM_UP_ROUNDS = 20
ROUNDS, WAGTAIL_QUERIES, PUBLICATIONS = 5, 12, 30
BATCH = 200
FACETS = ["locale_id", "department", "published_on", "categories", "typologies", "live"]
COPY_IDS = 10_000_000  # above those of any page


def main(queries: list[str], copies: int) -> dict:
    grow(copies)
    cache.clear()
    for query in queries * (WARM_UP_ROUNDS if settings.SEARCH_URL else 1):
        search(Request(text=query))
    ours = percentiles([timed(query) for _ in range(ROUNDS) for query in queries])
    figures = {
        "documents": SearchDocument.objects.present().count(),
        "engine": search(Request(text=queries[0])).engine,
        "database": connection.vendor,
        "search": ours,
        "index_mib": index_mib(),
        "publication_ms": publication_ms(),
    }
    if not copies:
        wagtail = percentiles([timed_wagtail(query) for query in queries[:WAGTAIL_QUERIES]])
        figures |= {"wagtail": wagtail, "times_quicker": wagtail["p50_ms"] / ours["p50_ms"]}
    return figures


def timed(query: str) -> float:
    """Return the milliseconds of a search: hits, extracts, all facets and the suggestion."""
    started = time.perf_counter()
    search(Request(text=query))
    return (time.perf_counter() - started) * 1000


def timed_wagtail(query: str) -> float:
    """Return the milliseconds of the same with Wagtail's own search: ten articles, the total, six facets."""
    started = time.perf_counter()
    articles = ArticlePage.objects.live().public()
    results = get_search_backend().search(query, articles, operator="or")
    list(results[:10])
    results.count()
    for facet in FACETS:
        results.facet(facet)
    return (time.perf_counter() - started) * 1000


def percentiles(milliseconds: list[float]) -> dict:
    cut = quantiles(milliseconds, n=100)
    return {"p50_ms": cut[49], "p95_ms": cut[94], "p99_ms": cut[98], "searches": len(milliseconds)}


def grow(copies: int) -> None:
    """Write each document `copies` times more, under ids that no page has."""
    present = list(
        SearchDocument.objects.present().filter(pk__lt=COPY_IDS).values_list("pk", flat=True)
    )
    have = SearchDocument.objects.filter(pk__gte=COPY_IDS).count() // max(1, len(present))
    for number in range(have + 1, copies + 1):
        for start in range(0, len(present), BATCH):
            originals = projection.documents(present[start : start + BATCH]).values()
            projection.write([copied(document, number) for document in originals])


def copied(document: SearchDocument, number: int) -> SearchDocument:
    document.id += COPY_IDS * number
    document.title = f"{document.title[:230]} {number}"
    # A text of its own has some words of its own.
    document.body += f"\nvariante{number} lieu{document.id % 997} dossier{document.id % 4999}"
    document.url += f"{number}/"
    return document


def publication_ms() -> dict:
    """Return what writing the projection adds to a publication, and the whole of it (ms, medians)."""
    added, whole = [], []
    for article in ArticlePage.objects.live().order_by("-pk")[:PUBLICATIONS]:
        with transaction.atomic():
            article.summary += " Relu."
            started = time.perf_counter()
            article.save_revision().publish()
            whole.append((time.perf_counter() - started) * 1000)
            document = article.search_document()
            document.summary += " Encore."
            started = time.perf_counter()
            projection.write([document])
            added.append((time.perf_counter() - started) * 1000)
            transaction.set_rollback(True)
    return {
        "added_p50": quantiles(added, n=2)[0],
        "added_max": max(added),
        "whole_p50": quantiles(whole, n=2)[0],
    }


def index_mib() -> float:
    """Return the size on disk of the tables of the search, their indexes included (MiB)."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT SUM(pg_total_relation_size(oid)) FROM pg_class "
                "WHERE relkind = 'r' AND relname LIKE 'search\\_%%'"
            )
        else:
            cursor.execute(
                "SELECT SUM(pgsize) FROM dbstat WHERE name IN "
                "(SELECT name FROM sqlite_master WHERE tbl_name LIKE 'search\\_%%' ESCAPE '\\')"
            )
        return float(cursor.fetchone()[0]) / 2**20


def declare_facets() -> None:
    """Wagtail counts only by what is declared to be filtered by."""
    filters = (index.FilterField(name) for name in [*FACETS, "path"] if name != "locale_id")
    ArticlePage.search_fields = [*ArticlePage.search_fields, *filters]


if __name__ == "__main__":
    declare_facets()
    lines = Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()
    copies = int(sys.argv[2]) if len(sys.argv) > 2 else 0
    json.dump(main([json.loads(line)["query"] for line in lines], copies), sys.stdout)
