"""The site as a new user has it: the demonstration content on a server of its own, seen in Chromium."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from types import SimpleNamespace
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from django.conf import settings
from playwright.sync_api import sync_playwright

from tests.browser.mails import kept_mails, read_mail

PASSWORD = "demonstration"
CHROMIUM_OPTIONS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]
START_WITHIN = 60  # seconds


def chromium_path() -> str | None:
    return (
        shutil.which("chromium")
        or shutil.which("chromium-browser")
        or shutil.which("google-chrome")
    )


def pytest_collection_modifyitems(items):
    missing = pytest.mark.skip(reason="browser: Chromium is not installed")
    for item in items:
        if "tests/browser" in str(item.path):
            item.add_marker("browser")
            # One server and one browser for all of them.
            item.add_marker(pytest.mark.xdist_group("browser"))
            if chromium_path() is None:
                item.add_marker(missing)


@pytest.fixture(scope="session")
def mail_folder(tmp_path_factory):
    """Where the site under test keeps its mails, in files."""
    return tmp_path_factory.mktemp("mails")


@pytest.fixture(scope="session")
def site_environment(tmp_path_factory, mail_folder):
    """The settings of the site under test, on a free port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "portal.settings.base",
        "DATA_DIR": str(tmp_path_factory.mktemp("site")),
        "DATABASE_URL": f"sqlite:///{tmp_path_factory.mktemp('database') / 'db.sqlite3'}",
        "BASE_URL": f"http://127.0.0.1:{port}",
        "DEMO_PASSWORD": PASSWORD,
        "EMAIL_URL": f"filemail:///{mail_folder}",
    }


@pytest.fixture(scope="session")
def manage(site_environment):
    """Return a function that runs a command of the site under test, and returns what it printed."""

    def manage(*command) -> str:
        arguments = [sys.executable, "manage.py", *command, "--verbosity", "0"]
        done = subprocess.run(
            arguments,
            cwd=settings.BASE_DIR,
            env=site_environment,
            check=True,
            timeout=300,
            stdout=subprocess.PIPE,
            text=True,
        )
        return done.stdout

    return manage


@pytest.fixture(scope="session")
def site_url(site_environment, manage):
    """Address of a server with the demonstration content."""
    for command in (["migrate"], ["collectstatic", "--noinput"], ["load_demo"]):
        manage(*command)
    url = site_environment["BASE_URL"]
    options = [
        "--workers",
        "2",
        "--threads",
        "2",
        "--bind",
        url.removeprefix("http://"),
        "--log-level",
        "error",
    ]
    gunicorn = [sys.executable, "-m", "gunicorn", *options, "portal.wsgi"]
    server = subprocess.Popen(gunicorn, cwd=settings.BASE_DIR, env=site_environment)
    try:
        wait_for(url)
        yield url
    finally:
        server.terminate()
        server.wait(timeout=20)


def wait_for(url: str) -> None:
    deadline = time.monotonic() + START_WITHIN
    while True:
        try:
            urlopen(url, timeout=20).close()
            return
        except URLError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.3)


@pytest.fixture(scope="session")
def screens(site_url, manage):
    """What `tests.browser.screens.tell` tells of the site under test."""
    code = "from tests.browser.screens import tell; tell()"
    told = manage("shell", "--no-imports", "--command", code)
    return SimpleNamespace(**json.loads(told))


@pytest.fixture(scope="session")
def chromium():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=CHROMIUM_OPTIONS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium, site_url):
    """Return a function that opens a page of the site in a browser of its own; it knows what went wrong."""
    contexts = []

    def open_page(path="/", **options):
        options = {"viewport": {"width": 1280, "height": 900}, "locale": "fr-FR", **options}
        context = chromium.new_context(base_url=site_url, **options)
        contexts.append(context)
        page = context.new_page()
        page.complaints, page.requests = [], []
        page.on("console", lambda message: keep_complaint(page, message))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.on("request", lambda request: page.requests.append(request.url))
        page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()


def keep_complaint(page, message):
    if message.type in {"error", "warning"}:
        page.complaints.append(message.text)


@pytest.fixture
def log_in(open_page):
    def log_in(username, path="/admin/"):
        page = open_page(f"/admin/login/?next={path}")
        page.fill("#id_username", username)
        page.fill("#id_password", PASSWORD)
        page.click("button[type=submit]")
        page.wait_for_url(f"**{path}")
        return page

    return log_in


@pytest.fixture
def new_mails(mail_folder):
    """Return a function that gives the mails kept since it was last asked, by the address they went to."""
    seen = []

    def new_mails():
        new = [each for each in kept_mails(mail_folder) if each not in seen]
        seen.extend(new)
        return dict(map(read_mail, new))

    new_mails()
    return new_mails
