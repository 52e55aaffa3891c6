"""Wagtail's own search, in the admin: on the site's database, and with any text.

On SQLite a double quote ends the expression that FTS5 reads, and the stock backend fails. It says
nothing of what is looked for, so it is taken as a space. And unless it has counted the texts, SQLite looks for the words in each of
them, one after the other, a hundred times slower.
"""

from django.db import connection
from wagtail.search.backends import database
from wagtail.search.models import IndexEntry
from wagtail.search.query import PlainText


class AnyTextMixin:
    def search(self, query, *args, **kwargs):
        return super().search(_plain(query), *args, **kwargs)

    def autocomplete(self, query, *args, **kwargs):
        return super().autocomplete(_plain(query), *args, **kwargs)


def SearchBackend(params):  # the name that Wagtail looks for
    """Return Wagtail's backend for the site's database, which takes any text."""
    stock = type(database.SearchBackend(params))
    return type(stock.__name__, (AnyTextMixin, stock), {})(params)


def learn_sizes() -> None:
    """Have SQLite count the texts, which others do by themselves."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {IndexEntry._meta.db_table}")


def _plain(query):
    if isinstance(query, PlainText):
        return PlainText(_plain(query.query_string), operator=query.operator)
    return query.replace('"', " ").strip() if isinstance(query, str) else query
