"""What each role of a house may do: the rows that Wagtail's own permissions are made of.

One row per house and permission, none per article: many rows on one person make the admin slow.
"""

from django.contrib.auth.models import Group, Permission
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission

PAGE_PERMISSIONS = {
    "contributor": ["add_page"],
    "lead": ["add_page", "change_page"],
}
COLLECTION_PERMISSIONS = {
    "contributor": ["add_image", "choose_image", "add_document", "choose_document"],
    "lead": [
        *("add_image", "change_image", "choose_image"),
        *("add_document", "change_document", "choose_document"),
    ],
}


def sync_group(group: Group, role: str, *, pages, collection: Collection, users) -> None:
    """Make `group` hold exactly the rights of `role` on `pages` and `collection`, and exactly `users`."""
    group.permissions.set(_permissions(["access_admin", "submit_translation"]))
    _set_rows(
        GroupPagePermission.objects.filter(group=group),
        {
            (page.pk, permission.pk): GroupPagePermission(
                group=group, page_id=page.pk, permission=permission
            )
            for page in pages
            for permission in _permissions(PAGE_PERMISSIONS[role])
        },
        key=lambda row: (row.page_id, row.permission_id),
    )
    _set_rows(
        GroupCollectionPermission.objects.filter(group=group),
        {
            (collection.pk, permission.pk): GroupCollectionPermission(
                group=group, collection=collection, permission=permission
            )
            for permission in _permissions(COLLECTION_PERMISSIONS[role])
        },
        key=lambda row: (row.collection_id, row.permission_id),
    )
    group.user_set.set(users)


def _permissions(codenames):
    return Permission.objects.filter(
        codename__in=codenames,
        # Wagtail grants pictures by the rights on its own model, whatever model they are.
        content_type__app_label__in=[
            *("wagtailcore", "wagtailadmin", "wagtaildocs", "wagtailimages"),
            "wagtail_localize",
        ],
    )


def _set_rows(existing, wanted: dict, key) -> None:
    """Delete the rows that are not wanted and insert the missing ones."""
    kept = {key(row): row for row in existing}
    model = existing.model
    model.objects.filter(pk__in=[row.pk for k, row in kept.items() if k not in wanted]).delete()
    model.objects.bulk_create(row for k, row in wanted.items() if k not in kept)
