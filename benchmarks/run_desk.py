"""Measure the lists and reports of the admin; README.md says how to read it.

Variables: BENCH_DIR (scratch folder of a run of run.py, needed), BENCH_NAME.
"""

import json
import os
import shutil
import sys
from pathlib import Path

import report
from processes import BENCHMARKS, PORTAL, ROOT, environment, run
from run import RESULTS, say
from run_search import copy_of

MOST_QUERIES, MOST_MS = 40, 500  # what was promised of each list and report
ROLES = ("admin", "editor", "lead", "contributor")


def main() -> None:
    folder = os.environ.get("BENCH_DIR")
    if not folder or not (Path(folder) / "portal/db.sqlite3").exists():
        raise SystemExit("BENCH_DIR must be the folder of a run of benchmarks/run.py.")
    about = report.machine(ROOT)
    scratch = copy_of(Path(folder).resolve() / "portal")
    env = environment(PORTAL, scratch) | {"EMAIL_URL": "dummymail://"}
    say("Submitting articles and looking at the desk…")
    run(["manage.py", "migrate", "-v", "0"], env)
    run(["manage.py", "collectstatic", "--noinput", "-v", "0"], env)
    results = {"machine": about} | json.loads(run([BENCHMARKS / "measure_desk.py"], env))
    shutil.rmtree(scratch)
    say("\n" + report.write(results, RESULTS, as_markdown(results), "-desk"))


def as_markdown(results: dict) -> str:
    about, screens = results["machine"], results["screens"]
    return f"""# Editors' desk on {about["name"]}, {about["date"][:10]}

Python {about["python"]}, Django {about["django"]}, Wagtail {about["wagtail"]}; {about["processor"]}, \
{about["cores"]} cores, load {about["load_before"]} before; commit {about["commit"]}; {results["database"]}.

{results["reviewers"]} reviewers on {results["in_review"]} articles in review, {results["articles"]} in all. For each role: \
queries, then milliseconds by the processor / by the clock on the wall; nothing where it is not shown. In bold, what is over \
{MOST_QUERIES} queries or {MOST_MS} ms of processor: {over(screens)} of {len(screens)} screens.

| Screen | {" | ".join(ROLES)} |
|---|{"---:|" * len(ROLES)}
{chr(10).join(map(row, screens))}
"""


def over(screens: list[dict]) -> int:
    return sum(any(map(is_over, screen["roles"].values())) for screen in screens)


def is_over(figures: dict) -> bool:
    return figures["queries"] > MOST_QUERIES or figures["processor_ms"] > MOST_MS


def row(screen: dict) -> str:
    cells = [cell(screen["roles"].get(role)) for role in ROLES]
    return f"| {screen['path']} | {' | '.join(cells)} |"


def cell(figures: dict | None) -> str:
    if figures is None:
        return ""
    said = "{queries} · {processor_ms:.0f} / {ms:.0f}".format(**figures)
    return f"**{said}**" if is_over(figures) else said


if __name__ == "__main__":
    sys.exit(main())
