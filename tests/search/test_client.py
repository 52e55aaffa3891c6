"""Questions to the engine are answered in time or not at all, whatever answers."""

from types import SimpleNamespace

import pytest
from urllib3.exceptions import ProtocolError

from search.checks import check_search_url
from search.engines import EngineDown
from search.engines.client import Client, read_url
from tests.search.unreliable import CUT, ERROR, FAULTS, FORGETS, HANGS, OTHER, REFUSES, Unreliable


@pytest.fixture
def unreliable():
    server = Unreliable("127.0.0.1", 9)
    yield server
    server.close()


def client_of(server):
    return Client(read_url(f"opensearch://127.0.0.1:{server.port}"))


@pytest.mark.parametrize("fault", [fault for fault in FAULTS if fault != OTHER])
def test_a_faulty_server_is_down(unreliable, fault):
    unreliable.state = fault
    for _time in range(2):
        with pytest.raises(EngineDown):
            client_of(unreliable).ask("GET", "/", seconds=0.2)


def test_a_closed_port_is_down(unreliable):
    client = client_of(unreliable)
    unreliable.close()
    with pytest.raises(EngineDown):
        client.ask("GET", "/", seconds=0.2)


def test_an_error_says_why(unreliable):
    unreliable.state = ERROR
    with pytest.raises(EngineDown, match="HTTP 503: all shards failed"):
        client_of(unreliable).ask("GET", "/", seconds=1)


def test_a_server_that_is_well_again_is_answered(unreliable):
    client = client_of(unreliable)
    for fault in (HANGS, CUT, REFUSES):
        unreliable.state = fault
        with pytest.raises(EngineDown):
            client.ask("GET", "/", seconds=0.2)
    unreliable.state = OTHER
    assert client.ask("GET", "/", seconds=1)["hits"] == []


def test_what_a_connection_kept_open_is_closed_on_is_asked_again_at_once(unreliable):
    unreliable.state = FORGETS
    client = client_of(unreliable)
    for times in range(1, 4):
        assert client.ask("POST", "/", {"size": 1}, seconds=5)["hits"] == []
        # Each is answered on a connection of its own: the one before is closed on the question.
        assert unreliable.requests == times


def test_a_server_that_always_closes_is_asked_twice(unreliable):
    unreliable.state = REFUSES
    with pytest.raises(EngineDown):
        client_of(unreliable).ask("GET", "/", seconds=5)
    assert unreliable.requests == 2


def test_a_server_that_takes_all_the_time_is_asked_once(unreliable):
    unreliable.state = HANGS
    with pytest.raises(EngineDown):
        client_of(unreliable).ask("GET", "/", seconds=0.2)
    assert unreliable.requests == 1


@pytest.mark.parametrize(("taken", "limits"), [(0.1, [0.6, 0.5]), (0.4, [0.6])])
def test_it_is_asked_again_only_in_the_time_that_is_left(monkeypatch, taken, limits):
    clock, given = SimpleNamespace(now=0.0), []
    monkeypatch.setattr("search.engines.client.time", SimpleNamespace(monotonic=lambda: clock.now))

    def closed(timeout, **_request):
        given.append(timeout.total)
        clock.now += taken
        raise ProtocolError("Connection aborted.", ConnectionResetError())

    asking = Client(read_url("opensearch://127.0.0.1"))
    monkeypatch.setattr(asking._pool, "request", closed)
    with pytest.raises(EngineDown):
        asking.ask("GET", "/", seconds=0.6)
    assert given == pytest.approx(limits)


def test_an_address_says_everything():
    server = read_url("elasticsearch+tls://m%40rie:s3c%2Fret@search.example.org:443/my-site")
    assert server == (
        "elasticsearch",
        True,
        "search.example.org",
        443,
        "m@rie",
        "s3c/ret",
        "my-site",
    )
    assert read_url("opensearch://localhost") == (
        *("opensearch", False, "localhost", 9200, "", "", "maillage"),
    )


@pytest.mark.parametrize(
    ("url", "error"),
    [
        ("http://localhost:9200", "begins with 'http'"),
        ("opensearch+ssl://localhost", "begins with 'opensearch+ssl'"),
        ("localhost:9200", "begins with 'localhost'"),
        ("opensearch://", "names no server"),
        ("opensearch://localhost:port", "Port"),
        ("opensearch://localhost/Mon Site", "'Mon Site' cannot begin"),
        ("opensearch://localhost/a/b", "'a/b' cannot begin"),
    ],
)
def test_a_bad_address_is_told_by_a_check(settings, url, error):
    settings.SEARCH_URL = url
    (found,) = check_search_url(None)
    assert found.id == "search.E001"
    assert error in found.msg
    assert "opensearch://127.0.0.1:9200" in found.hint


def test_no_address_and_a_good_one_are_fine(settings):
    for url in ("", "opensearch://127.0.0.1:9200", "elasticsearch+tls://a:b@es.example.org/site"):
        settings.SEARCH_URL = url
        assert check_search_url(None) == []
