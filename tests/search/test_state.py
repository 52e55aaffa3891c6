from search import state
from search.searching import Request, search


def test_a_search_reads_each_mark_once(transactional_db, monkeypatch):
    read = []
    monkeypatch.setattr(state, "_read_mark", lambda name: read.append(name) or "mark")
    search(Request(text="partager un local"))
    assert len(read) == len(set(read)) > 0


def test_a_change_is_seen_after_the_moment(db):
    with state.one_moment():
        before = state.mark(state.WORDS)
        state.changed(state.WORDS)
        assert state.mark(state.WORDS) == before
    assert state.mark(state.WORDS) != before
