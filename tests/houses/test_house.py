import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission

from houses.models import House, HousePage, Role
from tests.factories import HouseFactory
from tests.portal.reading import says

ADD = reverse("wagtailsnippets_houses_house:add")


def group_of(house, role):
    return house.groups.get(role=role).group


def page_rights(group):
    rows = GroupPagePermission.objects.filter(group=group)
    return {(row.page_id, row.permission.codename) for row in rows.select_related("permission")}


def collection_rights(group):
    """The rights on pictures are those on Wagtail's own image model, whatever ours is."""
    rows = GroupCollectionPermission.objects.filter(group=group)
    return {
        (row.collection_id, row.permission.codename) for row in rows.select_related("permission")
    }


# What a house may be


def test_there_is_one_house_of_the_network(network):
    second = House(name="Un autre réseau", slug="autre", is_network=True)
    with pytest.raises(ValidationError) as refusal:
        second.full_clean()
    assert gettext("The network already has its own house.") in refusal.value.messages
    with pytest.raises(IntegrityError), transaction.atomic():
        second.save()


def test_the_house_of_the_network_can_be_saved_again(network):
    network.commune = "Lyon"
    network.full_clean()
    network.save()
    assert House.objects.network().get().commune == "Lyon"


@pytest.mark.parametrize(
    "latitude, longitude", [(91, 0), (-91, 0), (0, 181), (0, -181), (47.6, None), (None, 6.8)]
)
def test_a_position_is_on_earth_and_whole(db, latitude, longitude):
    house = House(name="Ailleurs", slug="ailleurs", latitude=latitude, longitude=longitude)
    message = "Give both latitude (−90 to 90) and longitude (−180 to 180), or neither."
    with pytest.raises(ValidationError) as refusal:
        house.full_clean()
    assert gettext(message) in refusal.value.messages
    with pytest.raises(IntegrityError), transaction.atomic():
        house.save()


@pytest.mark.parametrize("latitude, longitude", [(None, None), (0, 0), (-90, 180), (47.6, 6.8)])
def test_a_position_or_none_is_accepted(db, latitude, longitude):
    House(name="Ici", slug="ici", latitude=latitude, longitude=longitude).full_clean()


def test_a_name_is_taken_once(client, admin, lantern):
    client.force_login(admin)
    response = client.post(ADD, {"name": "La Lanterne"})
    assert response.status_code == 200
    assert "name" in response.context["form"].errors
    assert House.objects.filter(name="La Lanterne").count() == 1


def test_two_names_that_give_one_address_are_told_apart_or_refused(client, admin, lantern):
    """«La Lanterne !» would have the same slug: no house is lost in an error page."""
    client.force_login(admin)
    response = client.post(ADD, {"name": "La Lanterne !"})
    if response.status_code == 200:
        assert {"name", "slug"} & set(response.context["form"].errors)
    else:
        assert House.objects.get(name="La Lanterne !").slug != "la-lanterne"


def test_a_second_house_of_the_network_is_refused_with_a_message(client, admin, network):
    client.force_login(admin)
    response = client.post(ADD, {"name": "Un autre réseau", "is_network": "on"})
    assert response.status_code == 200
    assert says(response, "The network already has its own house.")
    assert not House.objects.filter(name="Un autre réseau").exists()


def test_a_house_without_address_name_gets_one(db):
    assert HouseFactory(name="Maison de l’Été").slug == "maison-de-l-ete"
    assert HouseFactory(name="Autre", slug="choisi").slug == "choisi"


def test_a_house_of_signs_only_gets_an_address(db):
    assert HouseFactory(name="★").slug


def test_the_region_is_that_of_the_department(db):
    house = HouseFactory(department="2A")
    assert (house.region, house.department_name) == ("Corse", "Corse-du-Sud")
    assert HouseFactory().region == ""


def test_visible_houses_are_those_with_a_public_page(lantern, harbour, network):
    harbour.unpublish()
    HouseFactory(name="Sans page")
    assert set(House.objects.visible()) == {lantern.house, network}


def test_a_house_with_a_page_is_not_deleted(client, admin, lantern):
    client.force_login(admin)
    address = reverse("wagtailsnippets_houses_house:delete", args=[lantern.house.pk])
    response = client.post(address)
    assert response.status_code < 500
    assert HousePage.objects.filter(house=lantern.house).exists()


# A new name


def test_a_new_name_is_that_of_its_pages(lantern):
    house = lantern.house
    house.name = "Le Phare"
    house.save()
    lantern.refresh_from_db()
    assert (lantern.title, lantern.draft_title) == ("Le Phare", "Le Phare")


