"""What network editors may do: everything on content, everywhere. Administrators are superusers."""

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
)

NETWORK_EDITORS = "Rédaction nationale"

PAGE_PERMISSIONS = [
    "add_page",
    "change_page",
    "publish_page",
    "lock_page",
    "unlock_page",
    "bulk_delete_page",
]
COLLECTION_PERMISSIONS = [
    f"{verb}_{kind}" for verb in ("add", "change", "choose") for kind in ("image", "document")
]
MODEL_PERMISSIONS = [
    "access_admin",
    "submit_translation",
    *(
        f"{verb}_{model}"
        for verb in ("add", "change", "delete", "view")
        for model in ("category", "typology", "tag")
    ),
    *(
        f"{verb}_{model}"
        for verb in ("add", "change", "delete", "view")
        for model in ("synonyms", "bestbet")
    ),
    *("change_house", "view_house"),
    "change_sitesettings",
]


def sync_network_editors() -> None:
    """Give the group of the network editors exactly its rights; made again where it is missing."""
    group, _created = Group.objects.get_or_create(name=NETWORK_EDITORS)
    group.permissions.set(_permissions(MODEL_PERMISSIONS))
    root, collection = Page.objects.get(depth=1), Collection.get_first_root_node()
    _give_only(GroupPagePermission, PAGE_PERMISSIONS, group=group, page=root)
    _give_only(
        GroupCollectionPermission, COLLECTION_PERMISSIONS, group=group, collection=collection
    )


def _give_only(model, codenames, *, group: Group, **place) -> None:
    """Give `group` the permissions of these `codenames` at `place`, and none anywhere else."""
    permissions = _permissions(codenames)
    for permission in permissions:
        model.objects.get_or_create(group=group, permission=permission, **place)
    wanted = model.objects.filter(permission__in=permissions, **place)
    model.objects.filter(group=group).exclude(pk__in=wanted.values("pk")).delete()


def _permissions(codenames):
    found = Permission.objects.filter(
        codename__in=codenames,
        content_type__app_label__in=[
            *("wagtailcore", "wagtailadmin", "wagtaildocs", "wagtailimages"),
            *("houses", "articles", "home", "search", "wagtail_localize"),
        ],
    )
    missing = set(codenames) - set(found.values_list("codename", flat=True))
    if missing:
        raise LookupError(f"Unknown permissions: {', '.join(sorted(missing))}")
    return found


def sync_roles(**kwargs) -> None:
    """Repair every role of the site; run after each migration."""
    for label in (
        "search",
        "houses",
        "articles",
        "home",
        "wagtaildocs",
        "wagtailimages",
        "wagtailadmin",
        "wagtail_localize",
    ):
        create_permissions(apps.get_app_config(label), verbosity=0)
    sync_network_editors()
    for house in apps.get_model("houses.House").objects.all():
        house.sync_groups()
