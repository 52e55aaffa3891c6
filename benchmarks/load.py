"""Clients that visit pages of a local server as fast as it answers; a process of its own.

It knows as little of HTTP as the server needs, so that it takes next to none of the processor:
    load.py PORT CLIENTS REQUESTS PATH...
The clients share REQUESTS requests and go through the paths in turn. What is written is JSON:
`seconds` for all of them, `ms` for each one (milliseconds, from first byte sent to last received),
`errors` (answers other than 200, and broken connections).
"""

import json
import socket
import sys
import threading
import time
from itertools import cycle, islice

# A connection is kept for a few requests, as a browser keeps it for one visit. Kept for ever, a
# server's connections stay with the process that took them, and one may have them all.
REQUESTS_PER_CONNECTION = 10
TIMEOUT = 30  # seconds
REQUEST = (
    "GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept: text/html\r\n"
    "Accept-Encoding: gzip\r\nAccept-Language: fr\r\n\r\n"
)


class Visitor(threading.Thread):
    """One client: it asks for each of its paths once it has the answer to the one before."""

    def __init__(self, port: int, paths: list[str]):
        super().__init__()
        self.port = port
        self.requests = [REQUEST.format(path=path, port=port).encode() for path in paths]
        self.ms, self.errors = [], 0
        self.connection, self.requests_left = None, 0

    def run(self):
        for request in self.requests:
            started = time.perf_counter()
            try:
                self.errors += self._ask(request) != 200
            except OSError:
                self.errors += 1
                self._close()
            self.ms.append((time.perf_counter() - started) * 1000)
        self._close()

    def _ask(self, request: bytes) -> int:
        """Send a request, read the whole answer and return its status."""
        if not self.requests_left:
            self._close()
            self.connection = socket.create_connection(("127.0.0.1", self.port), TIMEOUT)
            self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self.requests_left = REQUESTS_PER_CONNECTION
        self.requests_left -= 1
        self.connection.sendall(request)
        status, stays_open = read_answer(self.connection)
        if not stays_open:
            self.requests_left = 0
        return status

    def _close(self):
        if self.connection:
            self.connection.close()
        self.connection, self.requests_left = None, 0


def read_answer(connection: socket.socket) -> tuple[int, bool]:
    """Read an answer that says its length; return its status, and whether another may follow."""
    received = b""
    while b"\r\n\r\n" not in received:
        received += read(connection)
    head, _, body = received.partition(b"\r\n\r\n")
    fields = head.lower().split(b"\r\n")
    length = next(line for line in fields if line.startswith(b"content-length:"))
    missing = int(length.partition(b":")[2]) - len(body)
    while missing > 0:
        missing -= len(read(connection))
    return int(head[9:12]), b"connection: close" not in fields


def read(connection: socket.socket) -> bytes:
    if data := connection.recv(262_144):
        return data
    raise ConnectionError("closed before the end")


def main(port: int, clients: int, requests: int, paths: list[str]) -> dict:
    """Run the clients, all started at once, and return what they saw."""
    asked = list(islice(cycle(paths), requests))
    visitors = [Visitor(port, asked[number::clients]) for number in range(clients)]
    started = time.perf_counter()
    for visitor in visitors:
        visitor.start()
    for visitor in visitors:
        visitor.join()
    return {
        "seconds": time.perf_counter() - started,
        "ms": [ms for visitor in visitors for ms in visitor.ms],
        "errors": sum(visitor.errors for visitor in visitors),
    }


if __name__ == "__main__":
    json.dump(main(*map(int, sys.argv[1:4]), sys.argv[4:]), sys.stdout)
