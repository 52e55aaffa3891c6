"""Links to other sites are tried from time to time; those that fail on three days are broken."""

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from html import unescape
from itertools import chain, zip_longest
from urllib.parse import urlsplit

from django.db import transaction
from django.db.models import Exists, OuterRef
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page, Site

from editorial.link_fetching import Answer, Pace, fetch
from editorial.models import LinkCheck, LinkReading, LinkRound, LinkUse, Problem
from editorial.models.link_check import LONGEST_URL

READ_AT_ONCE = 200  # pages
HOSTS = 3  # different ones of which none is found: the network is down
ROUNDS_KEPT = 100
HREF = re.compile(r'<a [^>]*?href="(https?://[^"]+)"')


def check_some(
    now: datetime, limit: int = 100, *, pace: Pace | None = None, **options
) -> LinkRound:
    """Read the links of pages that have changed, try the `limit` links that wait for longest, and return what was done.

    `options` are those of `link_fetching.fetch`.
    """
    collect(now)
    links = _in_turns(LinkCheck.objects.due(now)[:limit])
    answers = _answers(links, pace or Pace(), options)
    if answers is None:
        done = LinkRound(at=now, checked=0, is_network_down=True)
    else:
        for link, answer in answers:
            link.note(answer.status, answer.problem, now)
            link.save()
        done = LinkRound(at=now, checked=len(answers))
    done.save()
    kept = LinkRound.objects.values("pk")[:ROUNDS_KEPT]
    LinkRound.objects.exclude(pk__in=list(kept.values_list("pk", flat=True))).delete()
    return done


def _in_turns(links) -> list[LinkCheck]:
    """Return `links` so that those of one host follow one another from as far as can be."""
    of_host = defaultdict(list)
    for link in links:
        of_host[urlsplit(link.url).hostname].append(link)
    return [link for link in chain(*zip_longest(*of_host.values())) if link]


def _answers(links, pace, options) -> list[tuple[LinkCheck, Answer]] | None:
    """Return what each link answers; None where no host is found at all."""
    answers, lost, is_up = [], set(), False
    for link in links:
        answer = fetch(link.url, pace, **options)
        answers.append((link, answer))
        if answer.problem == Problem.NO_HOST:
            lost.add(urlsplit(link.url).hostname)
        elif answer.problem not in (Problem.ADDRESS, Problem.PRIVATE):
            is_up = True
        if not is_up and len(lost) >= HOSTS:
            return None
    return answers


def collect(now: datetime) -> None:
    """Read the links of some of the pages that were published since they were last read."""
    _forget_what_is_offline()
    is_read = LinkReading.objects.filter(
        page=OuterRef("pk"), read_at__gte=OuterRef("last_published_at")
    )
    pages = Page.objects.live().filter(~Exists(is_read)).order_by("pk")[:READ_AT_ONCE]
    ours = set(Site.objects.values_list("hostname", flat=True))
    for page in pages.specific():
        urls = {url for url in links_of(page) if urlsplit(url).hostname not in ours}
        _keep(page, urls, now)
    LinkCheck.objects.filter(uses=None).delete()


def _forget_what_is_offline() -> None:
    for model in (LinkUse, LinkReading):
        model.objects.filter(page__live=False).delete()


@transaction.atomic
def _keep(page: Page, urls: set[str], now) -> None:
    LinkCheck.objects.bulk_create([LinkCheck(url=url) for url in urls], ignore_conflicts=True)
    links = LinkCheck.objects.filter(url__in=urls)
    LinkUse.objects.filter(page=page.pk).exclude(link__in=links).delete()
    uses = [LinkUse(link=link, page_id=page.pk) for link in links]
    LinkUse.objects.bulk_create(uses, ignore_conflicts=True)
    LinkReading.objects.update_or_create(page_id=page.pk, defaults={"read_at": now})


def links_of(page: Page) -> set[str]:
    """Return the addresses outside that the texts and the link blocks of `page` lead to."""
    values = []
    for field in page._meta.concrete_fields:
        if isinstance(field, StreamField):
            values.append(field.value_from_object(page).get_prep_value())
        elif isinstance(field, RichTextField):
            values.append(field.value_from_object(page))
    return {url for url in _links_in(values) if _is_whole(url)}


def _links_in(value) -> Iterator[str]:
    """Give the links of rich texts, and the addresses that blocks have as their `url`."""
    if isinstance(value, str):
        yield from (unescape(url) for url in HREF.findall(value))
    elif isinstance(value, dict):
        url = value.get("url")
        if isinstance(url, str) and url.startswith(("http://", "https://")):
            yield url
        for each in value.values():
            yield from _links_in(each)
    elif isinstance(value, list):
        for each in value:
            yield from _links_in(each)


def _is_whole(url: str) -> bool:
    try:
        return bool(urlsplit(url).hostname) and len(url.encode()) <= LONGEST_URL
    except ValueError:
        return False
