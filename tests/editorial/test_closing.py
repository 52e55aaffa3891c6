"""A house closes: its articles go to another one, every address answers, nobody keeps a right."""

import pytest
from django.core import mail
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Collection, Locale, ModelLogEntry, Page

from articles.models import ArticlePage
from editorial.models import open_state
from houses.models import House, HouseIndexPage, HousePage, Membership
from search.audit import audit
from search.searching import Request, search
from tests.editorial.acts import submit
from tests.factories import ArticlePageFactory, DocumentFactory, HouseFactory, PictureFactory
from tests.portal.reading import says, text_of


def close(client, user, house, heir, **fields):
    client.force_login(user)
    address = reverse("editorial_close_house", args=[house.pk])
    return client.post(address, {"heir": heir.pk, "is_understood": "on", **fields})


def house_of(page):
    return ArticlePage.objects.get(pk=page.pk).house


def found_of(house):
    """The articles found by the filter of `house`."""
    answer = search(Request(filters={"house": [house.slug], "kind": ["article"]}))
    return [hit.document.pk for hit in answer.hits]


@pytest.fixture
def garden(lantern):
    return ArticlePageFactory(parent=lantern, title="Le jardin")


def test_articles_and_drafts_go_to_the_heir(client, editor, garden, draft, lantern, harbour):
    assert close(client, editor, lantern.house, harbour.house).status_code == 302
    assert house_of(garden) == house_of(draft) == harbour.house
    assert client.get(garden.url).url == ArticlePage.objects.get(pk=garden.pk).url
    assert not ArticlePage.objects.get(pk=draft.pk).live
    assert found_of(harbour.house) == [garden.pk] and found_of(lantern.house) == []
    assert not list(audit())
    assert Page.find_problems() == ([], [], [], [], [])


def test_the_addresses_of_the_house_lead_to_the_heir(client, editor, lantern, harbour):
    Redirect.add_redirect("/notre-maison/", redirect_to=Page.objects.get(pk=lantern.pk))
    close(client, editor, lantern.house, harbour.house)
    client.logout()
    for address in (lantern.url, "/notre-maison/"):
        assert client.get(address).url == harbour.url
    assert lantern.title not in text_of(client.get(HouseIndexPage.objects.get().url))


def test_the_network_may_take_over(client, editor, garden, lantern, network):
    if not network.pages.exists():
        HouseIndexPage.objects.get().add_child(instance=HousePage(house=network))
    close(client, editor, lantern.house, network)
    assert house_of(garden) == network


def test_files_are_filed_with_those_of_the_heir(client, editor, lantern, harbour):
    collection = lantern.house.collection
    sub = collection.add_child(instance=Collection(name="Été"))
    picture, document = PictureFactory(collection=collection), DocumentFactory(collection=sub)
    close(client, editor, lantern.house, harbour.house)
    picture.refresh_from_db()
    document.refresh_from_db()
    mine = Collection.objects.get(pk=harbour.house.collection.pk)
    assert picture.collection == mine
    assert document.collection == sub and document.collection.is_child_of(mine)


def test_members_lose_their_rights_and_are_told(
    client, editor, lead, contributor, outsider, garden, lantern, harbour
):
    with_rights = ArticlePage.objects.get(pk=garden.pk)
    assert with_rights.permissions_for_user(lead).can_edit()
    close(client, editor, lantern.house, harbour.house)
    assert not Membership.objects.filter(house=lantern.house).exists()
    for person in (lead, contributor):
        person = type(person).objects.get(pk=person.pk)
        page = ArticlePage.objects.get(pk=garden.pk)
        assert not page.permissions_for_user(person).can_edit()
        assert not person.groups.exists()


