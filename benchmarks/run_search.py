"""Measure the search; README.md says how to read it.

Variables: BENCH_DIR (scratch folder of a run of run.py, needed), BENCH_NAME, BENCH_POSTGRESQL (address of a
database into which the corpus was imported), BENCH_SEARCH_URL (an Elasticsearch or OpenSearch server).
"""

import json
import os
import shutil
import sys
import time
from pathlib import Path
from urllib.parse import quote_plus

import report
from processes import BENCHMARKS, PORTAL, ROOT, environment, free_port, run, server
from run import PORTAL_APPLICATION, RESULTS, Site, figures, load_with, say

JUDGED = ROOT.parent / "shared/relevance/dev.jsonl"
GROWTH = (0, 2, 9)  # copies of each document, beside itself
PAGE_CLIENTS, PAGE_REQUESTS = 10, 300


def main() -> None:
    folder = os.environ.get("BENCH_DIR")
    if not folder or not (Path(folder) / "import.json").exists():
        raise SystemExit("BENCH_DIR must be the folder of a run of benchmarks/run.py.")
    if not JUDGED.is_file():
        raise SystemExit(f"The judged queries are absent: {JUDGED}")
    results = {"machine": report.machine(ROOT), "engines": []}
    scratch = copy_of(Path(folder).resolve() / "portal")
    sqlite = environment(PORTAL, scratch)
    run(["manage.py", "migrate", "-v", "0"], sqlite)
    results["page"] = measure_page(scratch, sqlite)
    for copies in GROWTH:
        results["engines"].append(measure(sqlite, copies))
    if url := os.environ.get("BENCH_POSTGRESQL"):
        results["engines"].append(measure(sqlite | {"DATABASE_URL": url}, 0))
    if url := os.environ.get("BENCH_SEARCH_URL"):
        remote = environment(PORTAL, copy_of(Path(folder).resolve() / "portal"))
        remote |= {"SEARCH_URL": url}
        run(["manage.py", "migrate", "-v", "0"], remote)
        results["reindex"] = measure_reindex(remote)
        results["engines"].append(measure(remote, 0))
    shutil.rmtree(scratch, ignore_errors=True)
    say("\n" + report.write(results, RESULTS, as_markdown(results), "-search"))


def copy_of(site: Path) -> Path:
    """Return a copy of the site, which may be written to."""
    scratch = site.with_name(f"search-{time.time_ns()}")
    shutil.copytree(site, scratch)
    return scratch


def measure(env: dict, copies: int) -> dict:
    say(f"Searching, {copies + 1} times the corpus…")
    return json.loads(run([BENCHMARKS / "measure_search.py", JUDGED, str(copies)], env))


def measure_page(folder: Path, env: dict) -> dict:
    """Load the page of the search with ten clients, each with queries of its own."""
    say("Loading the page of the search…")
    queries = [json.loads(line)["query"] for line in JUDGED.read_text().splitlines()]
    port = free_port()
    paths = [f"/recherche/?q={quote_plus(query)}" for query in queries]
    with server(PORTAL_APPLICATION, env, port, "/", folder / "page.log") as pid:
        site = Site(port, pid)
        load_with(site, PAGE_CLIENTS, len(paths), *paths)
        return figures([load_with(site, PAGE_CLIENTS, PAGE_REQUESTS, *paths)])


def measure_reindex(env: dict) -> dict:
    """Make the index of the external engine anew, and return how long that takes."""
    say("Reindexing…")
    started = time.perf_counter()
    told = run(["manage.py", "reindex"], env)
    return {"seconds": time.perf_counter() - started, "told": told.strip().splitlines()}


def as_markdown(results: dict) -> str:
    about, page = results["machine"], results["page"]
    rows = "\n".join(map(row, results["engines"]))
    lines = [
        f"# Search on {about['name']}, {about['date'][:10]}",
        f"Python {about['python']}, Django {about['django']}, Wagtail {about['wagtail']}; "
        f"{about['processor']}, {about['cores']} cores, load {about['load_before']} before; "
        f"commit {about['commit']}.",
        "One search is hits, extracts, all facets and suggestion, in the process, warm.",
        "| engine | documents | p50 ms | p95 ms | p99 ms | Wagtail's own p50 ms | times quicker | "
        "index MiB | adds to a publication ms |\n|---|---:|---:|---:|---:|---:|---:|---:|---:|\n"
        + rows,
        f"The page, {PAGE_CLIENTS} clients, 2 workers, SQLite: p50 {page['p50_ms']:.0f} "
        f"ms, p95 {page['p95_ms']:.0f} ms, {page['rate']:.0f} requests/s, {page['errors']} errors.",
    ]
    if "reindex" in results:
        told = " ".join(results["reindex"]["told"])
        lines.append(f"Reindex: {results['reindex']['seconds']:.1f} s in all. {told}")
    return "\n\n".join(lines) + "\n"


def row(measured: dict) -> str:
    search, wagtail = measured["search"], measured.get("wagtail")
    name = measured["database"]
    if measured["engine"] != "database":
        name = f"{measured['engine']} (projection on {name})"
    cells = [name, measured["documents"]]
    cells += [f"{search[key]:.1f}" for key in ("p50_ms", "p95_ms", "p99_ms")]
    cells += (
        [f"{wagtail['p50_ms']:.0f}", f"{measured['times_quicker']:.0f}"] if wagtail else ["", ""]
    )
    cells += [f"{measured['index_mib']:.0f}", f"{measured['publication_ms']['added_p50']:.1f}"]
    return "| " + " | ".join(map(str, cells)) + " |"


if __name__ == "__main__":
    sys.exit(main())
