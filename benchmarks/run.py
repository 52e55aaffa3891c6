"""Measure the import of the corpus and the pages of the portal; README.md says how to read it.

Variables: BENCH_NAME (name of the results), BENCH_DIR (scratch folder to keep between runs),
BENCH_REQUESTS (requests a page, 300).
"""

import gzip
import json
import os
import sqlite3
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from statistics import median, quantiles
from typing import NamedTuple

import report
from markup import look_at
from processes import (
    BARE,
    BENCHMARKS,
    PORTAL,
    ROOT,
    environment,
    free_port,
    run,
    run_measured,
    server,
    workers_seconds,
)

CORPUS = ROOT.parent / "shared/corpus/articles.jsonl.gz"
RESULTS = BENCHMARKS / "results"
REQUESTS = int(os.environ.get("BENCH_REQUESTS", 300))
WARM_UP = 40  # requests
ROUNDS = 6
CLIENTS = 4
# The mixed load is as long as that of all the pages together, divided by this.
MIXED_SHARE = 2
PORTAL_APPLICATION = "portal.wsgi:application"
BARE_APPLICATION = "django.core.wsgi:get_wsgi_application()"


class Site(NamedTuple):
    """A site being served: its port, and the process whose children answer."""

    port: int
    pid: int


def main() -> None:
    if not CORPUS.is_file():
        raise SystemExit(f"The corpus is absent: {CORPUS}")
    if folder := os.environ.get("BENCH_DIR"):
        measure(Path(folder).resolve())
        return
    with tempfile.TemporaryDirectory(prefix="maillage-bench-") as folder:
        measure(Path(folder))


def measure(folder: Path) -> None:
    """Prepare both sites in `folder`, measure them, write the results and print them."""
    about = report.machine(ROOT)
    portal_port, bare_port = free_port(), free_port()
    portal = environment(PORTAL, folder / "portal", portal_port)
    bare = environment(BARE, folder / "bare", bare_port)
    imports = prepare_portal(folder, portal)
    article = json.loads(run([BENCHMARKS / "pick_article.py"], portal))
    bare_path = prepare_bare(folder, bare, article)
    pages = {
        "home": "/",
        "search, everything": "/recherche/",
        "search, one category": f"/recherche/?category={article['category']}",
        "search, words": "/recherche/?q=statuts+association+loi+1901",
        "article": article["url"],
        "house, the network": "/maisons/reseau/",
        "house, la-lanterne": "/maisons/la-lanterne/",
    }
    say(f"Serving on ports {portal_port} and {bare_port}…")
    with (
        server(PORTAL_APPLICATION, portal, portal_port, "/", folder / "portal.log") as portal_pid,
        server(BARE_APPLICATION, bare, bare_port, bare_path, folder / "bare.log") as bare_pid,
    ):
        results = measure_pages(
            Site(portal_port, portal_pid), pages, Site(bare_port, bare_pid), bare_path
        )
    add_queries(results["pages"], portal, bare)
    results |= {"machine": about, "import": imports, "articles": count_articles(folder)}
    say("\n" + report.write(results, RESULTS, report.as_markdown(results)))
    if imports["changed_tables"]:
        raise SystemExit(f"The second import changed {', '.join(imports['changed_tables'])}.")


def prepare_portal(folder: Path, env: dict) -> dict:
    """Fill the portal with the demonstration and the corpus; return the figures of the import.

    A folder that is filled already is only migrated: its figures are those of its own import.
    """
    kept = folder / "import.json"
    say("Preparing the portal…")
    (folder / "portal").mkdir(parents=True, exist_ok=True)
    run(["manage.py", "migrate", "-v", "0"], env)
    run(["manage.py", "collectstatic", "--noinput", "-v", "0"], env)
    if kept.exists():
        return json.loads(kept.read_text())
    run(["manage.py", "load_demo"], env)
    say("Importing the corpus, twice…")
    imports = measure_imports(folder, env)
    kept.write_text(json.dumps(imports))
    return imports


def measure_imports(folder: Path, env: dict) -> dict:
    """Import the corpus twice; `changed_tables` are those whose size the second time changed."""
    command = ["manage.py", "import_articles", CORPUS, "--publish"]
    database = folder / "portal" / "db.sqlite3"
    first = run_measured(command, env, folder / "import.log")
    before = row_counts(database)
    again = run_measured(command, env, folder / "import-again.log")
    after = row_counts(database)
    with gzip.open(CORPUS) as lines:
        count = sum(1 for _ in lines)
    return {
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "lines": count,
        "first": first,
        "again": again,
        "changed_tables": [table for table in after if after[table] != before.get(table)],
    }


