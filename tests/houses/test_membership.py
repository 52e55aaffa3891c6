"""What belonging to a house allows, tried by doing it through the admin."""

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.translation import gettext
from wagtail.documents import get_document_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection

from articles.models import ArticlePage
from houses.models import Membership, Role
from portal.models import Picture
from tests.factories import (
    ArticlePageFactory,
    MembershipFactory,
    PictureFactory,
    UserFactory,
    article_form_data,
    translated,
)
from tests.portal.reading import says

HOME = reverse("wagtailadmin_home")
ADD_MEMBERSHIP = reverse("wagtailsnippets_houses_membership:add")


def picture_upload():
    return SimpleUploadedFile("facade.png", get_test_image_file().file.getvalue(), "image/png")


def add_article(client, house_page, **fields):
    address = reverse("wagtailadmin_pages:add", args=["articles", "articlepage", house_page.pk])
    return client.post(address, article_form_data(**fields))


def edit_article(client, article, **fields):
    address = reverse("wagtailadmin_pages:edit", args=[article.pk])
    return client.post(address, article_form_data(slug=article.slug, **fields))


def draft_title(page):
    return ArticlePage.objects.get(pk=page.pk).get_latest_revision_as_object().title


@pytest.fixture
def article(lantern, lead):
    """A published article of the house, written by its lead."""
    return ArticlePageFactory(parent=lantern, title="Écrit par la référente", owner=lead)


# A membership


def test_a_person_belongs_to_a_house_once(lantern, contributor):
    with pytest.raises(ValidationError) as refusal:
        Membership(user=contributor, house=lantern.house, role=Role.LEAD).full_clean()
    assert refusal.value.messages == [gettext("This person already belongs to this house.")]


def test_a_membership_names_person_role_and_house(contributor):
    text = str(contributor.memberships.get())
    assert "contributor" in text and "La Lanterne" in text
    assert str(Role.CONTRIBUTOR.label) in text


def test_a_second_membership_is_refused_with_a_message(client, admin, lantern, contributor):
    client.force_login(admin)
    data = {"user": contributor.pk, "house": lantern.house.pk, "role": Role.LEAD}
    response = client.post(ADD_MEMBERSHIP, data)
    assert response.status_code == 200
    assert says(response, "This person already belongs to this house.")
    assert contributor.memberships.get().role == Role.CONTRIBUTOR


@pytest.mark.parametrize("role", Role)
def test_adding_a_person_gives_the_rights_of_the_role(client, admin, lantern, harbour, role):
    person = UserFactory(username="new")
    client.force_login(admin)
    client.post(ADD_MEMBERSHIP, {"user": person.pk, "house": lantern.house.pk, "role": role})
    assert [group.house_group.role for group in person.groups.all()] == [role]
    own, other = lantern.permissions_for_user(person), harbour.permissions_for_user(person)
    assert own.can_add_subpage() and own.can_edit() == (role == Role.LEAD)
    assert not own.can_publish() and not own.can_delete()
    assert not other.can_add_subpage() and not other.can_edit()
    client.force_login(person)
    assert client.get(HOME).status_code == 200


def test_removing_a_person_takes_the_rights_at_once(client, admin, lantern, contributor):
    client.force_login(admin)
    membership = contributor.memberships.get()
    client.post(reverse("wagtailsnippets_houses_membership:delete", args=[membership.pk]))
    assert not contributor.memberships.exists() and not contributor.groups.exists()
    client.force_login(contributor)
    assert add_article(client, lantern).status_code == 302
    assert not ArticlePage.objects.exists()


def test_removing_several_people_takes_the_rights_of_each(client, admin, contributor, lead):
    client.force_login(admin)
    ids = "&".join(f"id={membership.pk}" for membership in Membership.objects.all())
    address = reverse("wagtail_bulk_action", args=["houses", "membership", "delete"])
    client.post(f"{address}?{ids}")
    assert not Membership.objects.exists()
    assert not contributor.groups.exists() and not lead.groups.exists()


def test_moving_a_person_to_another_house_takes_the_first_one_away(
    client, admin, lantern, harbour, contributor
):
    client.force_login(admin)
    membership = contributor.memberships.get()
    address = reverse("wagtailsnippets_houses_membership:edit", args=[membership.pk])
    data = {"user": contributor.pk, "house": harbour.house.pk, "role": Role.CONTRIBUTOR}
    client.post(address, data)
    assert not lantern.permissions_for_user(contributor).can_add_subpage()
    assert harbour.permissions_for_user(contributor).can_add_subpage()


def test_giving_a_membership_to_another_person_takes_it_from_the_first(
    client, admin, lantern, contributor
):
    other = UserFactory(username="other")
    client.force_login(admin)
    membership = contributor.memberships.get()
    address = reverse("wagtailsnippets_houses_membership:edit", args=[membership.pk])
    client.post(address, {"user": other.pk, "house": lantern.house.pk, "role": Role.CONTRIBUTOR})
    assert lantern.permissions_for_user(other).can_add_subpage()
    assert not lantern.permissions_for_user(contributor).can_add_subpage()


