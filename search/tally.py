"""Counts that wait in the process and are written between two requests, every so often.

No visitor waits for it; a process that is killed loses some seconds of them.
"""

import atexit
import threading
import time
from collections import Counter

from django.core.signals import request_finished
from django.db import DatabaseError, transaction

EVERY = 10  # seconds
MOST_WAITING = 5000  # different keys; what comes beyond, which no crowd of people makes, is lost


class Tally:
    """Counts by key, handed now and then to `store`, which is given each key with its number.

    Parameters
    ----------
    store: writes them, in a transaction of its own; on a failure of the database they wait on.
    """

    def __init__(self, store):
        self.waiting: Counter = Counter()
        self._store = store
        self._lock = threading.Lock()
        self._last_written = time.monotonic()

    def count(self, *keys) -> None:
        with self._lock:
            if len(self.waiting) < MOST_WAITING:
                self.waiting.update(keys)

    def write_now_and_then(self, **kwargs) -> None:
        """Write what waits if it has waited long enough; the visitor has the answer already."""
        if self.waiting and time.monotonic() - self._last_written >= EVERY:
            self.write()

    def write(self) -> None:
        with self._lock:
            counts, self._last_written = dict(self.waiting), time.monotonic()
            self.waiting.clear()
        try:
            with transaction.atomic():
                self._store(counts)
        except DatabaseError:
            with self._lock:
                self.waiting.update(counts)

    def connect_signals(self) -> None:
        request_finished.connect(self.write_now_and_then)
        atexit.register(self.write_now_and_then)