def test_a_draft_made_before_the_new_name_does_not_bring_the_old_one_back(lantern):
    draft = lantern.save_revision()
    house = House.objects.get(pk=lantern.house.pk)
    house.name = "Le Phare"
    house.save()
    draft.publish()
    lantern.refresh_from_db()
    assert lantern.title == "Le Phare"


def test_a_new_name_keeps_the_address(client, lantern):
    address = lantern.url
    lantern.house.name = "Le Phare"
    lantern.house.save()
    assert client.get(address).status_code == 200


def test_a_new_name_is_that_of_its_groups(lantern, contributor):
    house = lantern.house
    before = {role: group_of(house, role).pk for role in Role}
    house.name = "Le Phare"
    house.save()
    for role in Role:
        group = group_of(house, role)
        assert (group.pk, group.name) == (before[role], f"Le Phare ({role.label})")
    assert not Group.objects.filter(name__startswith="La Lanterne").exists()
    assert contributor in group_of(house, Role.CONTRIBUTOR).user_set.all()


def test_a_new_name_is_that_of_its_collection(lantern):
    lantern.house.name = "Le Phare"
    lantern.house.save()
    assert Collection.objects.get(pk=lantern.house.collection_id).name == "Le Phare"


def test_houses_whose_long_names_begin_alike_have_groups_of_their_own(db):
    beginning = "Maison des associations de la communauté de communes " * 3
    first = HouseFactory(name=beginning[:140] + " nord", slug="nord")
    second = HouseFactory(name=beginning[:140] + " sud", slug="sud")
    for role in Role:
        assert group_of(first, role) != group_of(second, role)


# Groups


def test_a_house_has_one_group_a_role(lantern, contributor, lead):
    assert {(link.role, link.group.name) for link in lantern.house.groups.all()} == {
        (role.value, f"La Lanterne ({role.label})") for role in Role
    }
    assert list(group_of(lantern.house, Role.CONTRIBUTOR).user_set.all()) == [contributor]
    assert list(group_of(lantern.house, Role.LEAD).user_set.all()) == [lead]


def test_contributors_hold_exactly_their_rights(lantern, contributor):
    group = group_of(lantern.house, Role.CONTRIBUTOR)
    collection = lantern.house.collection_id
    assert {right.codename for right in group.permissions.all()} == {
        "access_admin",
        "submit_translation",
    }
    assert page_rights(group) == {(lantern.pk, "add_page")}
    assert collection_rights(group) == {
        (collection, "add_image"),
        (collection, "choose_image"),
        (collection, "add_document"),
        (collection, "choose_document"),
    }


def test_leads_hold_exactly_their_rights(lantern, lead):
    group = group_of(lantern.house, Role.LEAD)
    collection = lantern.house.collection_id
    assert {right.codename for right in group.permissions.all()} == {
        "access_admin",
        "submit_translation",
    }
    assert page_rights(group) == {(lantern.pk, "add_page"), (lantern.pk, "change_page")}
    assert collection_rights(group) == {
        (collection, f"{verb}_{kind}")
        for verb in ("add", "change", "choose")
        for kind in ("image", "document")
    }


def test_rights_added_by_hand_are_taken_back_at_the_next_save(lantern, harbour, lead):
    group = group_of(lantern.house, Role.LEAD)
    right = GroupPagePermission.objects.filter(group=group).first().permission
    GroupPagePermission.objects.create(group=group, page=harbour, permission=right)
    lantern.house.save()
    assert {page for page, _right in page_rights(group)} == {lantern.pk}


def test_an_article_adds_no_row_of_rights(lantern, lead):
    before = GroupPagePermission.objects.count()
    lantern.house.save()
    lantern.save()
    assert GroupPagePermission.objects.count() == before


def test_a_page_given_to_another_house_takes_the_rights_of_the_first_away(lantern, harbour, lead):
    """The editors correct a page made for the wrong house: its people must not keep it."""
    other = HouseFactory(name="Le Moulin")
    lantern.house = other
    lantern.save()
    assert not lantern.permissions_for_user(lead).can_edit()


def test_a_name_saved_in_english_does_not_rename_the_groups(lantern):
    """The admin speaks the language of the person who saves; the groups keep one name."""
    names = {link.group.name for link in lantern.house.groups.all()}
    with translation.override("en"):
        House.objects.get(pk=lantern.house.pk).save()
    assert {link.group.name for link in lantern.house.groups.all()} == names
