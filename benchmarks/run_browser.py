"""Weigh pages of the demonstration site in a real browser; README.md says how to read it.

Variables: BENCH_NAME (name of the results), BENCH_DIR (scratch folder to keep between runs), CHROME_PATH
(Chromium, else the one of the system), BENCH_LIGHTHOUSE (times that each page is judged, 3).
"""

import os
import re
import tempfile
from pathlib import Path
from urllib.request import urlopen

import report
from browsing import CATEGORIES, LIGHTHOUSE, ask_lighthouse, chromium_path, look_at
from playwright.sync_api import Browser, sync_playwright
from processes import PORTAL, ROOT, environment, free_port, run, server
from run import PORTAL_APPLICATION, RESULTS, say

JUDGED_TIMES = int(os.environ.get("BENCH_LIGHTHOUSE", 3))
ARTICLE = "/maisons/la-lanterne/un-troc-de-competences-entre-associations-de-quartier/"
# The most of each figure of a page; a score of Lighthouse is 100, the grade of the EcoIndex A.
MOST = {
    "elements": 300,
    "requests": 15,
    "transferred_kb": 200,
    "script_kb": 30,
    "style_kb": 40,
    "fonts": 2,
    "blocking": 1,
    "shift": 0,
    "telephone_shift": 0,
    "largest_paint_seconds": 1.5,
}
COLUMNS = [
    # Title, key of the page's figures, how it is written.
    ("Page", "name", "{}"),
    ("elements", "elements", "{}"),
    ("requests", "requests", "{}"),
    ("first view kB", "first_kb", "{:.0f}"),
    ("whole page kB", "transferred_kb", "{:.0f}"),
    ("EcoIndex", "ecoindex", "{:.0f}"),
    ("grade", "grade", "{}"),
    ("pictures kB", "picture_kb", "{:.0f}"),
    ("JavaScript kB", "script_kb", "{:.1f}"),
    ("CSS kB", "style_kb", "{:.1f}"),
    ("fonts", "fonts", "{}"),
    ("blocking", "blocking", "{}"),
    ("CLS", "shift", "{:.3f}"),
    ("telephone: FCP s", "first_paint_seconds", "{:.2f}"),
    ("LCP s", "largest_paint_seconds", "{:.2f}"),
    ("CLS", "telephone_shift", "{:.3f}"),
    ("performance", "performance", "{}"),
    ("accessibility", "accessibility", "{}"),
    ("best practices", "best-practices", "{}"),
    ("SEO", "seo", "{}"),
]


def main() -> None:
    if not LIGHTHOUSE.is_file():
        raise SystemExit("Lighthouse is absent: npm ci --prefix tests/tools --ignore-scripts")
    if folder := os.environ.get("BENCH_DIR"):
        measure(Path(folder).resolve() / "browser")
        return
    with tempfile.TemporaryDirectory(prefix="maillage-bench-") as folder:
        measure(Path(folder))


def measure(folder: Path) -> None:
    """Prepare the demonstration in `folder`, weigh its pages, write the results and print them."""
    about = report.machine(ROOT)
    port = free_port()
    env = environment(PORTAL, folder / "site", port)
    prepare(folder, env)
    base_url = f"http://127.0.0.1:{port}"
    with (
        server(PORTAL_APPLICATION, env, port, "/", folder / "site.log"),
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(
            executable_path=chromium_path(), args=["--no-sandbox", "--disable-gpu"]
        )
        pages = [
            {"name": name, "path": path} | weigh(browser, base_url + path, folder)
            for name, path in paths(base_url).items()
        ]
        about["chromium"] = browser.version
        browser.close()
    results = {"machine": about, "pages": pages}
    say("\n" + report.write(results, RESULTS, as_markdown(results), "-browser"))


def prepare(folder: Path, env: dict) -> None:
    say("Preparing the site…")
    (folder / "site").mkdir(parents=True, exist_ok=True)
    run(["manage.py", "migrate", "-v", "0"], env)
    run(["manage.py", "collectstatic", "--noinput", "-v", "0"], env)
    run(["manage.py", "load_demo"], env)


def paths(base_url: str) -> dict[str, str]:
    """Return the pages by name: those that most visitors open, the fullest of their kind."""
    with urlopen(base_url) as answer:
        category = re.search(r'"(/recherche/\?category=[^"]+)"', answer.read().decode())[1]
    return {
        "home": "/",
        "search": "/recherche/",
        "listing of a category": category,
        "article with pictures": ARTICLE,
        "house": "/maisons/la-lanterne/",
    }


def weigh(browser: Browser, url: str, folder: Path) -> dict:
    """The figures of one page; of the times that Lighthouse judges it, those of the median LCP."""
    say(f"Weighing {url}…")
    seen = look_at(browser, url)
    judged = [ask_lighthouse(url, folder / "lighthouse.json") for _ in range(JUDGED_TIMES)]
    judged.sort(key=lambda each: each["largest_paint_seconds"])
    return seen | judged[len(judged) // 2]


def beyond(page: dict) -> list[str]:
    """Name the figures of a page that are not as good as they are meant to be."""
    told = {name: round(page[name], 3) for name in MOST}  # as browsers' tools tell a shift
    found = [f"{name} {told[name]}, not {most}" for name, most in MOST.items() if told[name] > most]
    found += [f"{name} {page[name]}, not 100" for name in CATEGORIES if page[name] < 100]
    found += [f"EcoIndex {page['grade']}"] * (page["grade"] != "A")
    return found


def as_markdown(results: dict) -> str:
    about, pages = results["machine"], results["pages"]
    missed = [f"- {page['name']}: {', '.join(found)}." for page in pages if (found := beyond(page))]
    return f"""# Pages in a browser on {about["name"]}, {about["date"][:10]}

Chromium {about["chromium"]}, Lighthouse {pages[0]["lighthouse"]} (median of {JUDGED_TIMES}), Python \
{about["python"]}, Django {about["django"]}, Wagtail {about["wagtail"]}; {about["processor"]}, \
{about["cores"]} cores, load {about["load_before"]} before; commit {about["commit"]}.

{report.table(pages, COLUMNS)}

{chr(10).join(missed) or "Every figure is within its limit."}
"""


if __name__ == "__main__":
    main()
