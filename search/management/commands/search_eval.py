"""Measure the relevance of the search on judged queries."""

import json
import time
from collections import defaultdict
from math import log2
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from search.searching import Request, search

DEPTH = 10
FIGURES = ("MRR@10", "nDCG@10", "recall@10")


class Command(BaseCommand):
    help = "Print MRR@10, nDCG@10 and recall@10 of judged queries, by style."

    def add_arguments(self, parser):
        parser.add_argument(
            "file", type=Path, help='JSON lines: {"query", "style", "relevant": {id: grade}}'
        )
        parser.add_argument("--language", default="fr")
        parser.add_argument("--each", action="store_true", help="print each query as well")
        parser.add_argument("--write", type=Path, help="write the figures and the order there too")

    def handle(self, *, file, language, each, write, **options):
        figures, order, engine = defaultdict(list), {}, ""
        started = time.perf_counter()
        for judged in self._read(file):
            request = Request(text=judged["query"], languages=(language,), size=DEPTH)
            results = search(request)
            engine = results.engine
            ranked = [hit.document.source_id or str(hit.document.pk) for hit in results.hits]
            order[judged["query"]] = ranked
            measured = measure(ranked, judged["relevant"])
            for style in (judged.get("style", ""), "all"):
                figures[style].append(measured)
            if each:
                self.stdout.write(f"{measured[1]:.2f} {results.total:5} {judged['query']}")
        seconds = time.perf_counter() - started
        self._print(figures, engine, seconds)
        if write is not None:
            keep(write, figures, order, engine)

    def _read(self, path: Path) -> list[dict]:
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
            return [json.loads(line) for line in lines if line.strip()]
        except (OSError, ValueError) as error:
            raise CommandError(f"{path}: {error}") from error

    def _print(self, figures, engine, seconds) -> None:
        self.stdout.write(f"{'':12} {'queries':>8} " + " ".join(f"{name:>10}" for name in FIGURES))
        for style, rows in sorted(figures.items(), key=lambda pair: (pair[0] == "all", pair[0])):
            numbers = " ".join(f"{mean(rows, place):10.3f}" for place in range(len(FIGURES)))
            self.stdout.write(f"{style:12} {len(rows):8} {numbers}")
        number = max(1, len(figures["all"]))
        self.stdout.write(f"engine: {engine}, {1000 * seconds / number:.1f} ms a query")


def measure(ranked: list[str], relevant: dict[str, int]) -> tuple[float, float, float]:
    """Return reciprocal rank, nDCG (gain 2^grade − 1) and recall (over min(10, relevant)) of the first ten."""
    grades = [relevant.get(pk, 0) for pk in ranked[:DEPTH]]
    first = next((place for place, grade in enumerate(grades, start=1) if grade), 0)
    ideal = _gain(sorted(relevant.values(), reverse=True)[:DEPTH])
    found = sum(grade > 0 for grade in grades)
    return (
        1 / first if first else 0.0,
        _gain(grades) / ideal if ideal else 0.0,
        found / min(DEPTH, len(relevant)) if relevant else 0.0,
    )


def _gain(grades: list[int]) -> float:
    return sum((2**grade - 1) / log2(place + 1) for place, grade in enumerate(grades, start=1))


def mean(rows, place: int) -> float:
    return sum(row[place] for row in rows) / len(rows)


def keep(path: Path, figures, order: dict[str, list[str]], engine: str) -> None:
    """Write the figures by style, and the first results of each query, as JSON."""
    by_style = {
        style: {name: round(mean(rows, place), 4) for place, name in enumerate(FIGURES)}
        for style, rows in figures.items()
    }
    written = {"engine": engine, "styles": by_style, "order": order}
    path.write_text(json.dumps(written, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
