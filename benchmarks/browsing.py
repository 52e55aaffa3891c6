"""What a page makes a real browser do: Chromium opens it on a computer, Lighthouse on a slow telephone."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import ecoindex
from playwright.sync_api import Browser, CDPSession, Page

LIGHTHOUSE = Path(__file__).parent.parent / "tests/tools/node_modules/lighthouse/cli/index.js"
# That of the EcoIndex's own tools, which go to the bottom of the page as well.
VIEWPORT = {"width": 1920, "height": 1080}
SCROLL_TO_THE_BOTTOM = """async () => {
    for (let top = 0; top < document.body.scrollHeight; top += innerHeight / 2) {
        scrollTo({top, behavior: "instant"});
        await new Promise((done) => setTimeout(done, 60));
    }
}"""
WATCH_SHIFTS = """
    window.shifted = 0;
    new PerformanceObserver((list) => list.getEntries().forEach((each) => { window.shifted += each.value; }))
        .observe({type: "layout-shift", buffered: true});
"""
COUNT_BLOCKING = """() => performance.getEntriesByType("resource")
    .filter((each) => each.renderBlockingStatus === "blocking").length"""
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
LIGHTHOUSE_TIMEOUT = 180  # seconds
LIGHTHOUSE_TRIES = 3  # on a busy machine, Chromium may lose the thread of a visit


def chromium_path() -> str:
    path = (
        os.environ.get("CHROME_PATH") or shutil.which("chromium") or shutil.which("google-chrome")
    )
    if not path:
        raise SystemExit("Chromium is absent; CHROME_PATH may name it.")
    return path


class Transfers:
    """The files that a page asks for, with the bytes that carried each, headers included."""

    def __init__(self, session: CDPSession):
        self._kinds, self.files = {}, []
        session.on("Network.responseReceived", self._received)
        session.on("Network.loadingFinished", self._finished)
        session.send("Network.enable")

    def _received(self, event):
        if not event["response"]["url"].startswith("data:"):
            self._kinds[event["requestId"]] = event["type"], event["response"]["url"]

    def _finished(self, event):
        if event["requestId"] in self._kinds:
            kind, url = self._kinds[event["requestId"]]
            self.files.append({"kind": kind, "url": url, "bytes": event["encodedDataLength"]})

    def carried(self, *kinds: str) -> float:
        """Kilobytes (of 1,000 bytes) of the files of these kinds, of all where none is named."""
        return (
            sum(file["bytes"] for file in self.files if file["kind"] in kinds or not kinds) / 1000
        )

    def count(self, kind: str) -> int:
        return sum(file["kind"] == kind for file in self.files)


def look_at(browser: Browser, url: str) -> dict:
    """Open `url` with nothing kept of an earlier visit, go to the bottom, return counts and kilobytes.

    `first` is what came before anything was scrolled; the rest is of the whole page, with every picture.
    """
    context = browser.new_context(viewport=VIEWPORT, locale="fr-FR")
    page = context.new_page()
    transfers = Transfers(context.new_cdp_session(page))
    page.add_init_script(WATCH_SHIFTS)
    page.goto(url, wait_until="networkidle")
    first = {"requests": len(transfers.files), "transferred_kb": transfers.carried()}
    page.evaluate(SCROLL_TO_THE_BOTTOM)
    page.wait_for_load_state("networkidle")
    seen = weigh(page, transfers) | {"first": first}
    context.close()
    return seen


def weigh(page: Page, transfers: Transfers) -> dict:
    elements = page.evaluate("document.querySelectorAll('*').length")
    requests, kilobytes = len(transfers.files), transfers.carried()
    points = ecoindex.score(elements, requests, kilobytes)
    return {
        "elements": elements,
        "requests": requests,
        "transferred_kb": kilobytes,
        "ecoindex": points,
        "grade": ecoindex.grade(points),
        "script_kb": transfers.carried("Script"),
        "style_kb": transfers.carried("Stylesheet"),
        "picture_kb": transfers.carried("Image"),
        "fonts": transfers.count("Font"),
        "blocking": page.evaluate(COUNT_BLOCKING),
        "shift": page.evaluate("window.shifted"),
        "files": transfers.files,
    }


def ask_lighthouse(url: str, report: Path) -> dict:
    """Return the scores (out of 100), the times (s) and the shift of its simulated slow telephone.

    `report` is where it writes all that it found; `failed` names the audits of the scores that are not perfect.
    """
    command = ["node", LIGHTHOUSE, url, "--quiet", "--output=json", f"--output-path={report}"]
    command += [
        f"--only-categories={','.join(CATEGORIES)}",
        "--chrome-flags=--headless=new --no-sandbox",
    ]
    # Its makers are told nothing.
    command += ["--no-enable-error-reporting"]
    env = os.environ | {"CHROME_PATH": chromium_path()}
    for _ in range(LIGHTHOUSE_TRIES):
        if subprocess.run(command, env=env, timeout=LIGHTHOUSE_TIMEOUT).returncode == 0:
            return read_report(json.loads(report.read_text()))
    raise SystemExit(f"Lighthouse could not judge {url}.")


def read_report(told: dict) -> dict:
    audits, categories = told["audits"], told["categories"]
    counted = {
        ref["id"] for each in categories.values() for ref in each["auditRefs"] if ref["weight"]
    }
    return {
        "lighthouse": told["lighthouseVersion"],
        **{name: round(categories[name]["score"] * 100) for name in CATEGORIES},
        "first_paint_seconds": audits["first-contentful-paint"]["numericValue"] / 1000,
        "largest_paint_seconds": audits["largest-contentful-paint"]["numericValue"] / 1000,
        "telephone_shift": audits["cumulative-layout-shift"]["numericValue"],
        "failed": sorted(name for name in counted if (audits[name]["score"] or 0) < 1),
    }