def test_a_new_role_takes_the_place_of_the_old_one(client, admin, lantern, lead):
    client.force_login(admin)
    membership = lead.memberships.get()
    address = reverse("wagtailsnippets_houses_membership:edit", args=[membership.pk])
    data = {"user": lead.pk, "house": lantern.house.pk, "role": Role.CONTRIBUTOR}
    client.post(address, data)
    assert [group.house_group.role for group in lead.groups.all()] == [Role.CONTRIBUTOR]
    assert not lantern.permissions_for_user(lead).can_edit()


def test_somebody_of_two_houses_has_the_rights_of_each(lantern, harbour, lead):
    MembershipFactory(user=lead, house=harbour.house)
    assert lantern.permissions_for_user(lead).can_edit()
    assert harbour.permissions_for_user(lead).can_add_subpage()
    assert not harbour.permissions_for_user(lead).can_edit()


def test_the_rights_are_those_on_the_page_of_the_house_in_every_language(
    lantern, harbour, contributor, lead
):
    english, other = translated(lantern, "en"), translated(harbour, "en")
    for user, may_edit in ((contributor, False), (lead, True)):
        assert english.permissions_for_user(user).can_add_subpage()
        assert english.permissions_for_user(user).can_edit() == may_edit
        assert not other.permissions_for_user(user).can_add_subpage()
    Membership.objects.all().delete()
    for user in (contributor, lead):
        user = get_user_model().objects.get(pk=user.pk)
        assert not english.permissions_for_user(user).can_add_subpage()


def test_somebody_of_no_house_does_not_enter_the_admin(client, home):
    client.force_login(UserFactory(username="visitor"))
    response = client.get(HOME)
    assert response.status_code == 302
    assert reverse("wagtailadmin_login") in response.url


@pytest.mark.parametrize("name", ["contributor", "lead", "outsider", "editor"])
def test_memberships_are_given_by_administrators_only(client, request, lantern, name):
    person, friend = request.getfixturevalue(name), UserFactory(username="friend")
    client.force_login(person)
    data = {"user": friend.pk, "house": lantern.house.pk, "role": Role.LEAD}
    assert client.post(ADD_MEMBERSHIP, data).status_code == 302
    assert not friend.memberships.exists()


def test_the_list_asks_as_many_queries_whatever_its_length(
    client, admin, lead, django_assert_max_num_queries
):
    client.force_login(admin)
    address = reverse("wagtailsnippets_houses_membership:list")
    client.get(address)
    with django_assert_max_num_queries(40) as captured:
        client.get(address)
    MembershipFactory.create_batch(5)
    with django_assert_max_num_queries(len(captured)):
        client.get(address)


# Contributor


def test_a_contributor_writes_under_their_own_house(client, lantern, contributor):
    client.force_login(contributor)
    assert add_article(client, lantern, title="Le jardin").status_code == 302
    article = ArticlePage.objects.get()
    assert article.title == "Le jardin"
    assert article.owner == contributor and article.house == lantern.house
    assert not article.live


def test_a_contributor_cannot_write_under_another_house(client, harbour, contributor):
    client.force_login(contributor)
    response = add_article(client, harbour)
    assert (response.status_code, response.url) == (302, HOME)
    assert not ArticlePage.objects.exists()


def test_a_contributor_cannot_publish(client, lantern, contributor):
    client.force_login(contributor)
    add_article(client, lantern, **{"action-publish": "1"})
    article = ArticlePage.objects.get()
    edit_article(client, article, title="Encore", **{"action-publish": "1"})
    assert not ArticlePage.objects.get().live
    assert draft_title(article) == "Encore"
    assert client.get(article.url).status_code == 404


def test_a_contributor_edits_what_they_wrote(client, lantern, contributor):
    client.force_login(contributor)
    add_article(client, lantern)
    edit_article(client, ArticlePage.objects.get(), title="Corrigé")
    assert draft_title(ArticlePage.objects.get()) == "Corrigé"


def test_a_contributor_does_not_edit_what_others_wrote(client, article, contributor):
    client.force_login(contributor)
    response = edit_article(client, article, title="Changé")
    assert (response.status_code, response.url) == (302, HOME)
    assert draft_title(article) == "Écrit par la référente"


def test_a_contributor_does_not_copy_or_move_into_another_house(
    client, lantern, harbour, contributor
):
    article = ArticlePageFactory(parent=lantern, owner=contributor, live=False)
    client.force_login(contributor)
    client.post(
        reverse("wagtailadmin_pages:copy", args=[article.pk]),
        {"new_title": "Copie", "new_slug": "copie", "new_parent_page": harbour.pk, "alias": ""},
    )
    client.post(reverse("wagtailadmin_pages:move_confirm", args=[article.pk, harbour.pk]))
    assert not ArticlePage.objects.child_of(harbour).exists()


def test_a_contributor_adds_pictures_to_the_collection_of_their_house(client, lantern, contributor):
    client.force_login(contributor)
    data = {"title": "La façade", "file": picture_upload(), "tags": ""}
    client.post(reverse("wagtailimages:add"), data)
    picture = Picture.objects.get()
    assert (picture.title, picture.uploaded_by_user) == ("La façade", contributor)
    assert picture.collection == lantern.house.collection


