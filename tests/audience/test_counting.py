"""Pages opened by visitors are counted by day, and nothing is kept of who opened them."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import PageViewRestriction

from audience import counting
from audience.counting import tally
from audience.models import ViewCount
from tests.factories import ArticlePageFactory

pytestmark = pytest.mark.django_db
READER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture
def article(lantern):
    return ArticlePageFactory(parent=lantern, title="Prêter une sono")


def opened(client, path, agent=READER, **headers):
    """Open a page as a reader's browser does."""
    return client.get(path, headers={"User-Agent": agent, **headers})


def counted() -> list:
    tally.write()
    rows = ViewCount.objects.order_by("dimension", "value")
    return list(rows.values_list("dimension", "value", "views"))


def test_a_page_is_counted_by_day_language_and_domain(client, article):
    opened(client, article.url, referer="https://www.commune.example/liens?de=odile#ici")
    opened(client, article.url, referer="http://testserver/")
    assert counted() == [("language", "fr", 2), ("page", "", 2), ("source", "commune.example", 1)]
    assert set(ViewCount.objects.values_list("day", "path")) == {
        (timezone.localdate(), article.url)
    }


def test_what_is_typed_in_an_address_is_not_kept(client, article):
    opened(client, f"{article.url}?q=odile@example.org")
    counted()
    assert set(ViewCount.objects.values_list("path", flat=True)) == {article.url}


@pytest.mark.parametrize("wish", [{"DNT": "1"}, {"Sec-GPC": "1"}])
def test_of_who_asks_not_to_be_followed_the_page_alone_is_counted(client, article, wish):
    opened(client, article.url, referer="https://commune.example/", **wish)
    assert counted() == [("page", "", 1)]


@pytest.mark.parametrize(
    "agent",
    ["", "curl/8.0", "Mozilla/5.0 (compatible; Examplebot/2.1)", "Mozilla/5.0 HeadlessChrome/140"],
)
def test_machines_are_not_counted(client, article, agent):
    opened(client, article.url, agent=agent)
    assert counted() == []


def test_who_is_logged_in_is_not_counted(client, contributor, article):
    client.force_login(contributor)
    opened(client, article.url)
    opened(client, "/admin/")
    assert counted() == []


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("/admin/login/", {}),
        ("/editorial/read/secret/", {}),
        ("/nulle-part/", {}),
        ("/robots.txt", {}),
        ("/", {"HX-Request": "true"}),
        ("/", {"Sec-Purpose": "prefetch"}),
    ],
)
def test_what_is_no_page_of_the_public_is_not_counted(client, home, path, headers):
    opened(client, path, **headers)
    assert counted() == []


def test_a_page_for_members_is_not_counted_for_who_may_not_open_it(client, article):
    PageViewRestriction.objects.create(page=article, restriction_type=PageViewRestriction.LOGIN)
    opened(client, article.url)
    assert counted() == []


@pytest.mark.parametrize("referer", ["javascript:x", "https://[", "https://localhost/", "x" * 300])
def test_a_source_that_makes_no_sense_is_left_out(client, article, referer):
    opened(client, article.url, referer=referer)
    assert counted() == [("language", "fr", 1), ("page", "", 1)]


def test_the_number_of_sources_of_a_day_has_an_end(client, article, monkeypatch):
    monkeypatch.setattr(counting, "SOURCES_A_DAY", 1)
    for name in ("a", "b", "c"):
        opened(client, article.url, referer=f"https://{name}.example/")
    sources = [row[1:] for row in counted() if row[0] == "source"]
    assert sources == [("a.example", 1), (counting.OTHERS, 2)]


def test_to_count_asks_nothing_of_the_database(client, article):
    client.get(article.url)
    with CaptureQueriesContext(connection) as without:
        client.get(article.url)
    with CaptureQueriesContext(connection) as counting_it:
        opened(client, article.url)
    assert len(counting_it) == len(without)
    assert tally.waiting


def test_counts_wait_where_the_database_cannot_take_them(client, article, monkeypatch):
    def busy(counts):
        raise DatabaseError("database is locked")

    opened(client, article.url)
    with monkeypatch.context() as patched:
        patched.setattr(tally, "_store", busy)
        assert counted() == []
    assert counted() == [("language", "fr", 1), ("page", "", 1)]


def test_counts_are_written_after_an_answer_when_they_have_waited_long_enough(
    client, article, monkeypatch
):
    opened(client, article.url)
    assert not ViewCount.objects.exists()
    monkeypatch.setattr("search.tally.EVERY", 0)
    client.get("/security.txt")
    assert ViewCount.objects.filter(path=article.url).exists()
    assert not tally.waiting


def test_counts_are_kept_thirteen_months(client, article):
    for days in (390, 400):
        day = timezone.localdate() - timedelta(days=days)
        ViewCount.objects.create(day=day, path=f"/{days}/", dimension="page", views=1)
    opened(client, article.url)
    counted()
    assert set(ViewCount.objects.values_list("path", flat=True)) == {article.url, "/390/"}
