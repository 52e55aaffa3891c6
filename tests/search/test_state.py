from types import SimpleNamespace

from django.db import connection
from django.test.utils import CaptureQueriesContext

from search import state
from search.searching import Request, search
from tests.factories import ArticlePageFactory


def test_a_search_reads_each_mark_once(db, monkeypatch):
    read = []
    # Nothing is remembered within the transaction of a test.
    outside = SimpleNamespace(in_atomic_block=False)
    with monkeypatch.context() as patched:
        patched.setattr(state, "_read_mark", lambda name: read.append(name) or "mark")
        patched.setattr(state, "transaction", SimpleNamespace(get_connection=lambda: outside))
        search(Request(text="partager un local"))
    assert len(read) == len(set(read)) > 0


def test_a_repair_is_looked_for_once_until_something_is_published(db, monkeypatch, lantern):
    article = ArticlePageFactory(title="Prêter un minibus", parent=lantern)
    assert _suggested(monkeypatch, 1, "minnibus") == "minibus"
    with CaptureQueriesContext(connection) as queries:
        assert _suggested(monkeypatch, 1, "minnibus") == "minibus"
    assert not [query for query in queries if "search_word" in query["sql"]]
    article.unpublish()
    assert _suggested(monkeypatch, 2, "minnibus") == ""


def _suggested(monkeypatch, moment: int, text: str) -> str:
    """Return what is suggested as if outside of any transaction, when the marks are those of a `moment`."""
    outside = SimpleNamespace(in_atomic_block=False)
    with monkeypatch.context() as patched:
        patched.setattr(state, "_read_mark", lambda name: f"{name} {moment}")
        patched.setattr(state, "transaction", SimpleNamespace(get_connection=lambda: outside))
        return search(Request(text=text)).suggestion


def test_a_change_is_seen_after_the_moment(db):
    with state.one_moment():
        before = state.mark(state.WORDS)
        state.changed(state.WORDS)
        assert state.mark(state.WORDS) == before
    assert state.mark(state.WORDS) != before
