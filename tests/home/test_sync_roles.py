"""`manage.py sync_roles` repairs what each role may do, and says what it repaired."""

from io import StringIO

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from wagtail.models import GroupCollectionPermission, GroupPagePermission

from home.permissions import NETWORK_EDITORS
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def sync_roles() -> list[str]:
    told = StringIO()
    call_command("sync_roles", stdout=told)
    return told.getvalue().splitlines()


def test_nothing_to_repair_is_said(lead, contributor, editor):
    [summary] = sync_roles()
    assert summary.startswith("0 rights repaired")


def test_a_lost_right_is_given_back_and_named(lantern, lead):
    GroupPagePermission.objects.filter(group__user=lead).delete()
    told = sync_roles()
    assert lantern.permissions_for_user(lead).can_edit()
    assert "given: La Lanterne (référent): change_page on La Lanterne" in told
    assert told[-1].startswith("2 rights repaired")


def test_a_right_too_many_is_withdrawn_and_named(lantern, harbour, contributor):
    [group] = contributor.groups.all()
    permission = Permission.objects.get(codename="publish_page")
    GroupPagePermission.objects.create(group=group, page=harbour, permission=permission)
    told = sync_roles()
    assert not harbour.permissions_for_user(contributor).can_publish()
    assert f"withdrawn: {group}: publish_page on Le Port" in told


def test_who_is_in_a_group_without_being_a_member_is_taken_out(lantern, contributor):
    [group] = contributor.groups.all()
    stray = UserFactory(username="stray")
    group.user_set.set([stray])
    told = sync_roles()
    assert list(group.user_set.all()) == [contributor]
    assert f"withdrawn: {group}: stray" in told and f"given: {group}: contributor" in told


def test_a_group_deleted_by_hand_is_made_again(lantern, contributor):
    contributor.groups.all().delete()
    sync_roles()
    assert lantern.permissions_for_user(contributor).can_add_subpage()


def test_network_editors_have_exactly_their_rights_again(lantern, editor):
    group = Group.objects.get(name=NETWORK_EDITORS)
    permission = Permission.objects.get(codename="publish_page")
    GroupPagePermission.objects.create(group=group, page=lantern, permission=permission)
    GroupCollectionPermission.objects.filter(group=group).delete()
    group.permissions.clear()
    told = sync_roles()
    assert "given: Rédaction nationale: access_admin" in told
    assert "given: Rédaction nationale: choose_image on Root" in told
    assert "withdrawn: Rédaction nationale: publish_page on La Lanterne" in told
    assert editor.has_perm("wagtailadmin.access_admin")
