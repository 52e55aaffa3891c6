"""The search goes on whatever the external engine does, and is brought up to date once it is back."""

import os
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.core.cache import cache

from search import outbox
from search.audit import audit
from search.engines import EngineDown, choice, indices
from search.searching import Request, search
from tests.factories import ArticlePageFactory
from tests.search.conftest import publish
from tests.search.unreliable import FAULTS, REFUSES, WELL, Unreliable

pytestmark = [pytest.mark.django_db, pytest.mark.search_server]


@pytest.fixture
def unreliable(server, settings):
    """The real server, seen through one that fails when it is told to."""
    parts = urlsplit(os.environ["SEARCH_URL"])
    between = Unreliable(parts.hostname, parts.port)
    address = urlsplit(settings.SEARCH_URL)._replace(netloc=f"127.0.0.1:{between.port}")
    settings.SEARCH_URL = urlunsplit(address)
    yield between
    between.close()


def titles():
    results = search(Request(text="carnet"))
    return [hit.document.title for hit in results.hits], results.degraded


def rest():
    """Let the time pass that an engine is left alone."""
    choice._resting_until = 0.0
    cache.delete(choice.RESTING)


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_seen_by_nobody_and_leaves_no_trace(unreliable, lantern, monkeypatch, fault):
    old = ArticlePageFactory(parent=lantern, title="Carnet de prêt")
    gone = ArticlePageFactory(parent=lantern, title="Carnet perdu")
    publish()
    assert titles() == (["Carnet perdu", "Carnet de prêt"], False)

    unreliable.state = fault
    asked = unreliable.requests
    assert titles() == (["Carnet perdu", "Carnet de prêt"], True)
    # A connection that is closed may only have been kept open for too long: it is asked once more.
    assert unreliable.requests == asked + (2 if fault == REFUSES else 1)
    # The second search does not even ask.
    asked = unreliable.requests
    assert titles()[1]
    # Nor does publishing.
    new = ArticlePageFactory(parent=lantern, title="Carnet de bord")
    gone.unpublish()
    assert unreliable.requests == asked
    assert titles() == (["Carnet de bord", "Carnet de prêt"], True)
    with monkeypatch.context() as patched:
        patched.setattr(indices, "PATIENCE", 0.3)
        with pytest.raises(EngineDown):
            outbox.send_pending()

    unreliable.state = WELL
    rest()
    outbox.send_pending()
    publish()
    assert titles() == (["Carnet de bord", "Carnet de prêt"], False)
    assert list(audit()) == []
    assert {old.pk, new.pk} == {hit.document.pk for hit in search(Request(text="carnet")).hits}


def test_missing_indices_are_a_fault_too(server):
    indices.remove(",".join(indices.of_language("fr")))
    assert titles() == ([], True)


@pytest.mark.parametrize(
    "asked",
    [
        Request(text="carnet"),
        Request(text="deux mots"),
        Request(text="un prêt de carnets dans la maison du port"),
        Request(text='"carnet de bord" -registre', filters={"category": ("a",), "house": ("b",)}),
        Request(languages=("fr", "en")),
        Request(text="carnet", sort="date", page=2),
    ],
)
def test_a_search_is_one_request(unreliable, asked):
    before = unreliable.requests
    assert not search(asked).degraded
    assert unreliable.requests == before + 1
