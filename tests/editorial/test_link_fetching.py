"""What a link answers, tried on a server of this machine, which only these tests allow."""

import socket
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote

import pytest

from editorial import link_fetching
from editorial.link_fetching import Answer, Pace, fetch, is_public
from editorial.models import Problem


class Site(BaseHTTPRequestHandler):
    """Answers by its path: a status, a redirect, silence; remembers what it was asked."""

    asked = []

    def do_HEAD(self):
        type(self).asked.append((self.command, self.path, dict(self.headers)))
        kind, _slash, rest = self.path.lstrip("/").partition("/")
        if kind == "to":
            self.send_response(302)
            self.send_header("Location", unquote(rest).replace("~", ":"))
        elif kind == "slow":
            self.send_response(200)
            self.flush_headers()
            for _time in range(30):  # a header now and then, for ever
                time.sleep(0.1)
                try:
                    self.wfile.write(b"X: y\r\n")
                except OSError:
                    return
            return
        elif kind == "no-head":
            self.send_response(200 if self.command == "GET" else 501)
        else:
            self.send_response(int(kind))
        self.end_headers()

    def do_GET(self):
        self.do_HEAD()
        # More than anybody should read.
        try:
            self.wfile.write(b"x" * 1000)
        except OSError:
            return

    def log_message(self, *args):
        """Say nothing."""


@pytest.fixture
def site():
    Site.asked = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def is_this_machine(address):
    return address == "127.0.0.1"


def tried(url):
    return fetch(url, Pace(0), is_allowed=is_this_machine)


@pytest.mark.parametrize(
    ("path", "answer"),
    [
        ("/200", Answer(200, Problem.NONE)),
        ("/404", Answer(404, Problem.ANSWER)),
        ("/410", Answer(410, Problem.ANSWER)),
        ("/500", Answer(500, Problem.ANSWER)),
        ("/403", Answer(403, Problem.NONE)),
        ("/429", Answer(429, Problem.NONE)),
        ("/no-head", Answer(200, Problem.NONE)),
        ("/to//200", Answer(200, Problem.NONE)),
        ("/to//404", Answer(404, Problem.ANSWER)),
        ("/to//to//to//to//to//200", Answer(200, Problem.NONE)),
    ],
)
def test_what_a_site_answers(site, path, answer):
    assert tried(site + path) == answer


def test_redirects_without_end_are_a_problem(site):
    assert tried(site + "/to//to//to//to//to//to//200").problem == Problem.LOOP
    assert len(Site.asked) == link_fetching.REDIRECTS + 1


def test_a_redirect_to_what_is_no_address_is_told(site):
    assert tried(site + "/to/http~//[").problem == Problem.ADDRESS


def test_the_site_says_who_asks_and_for_what(site, settings):
    tried(site + "/200/a b?é=1#part")
    [(method, path, headers)] = Site.asked
    assert method == "HEAD" and path == "/200/a%20b?%C3%A9=1"
    assert settings.WAGTAILADMIN_BASE_URL in headers["User-Agent"]


def test_a_server_that_never_ends_its_answer_is_left(site, monkeypatch):
    monkeypatch.setattr(link_fetching, "SECONDS", 0.4)
    assert tried(site + "/slow").problem == Problem.SILENT


def test_a_closed_door_is_a_silence():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    assert tried(f"http://127.0.0.1:{port}/").problem == Problem.SILENT


def test_a_server_without_a_certificate_is_told(site):
    answer = tried(site.replace("http:", "https:"))
    assert answer.problem == Problem.CERTIFICATE


def test_a_host_that_does_not_exist_is_told(monkeypatch):
    def lost(*args, **kwargs):
        raise socket.gaierror

    monkeypatch.setattr(socket, "getaddrinfo", lost)
    assert tried("https://nulle-part.example/").problem == Problem.NO_HOST


@pytest.mark.parametrize(
    "url", ["ftp://a.example/", "https:///a", "http://a:b/", "http://[::", "javascript:alert(1)"]
)
def test_what_is_no_address_is_told(url):
    assert tried(url).problem == Problem.ADDRESS


# Nothing of the network that the site runs in is asked


def test_no_private_server_is_asked(site):
    assert fetch(site + "/200", Pace(0)).problem == Problem.PRIVATE
    assert Site.asked == []


def test_a_redirect_to_a_private_server_is_not_followed(site):
    answer = tried(site + "/to/http://127.0.0.2:1/200")
    assert answer.problem == Problem.PRIVATE


def test_a_name_that_leads_to_a_private_server_is_not_asked(monkeypatch):
    found = [(2, 1, 6, "", ("93.184.215.14", 80)), (2, 1, 6, "", ("10.0.0.1", 80))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: found)
    assert fetch("http://piege.example/", Pace(0)).problem == Problem.PRIVATE


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1"),
        *("0.0.0.0", "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1%eth0", "fd00::1"),
        *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "2002:7f00:1::", "64:ff9b::7f00:1"),
    ],
)
def test_addresses_that_are_not_public(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c"])
def test_addresses_that_are_public(address):
    assert is_public(address)


def test_a_host_is_left_in_peace_between_two_requests(monkeypatch):
    now, slept = [100.0], []

    def sleep(seconds):
        slept.append(seconds)
        now[0] += seconds

    monkeypatch.setattr(link_fetching.time, "monotonic", lambda: now[0])
    monkeypatch.setattr(link_fetching.time, "sleep", sleep)
    pace = Pace(1)
    for host in ("a", "b", "a"):
        pace.wait(host)
    assert slept == [1]