def test_only_the_members_are_written_to(
    client, editor, lead, outsider, lantern, harbour, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        close(client, editor, lantern.house, harbour.house)
    assert [each.to for each in mail.outbox] == [[lead.email]]
    assert harbour.title in mail.outbox[0].body


def test_a_review_goes_on_at_the_heir(client, editor, contributor, lead, draft, lantern, harbour):
    submit(client, contributor, draft)
    close(client, editor, lantern.house, harbour.house)
    assert open_state(draft).house == harbour.house


def test_what_will_happen_is_said_first(client, editor, lead, garden, draft, lantern):
    PictureFactory(collection=lantern.house.collection)
    client.force_login(editor)
    response = client.get(reverse("editorial_close_house", args=[lantern.house.pk]))
    estate = response.context["estate"]
    assert (estate.articles, estate.drafts, estate.pictures, estate.documents) == (1, 1, 1, 0)
    assert str(lead.memberships.get()) in text_of(response)


def test_closing_needs_to_be_understood(client, editor, lantern, harbour):
    response = close(client, editor, lantern.house, harbour.house, is_understood="")
    assert response.status_code == 200
    assert House.objects.get(pk=lantern.house.pk).closed_on is None


def test_a_house_without_a_page_in_the_language_cannot_take_over(
    client, editor, garden, lantern, harbour
):
    english = Locale.objects.get(language_code="en")
    HouseIndexPage.objects.get().copy_for_translation(english, copy_parents=True)
    lantern.copy_for_translation(english)
    translation = garden.copy_for_translation(english)
    message = "This house has no page in this language: %(language)s."
    response = close(client, editor, lantern.house, harbour.house)
    assert says(response, message, language=english.get_display_name())
    harbour.copy_for_translation(english)
    close(client, editor, lantern.house, harbour.house)
    assert house_of(translation) == harbour.house


def test_a_house_without_a_public_page_cannot_take_over(client, editor, lantern):
    response = close(client, editor, lantern.house, HouseFactory())
    assert response.status_code == 200
    assert House.objects.get(pk=lantern.house.pk).closed_on is None


@pytest.mark.parametrize("name", ["contributor", "lead", "outsider"])
def test_only_the_network_closes_houses(client, request, name, lantern, harbour):
    response = close(client, request.getfixturevalue(name), lantern.house, harbour.house)
    assert response.status_code == 302
    assert House.objects.get(pk=lantern.house.pk).closed_on is None


def test_the_network_itself_never_closes(client, admin, network, harbour):
    close(client, admin, network, harbour.house)
    assert House.objects.get(pk=network.pk).closed_on is None


def test_a_house_closes_once(client, editor, lantern, harbour):
    close(client, editor, lantern.house, harbour.house)
    close(client, editor, lantern.house, harbour.house)
    assert ModelLogEntry.objects.filter(action="editorial.close_house").count() == 1


def test_a_closed_house_takes_no_member_and_no_article(
    client, editor, admin, outsider, lantern, harbour, garden
):
    close(client, editor, lantern.house, harbour.house)
    client.force_login(admin)
    add = reverse(Membership.snippet_viewset.get_url_name("add"))
    client.post(add, {"user": outsider.pk, "house": lantern.house.pk, "role": "lead"})
    assert not lantern.house.memberships.exists()
    move = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "move"])
    client.post(f"{move}?id={garden.pk}", {"house": lantern.house.pk})
    assert house_of(garden) == harbour.house


def test_the_history_of_the_house_says_who_took_over(client, editor, lantern, harbour):
    close(client, editor, lantern.house, harbour.house)
    history = House.snippet_viewset.get_url_name("history")
    response = client.get(reverse(history, args=[lantern.house.pk]))
    assert says(response, "Closed; %(heir)s took over", heir=harbour.title)


def test_closing_is_offered_where_houses_are_listed_and_edited(client, editor, lantern, network):
    client.force_login(editor)
    viewset = House.snippet_viewset
    address = reverse("editorial_close_house", args=[lantern.house.pk])
    assert address in client.get(reverse(viewset.get_url_name("list"))).text
    edit = viewset.get_url_name("edit")
    assert address in client.get(reverse(edit, args=[lantern.house.pk])).text
    of_network = reverse("editorial_close_house", args=[network.pk])
    assert of_network not in client.get(reverse(edit, args=[network.pk])).text
