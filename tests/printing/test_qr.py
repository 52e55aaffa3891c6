"""The code that leads from paper to the site."""

from unittest import mock

import pytest
from django.urls import reverse

from printing import qr
from tests.portal.reading import page_of

ADDRESS = reverse("qr")


def test_a_code_leads_to_a_page_of_this_site(client):
    with mock.patch.object(qr.segno, "make_qr", wraps=qr.segno.make_qr) as made:
        response = client.get(ADDRESS, {"to": "/maisons/?q=1"})
    made.assert_called_once_with("http://testserver/maisons/?q=1", error="m")
    assert response["Content-Type"] == "image/svg+xml"
    assert response.content.startswith(b"<svg")
    assert "immutable" in response["Cache-Control"]


@pytest.mark.parametrize(
    "to", ["", "//example.org/", "https://example.org/", "maisons/", "/" + "a" * 300, "/\n", "/é"]
)
def test_a_code_leads_nowhere_else(client, to):
    assert client.get(ADDRESS, {"to": to}).status_code == 400


def test_a_code_asks_the_database_nothing(client, db, django_assert_num_queries):
    with django_assert_num_queries(0):
        client.get(ADDRESS, {"to": "/"})


def test_every_page_has_its_code_on_paper(client, lantern):
    for address in (lantern.url, reverse("search:page") + "?q=jardin&page=2"):
        (picture,) = page_of(client.get(address)).select(".on-paper img")
        assert picture["loading"] == "lazy"  # not asked for on a screen, where it is not shown
        assert client.get(picture["src"]).status_code == 200


def test_an_address_too_long_for_a_code_has_none(client, lantern):
    assert not page_of(client.get(lantern.url + "x" * 400)).select(".on-paper")
    assert qr.data_uri("http://testserver/" + "a" * 3000) == ""


def test_who_asks_for_too_many_codes_waits_and_no_cache_keeps_the_refusal(client, settings):
    settings.API_REQUESTS_A_MINUTE = 1
    assert client.get(ADDRESS, {"to": "/"}).status_code == 200
    refused = client.get(ADDRESS, {"to": "/maisons/"})
    assert refused.status_code == 429 and int(refused["Retry-After"]) > 0
    assert refused["Cache-Control"] == "no-store"


def test_a_refused_address_is_not_kept_as_a_code_is(client):
    assert "Cache-Control" not in client.get(ADDRESS, {"to": "//example.org/"})
