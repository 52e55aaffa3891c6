"""What an address answers, asked without harm: to public servers alone, headers alone, for a limited time."""

import socket
import ssl
import time
from collections.abc import Callable
from contextlib import suppress
from ipaddress import ip_address, ip_network
from threading import Event, Timer
from typing import NamedTuple
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from django.conf import settings
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError

from editorial.models import Problem

SECONDS = 10  # for a request, its answer included
REDIRECTS = 5
PAUSE = 1.0  # seconds between two requests to one host
PORTS = {"http": 80, "https": 443}
# What sites answer to programs, and not to people: nothing can be concluded from it.
NOT_FOR_PROGRAMS = {401, 403, 405, 406, 429, 999}
NAT64 = ip_network("64:ff9b::/96")  # any address of IPv4, written in IPv6
SAFE = "/%:@!$&'()*+,;=~-._?"


class Answer(NamedTuple):
    status: int | None
    problem: Problem


class Pace:
    """Leaves a while between two requests to the same host."""

    def __init__(self, seconds: float = PAUSE):
        self.seconds = seconds
        self.asked_at = {}

    def wait(self, host: str) -> None:
        since = time.monotonic() - self.asked_at.get(host, -self.seconds)
        if since < self.seconds:
            time.sleep(self.seconds - since)
        self.asked_at[host] = time.monotonic()


class Refused(Exception):
    """The request was not made, or got no answer, because of this `problem`."""

    def __init__(self, problem: Problem):
        super().__init__(problem)
        self.problem = problem


def is_public(address: str) -> bool:
    """Whether this address of a server is one that anybody reaches, not one of the network the site runs in."""
    ip = ip_address(address.partition("%")[0])
    inner = getattr(ip, "ipv4_mapped", None) or getattr(ip, "sixtofour", None) or ip
    return inner.is_global and not inner.is_multicast and inner not in NAT64


def fetch(url: str, pace: Pace, *, is_allowed: Callable[[str], bool] = is_public) -> Answer:
    """Return what `url` answers, its redirects followed.

    Parameters
    ----------
    is_allowed: whether a server may be asked, from its IP address.
    """
    for _hop in range(REDIRECTS + 1):
        try:
            status, location = _ask_headers(url, pace, is_allowed)
            if not (300 <= status < 400 and location):
                is_failure = status >= 400 and status not in NOT_FOR_PROGRAMS
                return Answer(status, Problem.ANSWER if is_failure else Problem.NONE)
            url = urljoin(url, location)
        except Refused as refusal:
            return Answer(None, refusal.problem)
        except ValueError:  # where the redirect leads is no address
            return Answer(status, Problem.ADDRESS)
    return Answer(status, Problem.LOOP)


def _ask_headers(url, pace, is_allowed) -> tuple[int, str | None]:
    """Return the status and the redirect of `url`: servers that do not know HEAD are asked as browsers do."""
    parts = _parts_of(url)
    address = _address_of(parts, is_allowed)
    pace.wait(parts.hostname)
    with suppress(Refused):
        status, location = _request("HEAD", parts, address)
        if status < 400:
            return status, location
    pace.wait(parts.hostname)
    return _request("GET", parts, address)


def _parts_of(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        if parts.scheme not in PORTS or not parts.hostname:
            raise ValueError(url)
        parts.hostname.encode("idna")
        parts.port  # noqa: B018  raises where it is not a number
    except ValueError as error:
        raise Refused(Problem.ADDRESS) from error
    return parts


def _address_of(parts: SplitResult, is_allowed) -> str:
    """Return the address to connect to, the very one that is allowed: the name may mean another a moment later."""
    try:
        found = socket.getaddrinfo(_host(parts), _port(parts), type=socket.SOCK_STREAM)
    except OSError as error:
        raise Refused(Problem.NO_HOST) from error
    addresses = [info[4][0] for info in found]
    if not all(map(is_allowed, addresses)):
        raise Refused(Problem.PRIVATE)
    return addresses[0]


def _host(parts: SplitResult) -> str:
    return parts.hostname.encode("idna").decode()


def _port(parts: SplitResult) -> int:
    return parts.port or PORTS[parts.scheme]


def _request(method: str, parts: SplitResult, address: str) -> tuple[int, str | None]:
    """Return the status and the redirect of one request; the body is never read."""
    connection = _connection(parts, address)
    # Each wait is limited by the connection, all of them together by this.
    is_over = Event()
    timer = Timer(SECONDS, _cut, [connection, is_over])
    timer.start()
    try:
        connection.request(method, _target(parts), headers=_headers(parts))
        response = connection.getresponse()
        if is_over.is_set():  # headers that were cut look like headers that end
            raise Refused(Problem.SILENT)
        return response.status, response.headers.get("Location")
    except ssl.SSLError as error:
        raise Refused(Problem.CERTIFICATE) from error
    except (HTTPError, OSError, ValueError) as error:
        is_refused = isinstance(error.__cause__ or error.__context__, ssl.SSLError)
        raise Refused(Problem.CERTIFICATE if is_refused else Problem.SILENT) from error
    finally:
        timer.cancel()
        connection.close()


def _connection(parts: SplitResult, address: str) -> HTTPConnection:
    if parts.scheme == "http":
        return HTTPConnection(address, _port(parts), timeout=SECONDS)
    return HTTPSConnection(
        address,
        _port(parts),
        timeout=SECONDS,
        ssl_context=ssl.create_default_context(),
        server_hostname=_host(parts),
        assert_hostname=_host(parts),
    )


def _cut(connection, is_over: Event) -> None:
    is_over.set()
    with suppress(OSError, AttributeError):
        connection.sock.shutdown(socket.SHUT_RDWR)


def _target(parts: SplitResult) -> str:
    target = quote(parts.path or "/", safe=SAFE)
    return f"{target}?{quote(parts.query, safe=SAFE)}" if parts.query else target


def _headers(parts: SplitResult) -> dict[str, str]:
    name = settings.WAGTAIL_SITE_NAME.encode("ascii", "ignore").decode()
    return {
        "Host": f"{_host(parts)}:{parts.port}" if parts.port else _host(parts),
        "User-Agent": f"{name} (link check; +{settings.WAGTAILADMIN_BASE_URL})",
        "Accept": "*/*",
    }
