"""What is searched, counted by day: no address, no account, no moment is kept, nor what looks personal.

Counts wait in the process and are written between two requests, every so often, so that no visitor
waits for it; a process that is killed loses some seconds of them.
"""

import atexit
import re
import threading
import time
from collections import Counter
from datetime import timedelta

from django.core.signals import request_finished
from django.db import DatabaseError, transaction
from django.db.models import F
from django.utils import timezone

from search.models import SearchCount
from search.searching import Results
from search.text import fold

EVERY = 10  # seconds
LONGEST = 80  # characters; people do not type more to search
KEPT_DAYS = 396  # thirteen months
# An address, a telephone or account number, a date of birth.
PERSONAL = re.compile(r"@|\d[\d .\-/]{5,}\d")

_waiting: Counter = Counter()
_lock = threading.Lock()
_last_written = time.monotonic()


def count(results: Results) -> None:
    """Count a search that a visitor made."""
    text = fold(results.request.text)
    if text and len(text) <= LONGEST and not PERSONAL.search(text):
        key = (timezone.localdate(), results.request.languages[0], text, results.total == 0)
        with _lock:
            _waiting[key] += 1


def write_now_and_then(**kwargs) -> None:
    """Write what waits if it has waited long enough; the visitor has the answer already."""
    if _waiting and time.monotonic() - _last_written >= EVERY:
        write()


def write() -> None:
    """Write what waits, and delete what is older than thirteen months; on a failure it waits on."""
    global _last_written
    with _lock:
        counts, _last_written = dict(_waiting), time.monotonic()
        _waiting.clear()
    try:
        with transaction.atomic():
            for key in sorted(counts):
                _add(*key, counts[key])
            oldest = timezone.localdate() - timedelta(days=KEPT_DAYS)
            SearchCount.objects.filter(day__lt=oldest).delete()
    except DatabaseError:
        with _lock:
            _waiting.update(counts)


def _add(day, language: str, text: str, is_empty: bool, times: int) -> None:
    row, _created = SearchCount.objects.get_or_create(day=day, language=language, text=text)
    SearchCount.objects.filter(pk=row.pk).update(
        searches=F("searches") + times, without_result=F("without_result") + times * is_empty
    )


def connect_signals() -> None:
    request_finished.connect(write_now_and_then)
    atexit.register(write_now_and_then)
