"""A server between us and the search server, which fails as servers do."""

import contextlib
import re
import socket
import threading
import time

WELL, REFUSES, HANGS, DRIPS_HEAD, DRIPS, HTML, CUT, EMPTY, OTHER, ERROR = FAULTS = (
    *("well", "refuses", "hangs", "drips its head", "drips", "answers HTML", "cuts its JSON"),
    *("answers nothing", "answers another question", "answers an error"),
)
FAULTS = FAULTS[1:]
# No fault: any server may close a connection that it has kept open, just as it is asked something.
FORGETS = "closes what it kept open"
LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)
HEAD = "HTTP/1.1 {} OK\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n"


def _answer(body: str, status: int = 200, length: int = 0) -> bytes:
    return (HEAD.format(status, length or len(body)) + body).encode()


LIES = {
    HTML: _answer("<!DOCTYPE html><title>502 Bad Gateway</title>"),
    CUT: _answer('{"responses": [{"status": 200, "hits"', length=9000),
    EMPTY: _answer(""),
    OTHER: _answer('{"responses": [{"status": 200}], "items": [{"index": {}}], "hits": []}'),
    ERROR: _answer('{"error": {"reason": "all shards failed"}, "status": 503}', status=503),
}


class Unreliable:
    """Listens on a port of its own and, while it is well, passes all on to the server at `port`.

    `state` is what it does now, `requests` how many times it was asked something that it did not forget.
    """

    def __init__(self, host: str, port: int):
        self._target = (host, port)
        self.state, self.requests = WELL, 0
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self._sockets = []
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self):
        for each in [self._listener, *self._sockets]:
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()

    def _accept(self):
        with contextlib.suppress(OSError):
            while True:
                client, _address = self._listener.accept()
                self._sockets.append(client)
                threading.Thread(target=self._serve, args=[client], daemon=True).start()

    def _serve(self, client):
        server, questions = None, client.makefile("rb")
        with contextlib.suppress(OSError):
            while asked := self._whole(questions):
                self.requests += 1
                if self.state != WELL:
                    self._fail(client)
                    break
                if server is None:
                    server = socket.create_connection(self._target)
                    self._sockets.append(server)
                    threading.Thread(
                        target=self._pass_on, args=[server, client], daemon=True
                    ).start()
                server.sendall(asked)
        for each in filter(None, [client, server]):
            each.close()

    @staticmethod
    def _whole(questions) -> bytes:
        """Read one question to its end: closed before, a connection would take the answer away with it."""
        head = b""
        while (line := questions.readline()) not in (b"", b"\r\n"):
            head += line
        length = LENGTH.search(head)
        return head and head + line + questions.read(int(length[1]) if length else 0)

    @staticmethod
    def _pass_on(server, client):
        with contextlib.suppress(OSError):
            while answered := server.recv(1 << 16):
                client.sendall(answered)

    def _fail(self, client):
        if self.state in LIES:
            client.sendall(LIES[self.state])
        elif self.state in (DRIPS, DRIPS_HEAD):
            if self.state == DRIPS:
                client.sendall(HEAD.format(200, 1_000_000).encode())
            while True:
                client.sendall(b"H")
                time.sleep(0.05)
        elif self.state == HANGS:
            client.recv(1)  # until the client has had enough
        elif self.state == FORGETS:
            client.sendall(LIES[OTHER])
            client.recv(1 << 16)
