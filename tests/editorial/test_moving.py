"""Articles moved in batches have the rows that Wagtail's own move gives."""

from uuid import uuid4

import pytest
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, PageLogEntry

from articles.models import ArticlePage
from editorial.moving import move_to_house
from search.models import SearchDocument
from tests.factories import ArticlePageFactory

MANY = 1_100  # more than SQLite compares in one statement


def rows_of(article):
    """What a move may change, of the article, its document, its redirect and its history."""
    page = Page.objects.get(pk=article.pk)
    document = SearchDocument.objects.get(pk=article.pk)
    redirect = Redirect.objects.get(redirect_page=article.pk)
    entry = PageLogEntry.objects.get(page=article.pk, action="wagtail.move")
    return {
        "page": (page.url_path, page.depth, page.slug, page.live, page.get_parent().pk),
        "document": (document.url, document.facets),
        "redirect": (redirect.old_path, redirect.site, redirect.automatically_created),
        "entry": (entry.label, entry.data, entry.user, entry.content_type),
    }


def test_a_move_in_a_batch_is_wagtails_move(admin, lantern, harbour):
    one, other = (
        ArticlePageFactory(parent=lantern, title="Le même", slug=slug) for slug in ("un", "autre")
    )
    Page.objects.get(pk=one.pk).specific.move(harbour, pos="last-child", user=admin)
    move_to_house([Page.objects.get(pk=other.pk)], harbour.house, admin)

    def as_other(value):
        return str(value).replace("/un", "/autre").replace("'un'", "'autre'")

    assert as_other(rows_of(one)) == str(rows_of(other))
    assert Page.find_problems() == ([], [], [], [], [])


def test_an_address_longer_than_a_redirect_is_kept(client, admin, lantern, harbour):
    article = ArticlePageFactory(parent=lantern, title="Long", slug="x" * 250)
    move_to_house([Page.objects.get(pk=article.pk)], harbour.house, admin)
    response = client.get(article.url)
    assert (response.status_code, response.url) == (301, Page.objects.get(pk=article.pk).url)
    assert not Redirect.objects.exists()


@pytest.fixture
def many(lantern):
    """More published articles than can be compared in one statement, written row by row."""
    first = ArticlePageFactory(parent=lantern, title="Le premier", slug="a")
    path = first.path
    for number in range(MANY):
        path = Page(path=path)._inc_path()
        article = ArticlePage.objects.get(pk=first.pk)
        article.pk = article.id = article.page_ptr_id = None
        article.path, article.slug = path, f"a{number}"
        article.url_path = f"{lantern.url_path}a{number}/"
        article.translation_key = uuid4()
        page = Page(**{f.attname: getattr(article, f.attname) for f in Page._meta.concrete_fields})
        page.save_base(raw=True)
        article.pk = article.id = article.page_ptr_id = page.pk
        article.save_base(raw=True, force_insert=True)
    Page.objects.filter(pk=lantern.pk).update(numchild=MANY + 1)
    return Page.objects.child_of(lantern)


def test_a_thousand_articles_move_at_once(client, admin, many, lantern, harbour):
    assert move_to_house(many, harbour.house, admin) == MANY + 1
    assert Page.objects.child_of(harbour).count() == MANY + 1
    assert Page.find_problems() == ([], [], [], [], [])
    for slug in ("a", "a0", f"a{MANY - 1}"):
        response = client.get(f"{lantern.url}{slug}/")
        assert (response.status_code, response.url) == (301, f"{harbour.url}{slug}/")
