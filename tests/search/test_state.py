from types import SimpleNamespace

from search import state
from search.searching import Request, search


def test_a_search_reads_each_mark_once(db, monkeypatch):
    read = []
    # Nothing is remembered within the transaction of a test.
    outside = SimpleNamespace(in_atomic_block=False)
    with monkeypatch.context() as patched:
        patched.setattr(state, "_read_mark", lambda name: read.append(name) or "mark")
        patched.setattr(state, "transaction", SimpleNamespace(get_connection=lambda: outside))
        search(Request(text="partager un local"))
    assert len(read) == len(set(read)) > 0


def test_a_change_is_seen_after_the_moment(db):
    with state.one_moment():
        before = state.mark(state.WORDS)
        state.changed(state.WORDS)
        assert state.mark(state.WORDS) == before
    assert state.mark(state.WORDS) != before
