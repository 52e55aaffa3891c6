"""How often pages are read, counted by day: no address, no identifier, no moment is kept, and nothing asked of the reader."""

import re
from datetime import timedelta
from urllib.parse import urlsplit

from django.db.models import F
from django.utils import timezone

from audience.models import LONGEST_PATH, LONGEST_VALUE, Dimension, ViewCount
from search.tally import Tally

KEPT = timedelta(days=396)  # thirteen months
SOURCES_A_DAY = 500  # domains; anybody can send any name, so their number has an end
OTHERS = "…"  # stands for the domains beyond
# Neither who edits the site nor who was sent a link of their own is its audience.
NOT_PUBLIC = ("/admin/", "/editorial/", "/documents/")
# Those that say so; the others that are not browsers do not call themselves «Mozilla».
MACHINES = re.compile(r"bot|crawl|spider|slurp|headless|preview|monitor", re.IGNORECASE)
DOMAIN = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+")


def count(request, response) -> None:
    """Count a page that a person opened; of one who asks not to be followed, that it was opened and no more."""
    if not is_reading(request, response):
        return
    facts = [(Dimension.PAGE, "")]
    if not asks_for_less(request):
        facts.append((Dimension.LANGUAGE, request.LANGUAGE_CODE))
        if domain := source_of(request):
            facts.append((Dimension.SOURCE, domain))
    today = timezone.localdate()
    tally.count(*((today, request.path, dimension.value, value) for dimension, value in facts))


def is_reading(request, response) -> bool:
    """Whether somebody of the public, as far as one can tell, was shown a whole page."""
    return (
        request.method == "GET"
        and response.status_code == 200
        and response.headers.get("Content-Type", "").startswith("text/html")
        and not request.path.startswith(NOT_PUBLIC)
        and len(request.path) <= LONGEST_PATH
        and "HX-Request" not in request.headers  # a part of a page that was counted
        and "Sec-Purpose" not in request.headers  # read in advance, perhaps never seen
        and is_person(request.headers.get("User-Agent", ""))
        and not getattr(request, "is_preview", False)
        and not request.user.is_authenticated
    )


def is_person(agent: str) -> bool:
    return agent.startswith("Mozilla/") and not MACHINES.search(agent)


def asks_for_less(request) -> bool:
    return "1" in (request.headers.get("DNT"), request.headers.get("Sec-GPC"))


def source_of(request) -> str:
    """The domain of the other site whose link was followed; empty where there is none or it makes no sense."""
    try:
        domain = (urlsplit(request.headers.get("Referer", "")).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
    is_ours = domain == request.get_host().partition(":")[0].removeprefix("www.")
    is_domain = DOMAIN.fullmatch(domain) and len(domain) <= LONGEST_VALUE
    return domain if is_domain and not is_ours else ""


def counted_before(moment):
    return ViewCount.objects.filter(day__lt=timezone.localdate(moment))


def _store(counts: dict) -> None:
    known: dict = {}  # the domains met on each day
    for day, path, dimension, value in sorted(counts):
        times = counts[day, path, dimension, value]
        if dimension == Dimension.SOURCE:
            if day not in known:
                known[day] = _domains_of(day)
            domains = known[day]
            value = value if value in domains or len(domains) < SOURCES_A_DAY else OTHERS
            domains.add(value)
        key = {"day": day, "path": path, "dimension": dimension, "value": value}
        row, _created = ViewCount.objects.get_or_create(**key)
        ViewCount.objects.filter(pk=row.pk).update(views=F("views") + times)
    counted_before(timezone.now() - KEPT).delete()


def _domains_of(day) -> set[str]:
    of_day = ViewCount.objects.filter(day=day, dimension=Dimension.SOURCE)
    return set(of_day.values_list("value", flat=True).distinct())


tally = Tally(_store)
