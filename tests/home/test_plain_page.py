import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, streamfield

from home.models import PlainPage
from houses.models import HouseIndexPage
from tests.factories import PlainPageFactory, put_online, restricted, stored
from tests.portal.reading import page_of, text_of


def test_a_plain_page_shows_its_text(client, home):
    page = PlainPageFactory(
        title="Accessibilité : état",
        summary="Où nous en sommes.",
        body=stored(
            ("heading", {"text": "Ce qui marche", "level": "2"}),
            ("paragraph", "<p>Le <b>clavier</b>.</p>"),
        ),
    )
    document = page_of(client.get(page.url))
    assert document.h1.text == "Accessibilité\u00a0: état"
    assert document.select_one(".lede").text == "Où nous en sommes."
    assert document.select_one(".prose h2").text == "Ce qui marche"
    assert document.select_one(".prose b").text == "clavier"


def test_what_was_written_is_escaped(client, home):
    harm = "<script>alert(1)</script>"
    page = PlainPageFactory(
        title=harm,
        slug="script",
        summary=harm,
        body=stored(("heading", {"text": harm, "level": "2"})),
    )
    response = client.get(page.url)
    assert "<script>alert" not in response.text
    assert text_of(response).count(harm) >= 3


def test_a_plain_page_has_an_address_below_its_parent(client, home):
    above = PlainPageFactory(title="Aide")
    below = PlainPageFactory(title="Écrire", parent=above)
    assert below.url == "/aide/ecrire/"
    assert client.get(below.url).status_code == 200


def test_a_draft_is_not_shown(client, home):
    assert client.get(PlainPageFactory(live=False).url).status_code == 404


def test_a_restricted_page_asks_to_log_in(client, home):
    page = restricted(PlainPageFactory(summary="Réservé aux membres"))
    response = client.get(page.url)
    assert response.status_code == 302
    assert "Réservé" not in client.get(page.url, follow=True).text


@pytest.mark.parametrize("name", ["contributor", "lead", "outsider"])
def test_plain_pages_are_written_by_the_network(client, request, home, name):
    client.force_login(request.getfixturevalue(name))
    address = reverse("wagtailadmin_pages:add", args=["home", "plainpage", home.pk])
    data = {"title": "Intrus", "slug": "intrus", "body": streamfield([])}
    assert client.post(address, nested_form_data(data)).status_code == 302
    assert not PlainPage.objects.exists()


def test_an_editor_writes_a_plain_page(client, editor, home):
    client.force_login(editor)
    address = reverse("wagtailadmin_pages:add", args=["home", "plainpage", home.pk])
    body = streamfield([("heading", {"text": "Qui sommes-nous", "level": "2"})])
    data = {"title": "À propos", "slug": "a-propos", "body": body}
    client.post(address, nested_form_data(data))
    put_online(PlainPage.objects.get(slug="a-propos"))
    assert "Qui sommes-nous" in client.get("/a-propos/").text


def test_a_plain_page_is_not_below_the_houses(home):
    assert not PlainPage.can_create_at(HouseIndexPage.objects.get())
    assert PlainPage.can_create_at(home)
