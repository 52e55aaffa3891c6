"""Questions to Elasticsearch or OpenSearch, each answered within a given time or not at all."""

import gzip
import json
import os
import re
import time
from functools import lru_cache
from socket import SHUT_RDWR
from threading import Timer
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from django.conf import settings
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, Timeout, make_headers
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError, ProtocolError

from search.engines import EngineDown

KINDS = ("elasticsearch", "opensearch")
PORT = 9200
PREFIX = "maillage"
PREFIX_FORM = re.compile(r"[a-z0-9][a-z0-9_-]*")
CONNECTIONS = 10  # kept open by a process
CONNECT = 0.3  # seconds to reach the server
PIECE = 1 << 16  # bytes read at once
LARGE = 10_000  # bytes from which a body is sent compressed


class Server(NamedTuple):
    """Where the engine is: what SEARCH_URL says. The names of the indices begin with `prefix`."""

    kind: str
    is_encrypted: bool
    host: str
    port: int
    user: str
    password: str
    prefix: str


class Refused(EngineDown):
    """The engine answered with an error, which has this HTTP `status`."""

    def __init__(self, status: int, reason: str):
        super().__init__(f"HTTP {status}: {reason}")
        self.status = status


def read_url(url: str) -> Server:
    """Return what ``opensearch://user:password@host:port/prefix`` says, or raise `ValueError`."""
    parts = urlsplit(url)
    kind, _plus, encryption = parts.scheme.partition("+")
    prefix = parts.path.strip("/") or PREFIX
    if kind not in KINDS or encryption not in ("", "tls"):
        raise ValueError(f"It begins with {parts.scheme!r}.")
    if not parts.hostname:
        raise ValueError("It names no server.")
    if not PREFIX_FORM.fullmatch(prefix):
        raise ValueError(f"{prefix!r} cannot begin the name of an index.")
    return Server(
        kind=kind,
        is_encrypted=encryption == "tls",
        host=parts.hostname,
        port=parts.port or PORT,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        prefix=prefix,
    )


class _Hurried:
    """A connection that waits for the whole head of an answer no longer than its timeout.

    By itself it would wait so long for each byte, and a server that drips would never be left.
    """

    def getresponse(self):
        timer = Timer(self.timeout, self.sock.shutdown, [SHUT_RDWR])
        timer.daemon = True
        timer.start()
        try:
            return super().getresponse()
        finally:
            timer.cancel()


class _Connection(_Hurried, HTTPConnection):
    pass


class _EncryptedConnection(_Hurried, HTTPSConnection):
    pass


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Connection


class _EncryptedPool(HTTPSConnectionPool):
    ConnectionCls = _EncryptedConnection


class Client:
    def __init__(self, server: Server):
        self.server = server
        pool = _EncryptedPool if server.is_encrypted else _Pool
        self._pool = pool(server.host, server.port, maxsize=CONNECTIONS)
        self._headers = {}
        if server.user:
            self._headers = make_headers(basic_auth=f"{server.user}:{server.password}")

    def ask(self, method: str, path: str, body=None, *, seconds: float) -> dict:
        """Return the answer to a request, or raise `EngineDown` after that many `seconds` at most.

        Parameters
        ----------
        body: an object, or lines of JSON as bytes.
        """
        deadline = time.monotonic() + seconds
        request = {"method": method, "url": path} | self._encoded(body)
        try:
            response = self._sent(request, seconds)
            data = _read(response, deadline)
        except (HTTPError, OSError, ValueError) as error:
            raise EngineDown(f"{type(error).__name__}: {error}") from error
        answer = _parsed(data, response.status)
        if response.status >= 300:
            raise Refused(response.status, _reason(answer))
        return answer

    def _sent(self, request: dict, seconds: float):
        """Send once more what a connection kept open was closed on: a server may do so at any moment, and means nothing by it."""
        start = time.monotonic()
        try:
            return self._sent_once(request, seconds)
        except ProtocolError as error:
            left = seconds - (time.monotonic() - start)
            if not _is_closed_unanswered(error) or left < seconds / 2:
                raise
            return self._sent_once(request, left)

    def _sent_once(self, request: dict, seconds: float):
        return self._pool.request(
            **request,
            timeout=Timeout(connect=min(CONNECT, seconds), total=seconds),
            retries=False,
            redirect=False,
            preload_content=False,
        )

    def _encoded(self, body) -> dict:
        if body is None:
            return {"headers": self._headers}
        is_lines = isinstance(body, bytes)
        data = body if is_lines else json.dumps(body).encode()
        kind = "application/x-ndjson" if is_lines else "application/json"
        headers = self._headers | {"content-type": kind}
        if len(data) > LARGE:
            data = gzip.compress(data, compresslevel=1)
            headers["content-encoding"] = "gzip"
        return {"headers": headers, "body": data}


def _is_closed_unanswered(error: ProtocolError) -> bool:
    return any(isinstance(reason, ConnectionResetError | BrokenPipeError) for reason in error.args)


def _read(response, deadline: float) -> bytes:
    pieces = []
    try:
        while piece := response.read1(PIECE):
            pieces.append(piece)
            if time.monotonic() > deadline:
                raise TimeoutError("the answer does not end")
    except BaseException:
        response.close()
        raise
    response.release_conn()
    return b"".join(pieces)


def _parsed(data: bytes, status: int) -> dict:
    try:
        answer = json.loads(data)
    except ValueError as error:
        raise EngineDown(f"HTTP {status}: not JSON: {data[:80]!r}") from error
    if not isinstance(answer, dict):
        raise EngineDown(f"HTTP {status}: not an object")
    return answer


def _reason(answer: dict) -> str:
    error = answer.get("error")
    return str(error.get("reason", error)) if isinstance(error, dict) else str(error)


def client() -> Client:
    """Return the client of this process for SEARCH_URL: connections do not survive a fork."""
    return _client(os.getpid(), settings.SEARCH_URL)


@lru_cache(maxsize=2)
def _client(_process: int, url: str) -> Client:
    return Client(read_url(url))
