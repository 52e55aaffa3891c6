"""Wagtail's own search, in the admin: on the site's database, and with any text.

On SQLite a double quote ends the expression that FTS5 reads, and the stock backend fails. It says
nothing of what is looked for, so it is taken as a space.
"""

from wagtail.search.backends import database
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


def _plain(query):
    if isinstance(query, PlainText):
        return PlainText(_plain(query.query_string), operator=query.operator)
    return query.replace('"', " ").strip() if isinstance(query, str) else query
