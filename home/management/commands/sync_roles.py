"""Repair the rights of every role, and say what was repaired."""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management.base import BaseCommand
from django.db import transaction
from wagtail.models import GroupCollectionPermission, GroupPagePermission

from home.permissions import sync_roles

Right = tuple[str, str, str]  # group, what it allows or whom it holds, where


class Command(BaseCommand):
    help = "Give network editors and the members of each house exactly the rights of their role."

    def handle(self, **options):
        with transaction.atomic():
            before = rights()
            sync_roles()
            after = rights()
        for sign, changed in (("given", after - before), ("withdrawn", before - after)):
            for group, right, place in sorted(changed):
                self.stdout.write(f"{sign}: {group}: {right}{place and f' on {place}'}")
        self.stdout.write(f"{len(after ^ before)} rights repaired, {len(after)} held.")


def rights() -> set[Right]:
    """Everything that the groups allow, and whom they hold."""
    name = get_user_model().USERNAME_FIELD
    return {
        *_rows(GroupPagePermission.objects, "group", "permission__codename", "page__title"),
        *_rows(
            GroupCollectionPermission.objects, "group", "permission__codename", "collection__name"
        ),
        *_rows(Group.objects.exclude(permissions=None), "", "permissions__codename"),
        *_rows(Group.objects.exclude(user=None), "", f"user__{name}"),
    }


def _rows(rows, group: str, *fields: str):
    group_name = f"{group}__name" if group else "name"
    for held_by, right, *place in rows.values_list(group_name, *fields):
        yield held_by, right, "".join(place)
