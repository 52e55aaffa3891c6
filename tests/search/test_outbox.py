"""What the external engine does not have yet is sent to it, once more rather than once too few."""

import signal
from threading import Event

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError

from search import outbox, projection
from search.engines import EngineDown, indices
from search.management.commands import search_worker
from search.models import SearchDocument
from search.searching import Request, search
from tests.search.conftest import publish
from tests.search.test_engines import write

pytestmark = pytest.mark.usefixtures("nothing_published")


def in_engine(language="fr"):
    """The version of each document that is found in the engine."""
    alias = indices.alias_of(language)
    indices.refresh(alias)
    return indices.versions(alias)


@pytest.mark.search_server
def test_what_is_pending_is_sent_once(server):
    write(1, "Carnet")
    write(2, "Ledger", language="en")
    assert outbox.send_pending() == (2, 0)
    assert (in_engine("fr"), in_engine("en")) == ({1: 1}, {2: 1})
    assert outbox.send_pending() == (0, 0)


@pytest.mark.search_server
def test_changes_and_withdrawals_follow(server):
    write(1, "Carnet")
    write(2, "Registre")
    outbox.send_pending()
    write(1, "Carnet de bord")
    projection.withdraw([2])
    assert outbox.send_pending() == (2, 0)
    assert in_engine() == {1: 2}
    write(2, "Registre")
    outbox.send_pending()
    assert in_engine() == {1: 2, 2: 3}


@pytest.mark.search_server
def test_an_older_version_that_comes_late_does_no_harm(server):
    write(1, "Carnet")
    old = SearchDocument.objects.get(pk=1)
    projection.withdraw([1])
    outbox.send_pending()
    texts = {1: ("carnet", [("carnet", 100)])}
    alias = indices.alias_of("fr")
    assert indices.write([indices.index_lines(alias, old, *texts[1])]).kept == {1}
    assert in_engine() == {}


@pytest.mark.search_server
def test_what_changes_while_it_is_sent_stays_pending(server, monkeypatch):
    write(1, "Carnet")
    really_write = indices.write

    def write_while_it_changes(lines):
        write(1, "Carnet de bord")
        return really_write(lines)

    monkeypatch.setattr(indices, "write", write_while_it_changes)
    outbox.send_pending()
    assert [document.version for document in SearchDocument.objects.pending()] == [2]


@pytest.mark.search_server
def test_a_text_that_changed_after_its_document_was_read_is_not_sent(server):
    write(1, "Carnet")
    old = SearchDocument.objects.get(pk=1)
    write(1, "Secret", who="login")
    assert outbox.send([old]).kept == set()
    assert in_engine() == {}


@pytest.mark.search_server
def test_what_is_hidden_is_neither_found_nor_counted_before_the_engine_knows(server):
    for pk in (1, 2, 3):
        write(pk, "Carnet", tag=[f"tag-{pk}"])
    publish()
    projection.withdraw([1])
    write(2, "Carnet", who="login", tag=["tag-2"])
    results = search(Request(text="carnet"))
    assert (results.engine, results.total) == (server.split(":")[0], 1)
    [tags] = [facet.choices for facet in results.facets if facet.name == "tag"]
    assert [(choice.value, choice.count) for choice in tags] == [("tag-3", 1)]


@pytest.mark.search_server
def test_one_refused_document_stops_no_other(server, monkeypatch):
    for pk in (1, 2, 3):
        write(pk, f"Carnet {pk}")
    really_read = outbox.read_texts

    def read_with_one_wrong(documents):
        for document in documents:
            if document.pk == 2:
                document.published_on = type("Day", (), {"isoformat": lambda self: "someday"})()
        return really_read(documents)

    monkeypatch.setattr(outbox, "read_texts", read_with_one_wrong)
    assert outbox.send_pending() == (2, 1)
    assert in_engine() == {1: 1, 3: 1}
    assert [document.pk for document in SearchDocument.objects.pending()] == [2]


@pytest.mark.search_server
def test_without_its_indices_the_engine_is_down_and_makes_none_by_itself(server):
    write(1, "Carnet")
    indices.remove(",".join(indices.of_language("fr")))
    with pytest.raises(EngineDown):
        outbox.send_pending()
    assert indices.of_language("fr") == {}
    assert SearchDocument.objects.pending().count() == 1


@pytest.mark.search_server
def test_the_worker_sends_what_is_pending_and_ends(server, capsys):
    write(1, "Carnet")
    call_command("search_worker", once=True)
    assert in_engine() == {1: 1}
    assert "1 documents sent" in capsys.readouterr().out


def test_the_worker_says_where_there_is_nothing_to_send_to():
    with pytest.raises(CommandError, match="SEARCH_URL"):
        call_command("search_worker")


def test_loads_are_cut_before_they_are_too_large(monkeypatch):
    monkeypatch.setattr(outbox, "LARGEST", 10)
    lines = [b"1234", b"5678", b"90123456789", b"", b"1"]
    assert list(outbox.in_loads(lines)) == [[b"1234", b"5678"], [b"90123456789"], [b"", b"1"]]
    assert list(outbox.in_loads([b""])) == []


class Days(Event):
    """The worker's life, told in advance: what each look at the projection gives."""

    def __init__(self, monkeypatch, *outcomes):
        super().__init__()
        self.outcomes, self.pauses = list(outcomes), []
        monkeypatch.setattr(outbox, "send_pending", self.send)

    def send(self):
        outcome = self.outcomes.pop(0)
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    def wait(self, pause):
        self.pauses.append(round(pause, 2))
        if not self.outcomes:
            self.set()


def test_the_worker_outlives_an_engine_and_a_database_that_are_down(monkeypatch, caplog):
    down, locked = EngineDown("no answer"), OperationalError("database is locked")
    days = Days(monkeypatch, (1, 0), *[down] * 6, locked, (7, 0), (0, 0))
    search_worker.run(days)
    assert days.pauses[:8] == [0.3, 0.6, 1.2, 2.4, 4.8, 5, 5, 5]
    assert days.pauses[8] == 0.3
    assert [record.message for record in caplog.records] == [
        "Nothing can be sent to the search engine: no answer",
        "The search engine is up to date again.",
    ]


def test_an_idle_worker_looks_less_often(monkeypatch):
    days = Days(monkeypatch, *[(0, 0)] * 12, (1, 0))
    search_worker.run(days)
    assert days.pauses[0] < days.pauses[3] < days.pauses[10] == 1.0
    assert days.pauses[-1] == 0.3


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_worker_that_is_told_to_stop_ends(settings, monkeypatch, number):
    settings.SEARCH_URL = "opensearch://127.0.0.1:9"
    before = {each: signal.getsignal(each) for each in (signal.SIGTERM, signal.SIGINT)}
    looks = []

    def look():
        looks.append(1)
        signal.raise_signal(number)
        return 0, 0

    monkeypatch.setattr(outbox, "send_pending", look)
    try:
        call_command("search_worker")
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)
    assert len(looks) == 1
