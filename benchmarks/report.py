"""The results of a run: figures for programs, a table for people."""

import json
import os
import platform
import re
import subprocess
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

COLUMNS = [
    # Title, key of the page's figures, how it is written.
    ("Page", "name", "{}"),
    ("requests/s", "rate", "{:.0f}"),
    ("p50 ms", "p50_ms", "{:.1f}"),
    ("p95 ms", "p95_ms", "{:.1f}"),
    ("p99 ms", "p99_ms", "{:.1f}"),
    ("processor ms", "processor_ms", "{:.1f}"),
    ("errors", "errors", "{}"),
    ("SQL", "queries", "{}"),
    ("HTML kB", "bytes", "{:.1f}"),
    ("gzip kB", "gzip_bytes", "{:.1f}"),
    ("elements", "elements", "{}"),
    ("files", "sub_requests", "{}"),
    ("first view kB", "first_view_bytes", "{:.0f}"),
]


def machine(root: Path) -> dict:
    """Return what the figures depend on, beside the code: machine, versions, its load before."""
    git = ["git", "-C", str(root)]
    commit = subprocess.run([*git, "rev-parse", "--short", "HEAD"], capture_output=True, text=True)
    changes = subprocess.run([*git, "status", "--short"], capture_output=True, text=True)
    return {
        "name": machine_name(),
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "commit": (commit.stdout.strip() or "unknown") + ("+changes" if changes.stdout else ""),
        "python": platform.python_version(),
        **{name: version(name) for name in ("django", "wagtail", "gunicorn")},
        "processor": processor(),
        "cores": os.cpu_count(),
        "load_before": round(os.getloadavg()[0], 2),
    }


def machine_name() -> str:
    """BENCH_NAME, or the name of the machine, fit for a file's name."""
    name = os.environ.get("BENCH_NAME") or platform.node() or "machine"
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def processor() -> str:
    cpuinfo = Path("/proc/cpuinfo")
    found = re.search(r"model name\s*:\s*(.+)", cpuinfo.read_text()) if cpuinfo.exists() else None
    return found[1] if found else platform.processor() or platform.machine()


def write(results: dict, folder: Path, readable: str, suffix: str = "") -> str:
    """Write the results and their readable form, which is returned, in `folder`: the machine's name, then `suffix`."""
    folder.mkdir(exist_ok=True)
    path = folder / (results["machine"]["name"] + suffix)
    path.with_suffix(".json").write_text(json.dumps(results, indent=2, ensure_ascii=False) + "\n")
    path.with_suffix(".md").write_text(readable)
    return readable


def as_markdown(results: dict) -> str:
    about, imports, mixed = results["machine"], results["import"], results["mixed"]
    ratio = results["article_to_bare"]
    by_processor = ""
    if ratio["by_processor"]:
        by_processor = f"; by processor time, {ratio['by_processor']:.2f}"
    return f"""# Benchmark on {about["name"]}, {about["date"][:10]}

Python {about["python"]}, Django {about["django"]}, Wagtail {about["wagtail"]}, gunicorn \
{about["gunicorn"]}; {about["processor"]}, {about["cores"]} cores, load {about["load_before"]} \
before; commit {about["commit"]}.

## Pages

{results["clients"]} clients, {results["workers"]}, logged out, no page cache, \
{results["articles"]} articles; {results["requests"]} requests a page in {results["rounds"]} rounds.

{table(results["pages"])}

- Article page against the bare one: **{ratio["median"]:.2f}** of its rate \
(median of the rounds; {min(ratio["rounds"]):.2f} to {max(ratio["rounds"]):.2f}){by_processor}.
- The pages of the portal mixed, less the search with words: **{mixed["rate"]:.0f} requests/s**, p50 {mixed["p50_ms"]:.1f} ms, \
p95 {mixed["p95_ms"]:.1f} ms, p99 {mixed["p99_ms"]:.1f} ms, \
{mixed["processor_ms"]:.1f} ms of processor a request, {mixed["errors"]} errors.

## Import

{import_lines(imports)}
"""


def table(pages: list[dict], columns: list[tuple] = COLUMNS) -> str:
    titles = "| " + " | ".join(title for title, _, _ in columns) + " |"
    rule = "|---|" + "---:|" * (len(columns) - 1)
    return "\n".join([titles, rule, *(row(page, columns) for page in pages)])


def row(page: dict, columns: list[tuple]) -> str:
    cells = []
    for _, key, form in columns:
        value = page[key] / 1000 if key.endswith("bytes") else page[key]
        cells.append(form.format(value))
    return "| " + " | ".join(cells) + " |"


def import_lines(imports: dict) -> str:
    first, again = imports["first"], imports["again"]
    changed = ", ".join(imports["changed_tables"]) or "nothing"
    return f"""Measured on {imports["date"][:10]}, {imports["lines"]} articles, with --publish.

- First: {first["seconds"]} s ({imports["lines"] / first["seconds"]:.0f} articles/s), \
{first["processor_seconds"]} s of processor, {first["peak_mib"]} MiB at most.
- Again: {again["seconds"]} s, {again["processor_seconds"]} s of processor, \
{again["peak_mib"]} MiB at most; changed {changed}."""
