import pytest
from django.db import connection

from articles.models import ArticlePage
from tests.factories import ArticlePageFactory


@pytest.mark.postgresql
@pytest.mark.django_db
def test_articles_are_ordered_alike_on_postgresql(lantern):
    """PostgreSQL puts what has no value first where SQLite puts it last; the listing has one order."""
    if connection.vendor != "postgresql":
        pytest.skip("PostgreSQL: set DATABASE_URL to run the whole suite on a server")
    undated = ArticlePageFactory(parent=lantern)
    dated = ArticlePageFactory(parent=lantern, published_on="2026-05-01")
    assert list(ArticlePage.objects.newest_first()) == [dated, undated]