def row_counts(database: Path) -> dict[str, int]:
    """Return the number of rows of each table; an article that is written again adds a revision."""
    connection = sqlite3.connect(database)
    tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    counts = {
        name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]
        for (name,) in tables
    }
    connection.close()
    return counts


def count_articles(folder: Path) -> int:
    return row_counts(folder / "portal" / "db.sqlite3")["articles_articlepage"]


def prepare_bare(folder: Path, env: dict, article: dict) -> str:
    """Make the bare site with the text of `article`, and return the path of its page."""
    say("Preparing the bare site…")
    migrations = folder / "bare" / "bare_migrations"
    migrations.mkdir(parents=True, exist_ok=True)
    (migrations / "__init__.py").touch()
    run(["-m", "django", "makemigrations", "bare", "-v", "0"], env)
    run(["-m", "django", "migrate", "-v", "0"], env)
    return run([BENCHMARKS / "bare" / "fill.py"], env, stdin=json.dumps(article))


def measure_pages(portal: Site, pages: dict, bare: Site, bare_path: str) -> dict:
    """Load each page in turn, the bare one after those of the portal, several times over."""
    targets = {name: (portal, path) for name, path in pages.items()}
    targets["bare Wagtail page"] = (bare, bare_path)
    for site, path in targets.values():
        load(site, WARM_UP, path)
    say(f"Loading {len(targets)} pages, {ROUNDS} rounds…")
    rounds = {name: [] for name in targets}
    for _ in range(ROUNDS):
        for name, (site, path) in targets.items():
            rounds[name].append(load(site, REQUESTS // ROUNDS, path))
    # Searches with words are measured apart, with words of many kinds (run_search.py).
    browsed = [path for path in pages.values() if "?q=" not in path]
    mixed = REQUESTS * len(browsed) // MIXED_SHARE
    return {
        "clients": CLIENTS,
        "workers": "gunicorn, 2 workers",
        "requests": REQUESTS,
        "rounds": ROUNDS,
        "pages": [
            {"name": name, "path": path}
            | figures(rounds[name])
            | look_at(f"http://127.0.0.1:{site.port}", path)
            for name, (site, path) in targets.items()
        ],
        "article_to_bare": compare(rounds["article"], rounds["bare Wagtail page"]),
        "mixed": figures([load(portal, mixed, *browsed)]),
    }


def load(site: Site, requests: int, *paths: str) -> dict:
    """Have the clients make `requests` requests for `paths`.

    To what load.py returns, `processor_ms` is added: the workers' processor time a request (ms).
    """
    return load_with(site, CLIENTS, requests, *paths)


def load_with(site: Site, clients: int, requests: int, *paths: str) -> dict:
    """The same with so many clients."""
    arguments = [BENCHMARKS / "load.py", site.port, clients, requests, *paths]
    before = workers_seconds(site.pid)
    loaded = json.loads(run(list(map(str, arguments)), dict(os.environ)))
    loaded["processor_ms"] = (workers_seconds(site.pid) - before) * 1000 / requests
    return loaded


def rate(load_round: dict) -> float:
    """Requests a second."""
    return len(load_round["ms"]) / load_round["seconds"]


def figures(rounds: list[dict]) -> dict:
    """The median rate of the rounds (requests/s), and the percentiles of all requests (ms)."""
    percentiles = quantiles((ms for each in rounds for ms in each["ms"]), n=100)
    return {
        "rate": median(map(rate, rounds)),
        "p50_ms": percentiles[49],
        "p95_ms": percentiles[94],
        "p99_ms": percentiles[98],
        "processor_ms": median(each["processor_ms"] for each in rounds),
        "errors": sum(each["errors"] for each in rounds),
    }


def compare(ours: list[dict], bare: list[dict]) -> dict:
    """Our rate over the bare page's, round by round, and the same by processor time."""
    ratios = [rate(our) / rate(their) for our, their in zip(ours, bare, strict=True)]
    processor = figures(ours)["processor_ms"]
    return {
        "median": median(ratios),
        "rounds": ratios,
        "by_processor": figures(bare)["processor_ms"] / processor if processor else None,
    }


def add_queries(pages: list[dict], portal: dict, bare: dict) -> None:
    """Add the number of SQL queries to each page; the last one is the bare site's."""
    *ours, bares = pages
    command = str(BENCHMARKS / "count_queries.py")
    found = json.loads(run([command, *(page["path"] for page in ours)], portal))
    found |= json.loads(run([command, bares["path"]], bare))
    for page in pages:
        page["queries"] = found[page["path"]]


def say(message: str) -> None:
    sys.stdout.write(message + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
