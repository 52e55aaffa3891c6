"""New indices are made while searches and publications go on, and whatever kills the making."""

import threading

import pytest
from django.core.management import CommandError, call_command

from search import outbox, projection, reindexing
from search.audit import audit
from search.engines import indices
from search.models import SearchDocument, Word
from search.searching import Request, search
from tests.search.conftest import publish
from tests.search.test_engines import write

pytestmark = pytest.mark.usefixtures("nothing_published")


@pytest.fixture
def impatient(monkeypatch):
    """Leave the old index no longer than the tests need."""
    monkeypatch.setattr(reindexing, "LONGEST_SEARCH", 0)


@pytest.fixture
def filled(server, impatient):
    """A server that has a hundred documents."""
    for pk in range(1, 101):
        write(pk, f"Carnet {pk}")
    publish()
    return server


def differences():
    """The differences with the engine: these documents have no page."""
    return [told for told in audit() if "engine" in told]


def total(text="carnet"):
    results = search(Request(text=text))
    assert not results.degraded
    return results.total


@pytest.mark.search_server
def test_a_first_index_is_made_where_there_is_none(server, impatient, capsys):
    indices.remove(",".join([*indices.of_language("fr"), *indices.of_language("en")]))
    write(1, "Carnet")
    write(2, "Ledger", language="en")
    call_command("reindex")
    assert total() == 1
    assert "fr: 1 documents" in capsys.readouterr().out
    assert not SearchDocument.objects.present().pending()
    assert differences() == []


@pytest.mark.search_server
def test_the_old_index_is_removed_and_only_it(filled):
    (old,) = indices.of_language("fr")
    neighbour = f"{indices.alias_of('fr')}-be-{'0' * 20}"
    indices.ask("PUT", f"/{neighbour}")
    try:
        call_command("reindex")
        (new,) = indices.of_language("fr")
        assert new != old
        assert indices.of_language("fr-be") == {neighbour: False}
    finally:
        indices.remove(neighbour)


STAGES = ["create", "write", "settle", "swap", "versions", "remove"]


@pytest.mark.search_server
@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("when", ["before", "after"])
def test_a_run_that_is_killed_harms_nothing_and_can_be_run_again(filled, monkeypatch, stage, when):
    really = getattr(indices, stage)

    def die(*arguments):
        if when == "after":
            really(*arguments)
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(indices, stage, die)
        with pytest.raises(KeyboardInterrupt):
            call_command("reindex")
    assert total() == 100
    write(101, "Carnet 101")
    call_command("reindex")
    assert total() == 101
    assert len(indices.of_language("fr")) == 1
    assert differences() == []


@pytest.mark.search_server
def test_searches_go_on_and_what_is_published_meanwhile_is_found(filled, monkeypatch):
    published, really_ask = [], indices.ask

    def change():
        with monkeypatch.context() as patched:
            patched.setattr(indices, "ask", really_ask)
            published.append(200 + len(published))
            write(published[-1], f"Pendant {published[-1]}", body="carnet")
            projection.withdraw([len(published)])
            outbox.send_pending()
            assert total() > 0

    def ask_in_the_middle_of_changes(*arguments):
        # The loads are sent from other threads, which see nothing of a test's transaction.
        if threading.current_thread() is not threading.main_thread():
            return really_ask(*arguments)
        change()
        answer = really_ask(*arguments)
        change()
        return answer

    monkeypatch.setattr(indices, "ask", ask_in_the_middle_of_changes)
    call_command("reindex")
    monkeypatch.setattr(indices, "ask", really_ask)
    publish()
    assert total("pendant") == len(published) > 20
    assert total() == 100
    assert differences() == []


@pytest.mark.search_server
def test_what_is_published_meanwhile_is_found_without_the_worker(filled, monkeypatch):
    really_swap = indices.swap

    def swap_after_a_change(*arguments):
        write(200, "Carnet 200")
        projection.withdraw([1])
        really_swap(*arguments)

    monkeypatch.setattr(indices, "swap", swap_after_a_change)
    call_command("reindex")
    assert total() == 100
    assert not SearchDocument.objects.pending().filter(pk=200)


@pytest.mark.search_server
def test_a_document_with_many_values_and_words_is_taken_whole(server, impatient):
    write(1, "Long", " ".join(f"mot{number}" for number in range(20_000)), tag=["x" * 300])
    call_command("reindex")
    assert total("mot19999") == 1
    assert total('"mot500 mot501"') == 1


def test_it_says_where_there_is_no_engine_and_where_it_is_down(settings):
    with pytest.raises(CommandError, match="--database"):
        call_command("reindex")
    settings.SEARCH_URL = "opensearch://127.0.0.1:9"
    with pytest.raises(CommandError, match="is down"):
        call_command("reindex")


# -- The index inside the database -------------------------------------------------------------------------------------


def test_the_index_of_the_database_is_made_again(capsys):
    write(1, "Carnet de prêt", "Une sono.", category=["materiel"])
    write(2, "Carnet réservé", who="login")
    before = rows()
    for name in ("posting_set", "facetentry_set"):
        for document in SearchDocument.objects.all():
            getattr(document, name).all().delete()
    call_command("reindex", database=True)
    assert rows() == before
    assert search(Request(text="sono")).total == 1
    assert "2 documents" in capsys.readouterr().out


def rows():
    return [
        (
            sorted(document.posting_set.values_list("term", "impact")),
            sorted(document.facetentry_set.values_list("value", "scope")),
            document.documenttext.words,
        )
        for document in SearchDocument.objects.present().order_by("pk")
    ]


def test_words_that_nobody_writes_any_more_are_forgotten():
    write(1, "Carnet de prêt")
    write(2, "Minibus")
    projection.withdraw([2])
    assert Word.objects.filter(text="minibus").exists()
    call_command("reindex", database=True)
    assert not Word.objects.filter(text="minibus").exists()
    assert Word.objects.filter(text="carnet").exists()
