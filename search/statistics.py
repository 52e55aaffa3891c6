"""What is searched, counted by day: no address, no account, no moment is kept, nor what looks personal."""

import re
from datetime import timedelta

from django.db.models import F
from django.utils import timezone

from search.models import SearchCount
from search.searching import Results
from search.tally import Tally
from search.text import fold

LONGEST = 80  # characters; people do not type more to search
KEPT = timedelta(days=396)  # thirteen months
# An address, a telephone or account number, a date of birth.
PERSONAL = re.compile(r"@|\d[\d .\-/]{5,}\d")


def count(results: Results) -> None:
    """Count a search that a visitor made."""
    text = fold(results.request.text)
    if text and len(text) <= LONGEST and not PERSONAL.search(text):
        tally.count((timezone.localdate(), results.request.languages[0], text, results.total == 0))


def counted_before(moment):
    return SearchCount.objects.filter(day__lt=timezone.localdate(moment))


def _store(counts: dict) -> None:
    for key in sorted(counts):
        _add(*key, counts[key])
    counted_before(timezone.now() - KEPT).delete()


def _add(day, language: str, text: str, is_empty: bool, times: int) -> None:
    row, _created = SearchCount.objects.get_or_create(day=day, language=language, text=text)
    SearchCount.objects.filter(pk=row.pk).update(
        searches=F("searches") + times, without_result=F("without_result") + times * is_empty
    )


tally = Tally(_store)
