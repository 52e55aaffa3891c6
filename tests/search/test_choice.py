"""The database answers while the external engine does not."""

import pytest
from django.core.cache import cache

from search.engines import EngineDown, Found, choice
from search.searching import Request, search
from tests.search.test_engines import write

pytestmark = pytest.mark.django_db


class StubEngine:
    """An engine that is down until it `is_well`; it counts how many times it is asked."""

    name = "opensearch"
    is_well, asked = False, 0

    def find(self, wanted):
        StubEngine.asked += 1
        if not StubEngine.is_well:
            raise EngineDown("no answer")
        return Found([(1, 1.0)], 1, {}, 1)


@pytest.fixture(autouse=True)
def stub(monkeypatch, settings):
    settings.SEARCH_URL = "opensearch://127.0.0.1:9"
    monkeypatch.setattr(choice, "RemoteEngine", StubEngine)
    monkeypatch.setattr(StubEngine, "is_well", False)
    monkeypatch.setattr(StubEngine, "asked", 0)
    write(1, "Carnet de prêt")


def carnet():
    return search(Request(text="carnet"))


def rest():
    """Let the time pass that an engine is left alone, in this process and in the others."""
    choice._resting_until = 0.0
    cache.delete(choice.RESTING)


def test_the_database_stands_in_and_says_so():
    results = carnet()
    assert [hit.document.title for hit in results.hits] == ["Carnet de prêt"]
    assert (results.engine, results.degraded) == ("database", True)


def test_an_engine_that_is_down_is_not_asked_again_at_once():
    assert [carnet().degraded for _time in range(3)] == [True] * 3
    assert StubEngine.asked == 1


def test_other_processes_know_that_it_is_down():
    carnet()
    choice._resting_until = 0.0
    assert carnet().degraded
    assert StubEngine.asked == 1


def test_a_process_knows_it_by_itself_where_the_cache_keeps_nothing():
    carnet()
    cache.clear()
    assert carnet().degraded
    assert StubEngine.asked == 1


def test_after_a_while_one_search_tries_it_while_others_go_on():
    carnet()
    rest()
    carnet()
    choice._resting_until = 0.0
    carnet()
    assert StubEngine.asked == 2


def test_an_engine_that_is_well_again_answers_everybody(caplog):
    carnet()
    rest()
    StubEngine.is_well = True
    assert [carnet().engine for _time in range(3)] == ["opensearch"] * 3
    assert [record.message for record in caplog.records] == [
        "The search engine is down, the database answers: no answer",
        "The search engine answers again.",
    ]


def test_without_an_address_nothing_is_degraded(settings):
    settings.SEARCH_URL = ""
    assert (carnet().engine, carnet().degraded) == ("database", False)
    assert StubEngine.asked == 0