def test_a_contributor_adds_no_picture_to_the_collection_of_another_house(
    client, harbour, contributor
):
    client.force_login(contributor)
    collection = harbour.house.collection_id
    data = {"title": "La façade", "file": picture_upload(), "collection": collection}
    client.post(reverse("wagtailimages:add"), data)
    assert not Picture.objects.filter(collection=collection).exists()


def test_a_contributor_adds_documents_to_the_collection_of_their_house(
    client, lantern, contributor
):
    client.force_login(contributor)
    file = SimpleUploadedFile("statuts.txt", b"Article 1")
    client.post(reverse("wagtaildocs:add"), {"title": "Statuts", "file": file, "tags": ""})
    assert get_document_model().objects.get().collection == lantern.house.collection


def test_a_contributor_chooses_pictures_of_their_house(client, lantern, harbour, contributor):
    PictureFactory(title="La façade", collection=lantern.house.collection)
    PictureFactory(title="Le quai", collection=harbour.house.collection)
    client.force_login(contributor)
    response = client.get(reverse("wagtailimages_chooser:choose"))
    listing = response.json()["html"]
    assert "La façade" in listing and "Le quai" not in listing


# Lead


def test_a_lead_edits_what_others_of_the_house_wrote(client, lantern, lead, contributor):
    article = ArticlePageFactory(parent=lantern, owner=contributor)
    client.force_login(lead)
    edit_article(client, article, title="Relu par la référente")
    assert draft_title(article) == "Relu par la référente"


def test_a_lead_does_not_edit_in_another_house(client, harbour, lead):
    article = ArticlePageFactory(parent=harbour, title="Du port")
    client.force_login(lead)
    assert edit_article(client, article, title="Changé").status_code == 302
    assert draft_title(article) == "Du port"


def test_a_lead_cannot_publish(client, article, lead):
    client.force_login(lead)
    edit_article(client, article, title="Pas encore", **{"action-publish": "1"})
    assert draft_title(article) == "Pas encore"
    assert ArticlePage.objects.get().title == "Écrit par la référente"


def test_a_lead_cannot_unpublish_or_delete_what_is_public(client, article, lead):
    client.force_login(lead)
    client.post(reverse("wagtailadmin_pages:unpublish", args=[article.pk]))
    client.post(reverse("wagtailadmin_pages:delete", args=[article.pk]))
    assert ArticlePage.objects.get().live


def test_a_lead_edits_the_page_of_the_house(client, lantern, lead):
    client.force_login(lead)
    address = reverse("wagtailadmin_pages:edit", args=[lantern.pk])
    data = {"house": lantern.house.pk, "slug": lantern.slug, "introduction": "null"}
    client.post(address, {**data, "summary": "Une maison ouverte."})
    lantern.refresh_from_db()
    assert lantern.get_latest_revision_as_object().summary == "Une maison ouverte."


def test_a_lead_changes_pictures_that_others_of_the_house_added(client, lantern, lead, contributor):
    picture = PictureFactory(
        collection=lantern.house.collection, uploaded_by_user=contributor, title="Sans titre"
    )
    client.force_login(lead)
    data = {"title": "La façade", "tags": "", "collection": picture.collection_id}
    client.post(reverse("wagtailimages:edit", args=[picture.pk]), data)
    picture.refresh_from_db()
    assert picture.title == "La façade"


# Others


def test_an_outsider_sees_no_draft_of_another_house(client, lantern, outsider):
    draft = ArticlePageFactory(parent=lantern, title="Brouillon secret", live=False)
    client.force_login(outsider)
    addresses = [
        reverse("wagtailadmin_pages:edit", args=[draft.pk]),
        reverse("wagtailadmin_pages:view_draft", args=[draft.pk]),
        reverse("wagtailadmin_pages:revisions_view", args=[draft.pk, draft.latest_revision_id]),
        reverse("wagtailadmin_pages:history", args=[draft.pk]),
        reverse("articles_admin:index"),
        reverse("wagtailadmin_home"),
        draft.url,
    ]
    for address in addresses:
        response = client.get(address)
        assert "Brouillon secret" not in response.text, address


def test_an_editor_edits_everywhere_and_publishes_nothing_alone(client, lantern, harbour, editor):
    client.force_login(editor)
    for house_page in (lantern, harbour):
        add_article(client, house_page, **{"action-publish": "1"})
        article = ArticlePage.objects.child_of(house_page).get()
        edit_article(client, article, title="Relu", **{"action-publish": "1"})
        assert draft_title(article) == "Relu"
        assert not ArticlePage.objects.get(pk=article.pk).live


def test_an_editor_adds_pictures(client, home, editor):
    client.force_login(editor)
    data = {"title": "Le logo", "file": picture_upload(), "tags": ""}
    data["collection"] = Collection.get_first_root_node().pk
    client.post(reverse("wagtailimages:add"), data)
    assert Picture.objects.get().title == "Le logo"
