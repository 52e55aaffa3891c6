"""Write, as JSON, the queries and the time of each list and report of the admin, by who looks at it.

Run under the settings of a site that may be written to: two hundred articles are first submitted, which twelve people review.
"""

import json
import sys
import time
from http import HTTPStatus
from statistics import median

import django

django.setup()

from django.contrib.auth import get_user_model  # noqa: E402  the apps must be loaded first
from django.contrib.auth.models import Group  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import URLPattern, get_resolver, reverse  # noqa: E402
from django.views.generic.list import MultipleObjectMixin  # noqa: E402
from wagtail.admin.views.chooser import BrowseView  # noqa: E402
from wagtail.admin.views.generic.chooser import BaseChooseView  # noqa: E402
from wagtail.admin.views.home import HomeView  # noqa: E402
from wagtail.models import TaskState  # noqa: E402

from articles.models import ArticlePage  # noqa: E402
from editorial.models import Consent, LinkCheck, Problem, ReviewState, open_state  # noqa: E402
from editorial.models.link_check import BROKEN_AFTER  # noqa: E402
from home.permissions import NETWORK_EDITORS  # noqa: E402
from houses.models import HousePage, Membership, Role  # noqa: E402
from portal.admin_search import learn_sizes  # noqa: E402

HOUSES, EDITORS, ARTICLES, VISITS = (
    8,
    4,
    200,
    5,
)  # the leads of these houses and the editors are twelve
ROLES = ("admin", "editor", "lead", "contributor")
# What shows many things, among the views of the admin.
LISTS = (MultipleObjectMixin, BaseChooseView, BrowseView, HomeView)
# Lists of what the scene is about, narrowed down.
NARROWED = [
    ("articles_admin:index", "q=association"),
    ("articles_admin:index", "house={house}"),
    ("articles_admin:index", "p=100"),
    ("report_in-review:index", "house={house}"),
    ("report_journal:index", "house={house}"),
    ("report_journal:index", "p=200"),
    ("wagtailadmin_pages:search", "q=association"),
]


def main() -> dict:
    articles = set_the_scene()
    learn_sizes()
    people = {name: get_user_model().objects.get(username=name) for name in ROLES}
    screens = [measured(path, people) for path in addresses(articles)]
    return {
        "articles": ArticlePage.objects.count(),
        "in_review": ReviewState.objects.filter(status=TaskState.STATUS_IN_PROGRESS).count(),
        "reviewers": HOUSES + EDITORS,
        "database": connection.vendor,
        "screens": [screen for screen in screens if screen["roles"]],
    }


@transaction.atomic
def set_the_scene() -> list[ArticlePage]:
    """Have two hundred articles submitted, half of them approved by their house already; return them."""
    sections = list(HousePage.objects.filter(house__is_network=False).select_related("house"))
    teams = [
        (section, member("author", section.house), member("lead", section.house, Role.LEAD))
        for section in sections[:HOUSES]
    ]
    for number in range(EDITORS):
        editor, _created = get_user_model().objects.get_or_create(username=f"bench-editor-{number}")
        editor.groups.add(Group.objects.get(name=NETWORK_EDITORS))
    return [submitted(number, *teams[number % HOUSES]) for number in range(ARTICLES)]


def member(what: str, house, role=Role.CONTRIBUTOR):
    """Somebody new of `house`."""
    name = f"bench-{what}-{house.pk}"
    user, _created = get_user_model().objects.get_or_create(username=name)
    Membership.objects.get_or_create(user=user, house=house, defaults={"role": role})
    return user


def submitted(number: int, section: HousePage, author, lead) -> ArticlePage:
    """An article that waits for its house, every second one for the network; with what else lists tell of it."""
    article = section.add_child(
        instance=ArticlePage(
            title=f"À relire {number}",
            slug=f"bench-{number}",
            live=False,
            owner=author,
            locale=section.locale,
        )
    )
    article.save_revision(user=author)
    article.get_workflow().start(article, author)
    if number % 2:
        step = open_state(article).task.specific
        step.on_action(open_state(article), lead, "approve")
    Consent.objects.create(page=article, person=f"Personne {number}", to_text=True)
    link = LinkCheck.objects.create(
        url=f"https://example.org/{number}", problem=Problem.SILENT, failed_days=BROKEN_AFTER
    )
    link.pages.add(article)
    return article


def addresses(articles: list[ArticlePage]) -> list[str]:
    """Every list and report of the admin, and what is opened from the lists of articles in review."""
    house = articles[0].get_parent().specific.house
    narrowed = [f"{reverse(name)}?{query.format(house=house.pk)}" for name, query in NARROWED]
    sections = [reverse("wagtailadmin_explore", args=[pk]) for pk in sections_shown(articles)]
    of_an_article = [
        reverse(name, args=[articles[0].pk])
        for name in ("editorial_review", "wagtailadmin_pages:history")
    ]
    team = reverse("team:team", args=[house.pk])
    return [*lists(), *narrowed, *sections, team, *of_an_article]


def lists() -> list[str]:
    """The lists of the admin that need no more than their name, told by the addresses of the site itself."""
    found = {reverse(name) for name in names_of_lists(get_resolver().url_patterns)}
    return sorted(path for path in found if path.startswith("/admin/"))


def names_of_lists(patterns, namespaces=()):
    """The whole name of each address without arguments that shows many things."""
    for pattern in patterns:
        if pattern.pattern.regex.groups:
            continue
        if not isinstance(pattern, URLPattern):
            inner = (*namespaces, pattern.namespace) if pattern.namespace else namespaces
            yield from names_of_lists(pattern.url_patterns, inner)
        elif pattern.name and issubclass(getattr(pattern.callback, "view_class", object), LISTS):
            yield ":".join((*namespaces, pattern.name))


def sections_shown(articles) -> list[int]:
    """Where pages are browsed: a house in the middle of the work, and the network, which has thousands of articles."""
    network = HousePage.objects.get(house__is_network=True, locale=articles[0].locale)
    return [articles[0].get_parent().pk, network.pk]


def measured(path: str, people: dict) -> dict:
    """What `path` costs each of those who may see it: queries, and milliseconds, the median and the longest visit."""
    seen = {name: visits(path, user) for name, user in people.items()}
    return {"path": path, "roles": {name: figures for name, figures in seen.items() if figures}}


def visits(path: str, user) -> dict | None:
    """The figures of visits after a first one, which fills the caches of the process; None where nothing is shown."""
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(user)
    if client.get(path).status_code != HTTPStatus.OK:
        return None
    with CaptureQueriesContext(connection) as captured:
        client.get(path)
    queries = len(captured)
    clock, processor = zip(*(timed(client, path) for _ in range(VISITS)), strict=True)
    return {"queries": queries, "ms": median(clock), "processor_ms": median(processor)}


def timed(client: Client, path: str) -> tuple[float, float]:
    """The milliseconds of a visit by the clock on the wall, and by the processor."""
    wall, processor = time.perf_counter(), time.process_time()
    client.get(path)
    return (time.perf_counter() - wall) * 1000, (time.process_time() - processor) * 1000


json.dump(main(), sys.stdout)
