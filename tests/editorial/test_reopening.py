"""A closed house opens again: its page is back at its address, what it left stays with the house that took over."""

import pytest
from django.urls import reverse
from wagtail.models import ModelLogEntry

from editorial.closing import close_house
from editorial.models import Mail
from houses.models import House, HousePage, Membership
from tests.factories import ArticlePageFactory, MembershipFactory
from tests.portal.reading import says, text_of


def reopen(client, user, house, **fields):
    client.force_login(user)
    address = reverse("editorial_reopen_house", args=[house.pk])
    return client.post(address, {"is_understood": "on", **fields})


def is_open(house):
    return House.objects.get(pk=house.pk).closed_on is None


@pytest.fixture
def garden(lantern):
    return ArticlePageFactory(parent=lantern, title="Le jardin")


@pytest.fixture
def closed(garden, lantern, harbour, editor):
    """La Lanterne, closed; Le Port took over."""
    close_house(lantern.house, harbour.house, editor)
    return House.objects.get(pk=lantern.house.pk)


def test_the_page_answers_again_and_the_articles_stay(
    client, admin, closed, lantern, harbour, garden
):
    response = reopen(client, admin, closed)
    assert response.url == reverse("team:team", args=[closed.pk])
    client.logout()
    assert client.get(lantern.url).status_code == 200
    assert client.get(garden.url).url.startswith(harbour.url)
    assert is_open(closed) and not closed.memberships.exists()


def test_what_was_public_comes_back_not_the_draft_that_came_after(
    client, admin, editor, closed, lantern
):
    draft = HousePage.objects.get(pk=lantern.pk)
    draft.search_description = "Rien de relu."
    draft.save_revision(user=editor)
    reopen(client, admin, closed)
    page = HousePage.objects.get(pk=lantern.pk)
    assert page.live and page.search_description == ""


def test_a_page_that_was_no_longer_public_stays_offline(client, admin, lantern, harbour, editor):
    lantern.unpublish()
    close_house(lantern.house, harbour.house, editor)
    reopen(client, admin, lantern.house)
    assert is_open(lantern.house) and not HousePage.objects.get(pk=lantern.pk).live


def test_it_takes_people_and_articles_again(client, admin, closed, outsider, garden):
    reopen(client, admin, closed)
    add = reverse(Membership.snippet_viewset.get_url_name("add"))
    client.post(add, {"user": outsider.pk, "house": closed.pk, "role": "lead"})
    assert closed.memberships.get().user == outsider
    move = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "move"])
    client.post(f"{move}?id={garden.pk}", {"house": closed.pk})
    assert type(garden).objects.get(pk=garden.pk).house == closed


def test_the_screen_says_what_comes_back_and_where_the_rest_is(client, admin, closed, harbour):
    client.force_login(admin)
    response = client.get(reverse("editorial_reopen_house", args=[closed.pk]))
    listing = f"{reverse('articles_admin:index')}?house={harbour.pk}"
    assert f'href="{listing}"' in response.text
    assert "Le jardin" in text_of(client.get(listing))


def test_reopening_needs_to_be_understood(client, admin, closed):
    assert reopen(client, admin, closed, is_understood="").status_code == 200
    assert not is_open(closed)


@pytest.mark.parametrize("name", ["editor", "outsider"])
def test_only_administrators_reopen(client, request, name, closed):
    assert reopen(client, request.getfixturevalue(name), closed).status_code == 302
    assert not is_open(closed)


def test_an_open_house_is_not_opened_again(client, admin, closed):
    reopen(client, admin, closed)
    assert reopen(client, admin, closed).status_code == 302
    entries = ModelLogEntry.objects.filter(action="editorial.reopen_house")
    assert [entry.user for entry in entries] == [admin]
    history = reverse(House.snippet_viewset.get_url_name("history"), args=[closed.pk])
    assert says(client.get(history), "Opened again")


def test_reopening_is_offered_to_administrators_in_place_of_closing(client, admin, editor, closed):
    viewset = House.snippet_viewset
    screens = [
        reverse(viewset.get_url_name("list")),
        reverse(viewset.get_url_name("edit"), args=[closed.pk]),
    ]
    reopening = reverse("editorial_reopen_house", args=[closed.pk])
    closing = reverse("editorial_close_house", args=[closed.pk])
    for person, is_offered in ((admin, True), (editor, False)):
        client.force_login(person)
        for screen in screens:
            shown = client.get(screen).text
            assert (reopening in shown) == is_offered and closing not in shown


def test_a_house_may_close_again_and_its_people_are_told_again(
    client, lead, admin, closed, lantern, harbour
):
    reopen(client, admin, closed)
    MembershipFactory(user=lead, house=closed)
    close_house(closed, harbour.house, admin)
    assert not is_open(closed)
    assert Mail.objects.filter(user=lead, event__startswith="house-closed:").count() == 2
    client.logout()
    assert client.get(lantern.url).url == harbour.url
