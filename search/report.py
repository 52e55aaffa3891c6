"""What visitors search most, and what they do not find, over some weeks."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Sum
from django.utils import timezone

from search.models import SearchCount

DAYS = 90
MOST = 200  # rows


@dataclass
class SearchedText:
    text: str
    language: str
    searches: int
    without_result: int
    synonyms_url: str = ""
    best_bet_url: str = ""


def frequent_searches() -> list[SearchedText]:
    """Return what was searched most in the last `DAYS` days, the most frequent first."""
    since = timezone.localdate() - timedelta(days=DAYS)
    rows = (
        SearchCount.objects.filter(day__gte=since)
        .values("text", "language")
        .annotate(asked=Sum("searches"), empty=Sum("without_result"))
        .order_by("-asked", "text")
    )
    return [
        SearchedText(row["text"], row["language"], row["asked"], row["empty"])
        for row in rows[:MOST]
    ]
