"""The admin's own search: any text, and the articles as they are."""

import pytest
from django.core.management import call_command
from django.db import connection
from wagtail.search.models import IndexEntry

from articles.models import ArticlePage
from exchange.importer import Importer, Options
from tests.factories import ArticlePageFactory, CategoryFactory

TEXTS = [
    '"',
    'a"b',
    '"prêter',
    "*",
    "a AND",
    "NEAR(",
    "(",
    "^a",
    "a:b",
    "'",
    "\\",
    "%",
    "\0",
    "x" * 5000,
]
PLACES = [
    "/admin/pages/search/",
    "/admin/articles/",
    "/admin/choose-page/search/",
    "/admin/images/",
]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("text", TEXTS)
def test_any_text_can_be_searched_in_the_admin(client, admin, place, text):
    client.force_login(admin)
    assert client.get(place, {"q": text}).status_code == 200


@pytest.fixture
def seen(django_capture_on_commit_callbacks, lantern):
    """An article that the admin's search has read."""
    with django_capture_on_commit_callbacks(execute=True):
        return ArticlePageFactory(
            parent=lantern, title="Prêter une sono", categories=[CategoryFactory(name="Matériel")]
        )


def test_quotation_marks_change_nothing(client, admin, seen):
    client.force_login(admin)
    for text in ("sono", 'sono"', '"sono'):
        response = client.get("/admin/articles/", {"q": text})
        assert seen.title in response.content.decode(), text


def test_the_admin_reads_an_article_once_all_of_it_is_saved(
    lantern, monkeypatch, django_capture_on_commit_callbacks
):
    """Wagtail reads a page while it is being saved, before its categories are."""
    category = CategoryFactory(name="Matériel")
    read = []
    monkeypatch.setattr(
        "modelsearch.index.insert_or_update_object",
        lambda page: read.append((type(page), list(page.specific.categories.all()))),
    )
    ArticlePageFactory(parent=lantern, title="Prêter une sono", live=False)
    article = ArticlePage.objects.get()
    read.clear()
    with django_capture_on_commit_callbacks(execute=True):
        article.categories = [category]
        article.save_revision().publish()
    assert read and all(kind == (ArticlePage, [category]) for kind in read)


def test_a_deleted_article_leaves_the_admin_search(client, admin, seen):
    title = seen.title
    seen.delete()
    client.force_login(admin)
    assert title not in client.get("/admin/articles/", {"q": "sono"}).content.decode()


@pytest.mark.parametrize("act", ["housekeeping", "import"])
def test_sqlite_counts_the_texts_that_the_admin_searches(seen, act):
    assert not counted()
    if act == "housekeeping":
        call_command("housekeeping")
    else:
        with Importer(Options(source="test")):
            pass
    # Other databases count by themselves.
    is_counted = IndexEntry._meta.db_table in counted()
    assert is_counted == (connection.vendor == "sqlite")


def counted():
    """The tables whose rows SQLite has counted; none in other databases."""
    if connection.vendor != "sqlite":
        return set()
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE name = 'sqlite_stat1'")
        if cursor.fetchone() is None:
            return set()
        cursor.execute("SELECT tbl FROM sqlite_stat1")
        return {table for (table,) in cursor.fetchall()}
