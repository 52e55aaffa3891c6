"""The admin's own search: any text, and the articles as they are."""

import pytest

from articles.models import ArticlePage
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
