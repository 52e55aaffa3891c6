"""What is kept of who did what: Wagtail's own log, with what it does not note by itself, and only added to (`log_seal`).

Whoever acts is the person logged in to the admin (Wagtail's log context), nobody outside of it.
"""

import re

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.contrib.contenttypes.models import ContentType
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete, pre_save
from wagtail.admin.utils import get_user_display_name
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.log_actions import get_active_log_context, log
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    GroupCollectionPermission,
    GroupPagePermission,
    ModelLogEntry,
    Page,
    PageLogEntry,
)

from editorial.log_seal import opened_log
from editorial.people import house_of
from houses.models import Membership

TYPED_NAME = 60  # characters kept of what a stranger typed
NOBODY = "0"  # the key of no account
UNNAMED = "—"  # in the place of a name that was erased
READING = "editorial.link."  # how the actions of `editorial.reading` begin


# The log itself


def complete_entry(sender, instance, raw=False, **kwargs) -> None:
    """Keep with an entry the name of who acts, who may leave, and the house of a page that goes."""
    if raw:
        return  # a copy of the database put back
    if instance.user_id:
        instance.data = {**instance.data, "person": get_user_display_name(instance.user)}
    if sender is PageLogEntry and instance.deleted and (house := house_of(instance.page)):
        instance.data = {**instance.data, "house": house.pk}


def drop(entries) -> None:
    """Delete entries whose time is over: the one end of an entry."""
    with opened_log():
        entries.delete()


def logins_before(moment):
    """The entries of `moment` and before about who logged in, tried to or logged out."""
    return ModelLogEntry.objects.filter(action__startswith="editorial.log", timestamp__lt=moment)


def forget_person(person, by) -> None:
    """Take a person's name and address out of all entries; that somebody did it, and what, stays."""
    with opened_log():
        _forget_account(person)
        _forget_address(person)
        _forget_reader(person)


def _forget_account(person) -> None:
    if person.account:
        for log_model in (ModelLogEntry, PageLogEntry):
            for entry in log_model.objects.filter(user=person.account):
                _rewrite(entry, data={k: v for k, v in entry.data.items() if k != "person"})
        kind = ContentType.objects.get_for_model(person.account)
        accounts = ModelLogEntry.objects.filter(content_type=kind)
        for entry in accounts.filter(label__iexact=person.username):
            _rewrite(entry, label=UNNAMED)


def _forget_address(person) -> None:
    if person.email:
        for entry in ModelLogEntry.objects.filter(label__icontains=person.email):
            email = re.compile(re.escape(person.email), re.IGNORECASE)
            _rewrite(entry, label=email.sub(UNNAMED, entry.label))


def _forget_reader(person) -> None:
    """What was sent to read, and what readers answered, is told with their name and address."""
    for entry in PageLogEntry.objects.filter(action__startswith=READING):
        told = (entry.data.get("email", ""), entry.data.get("name", ""))
        is_theirs = person.email and told[0].lower() == person.email.lower()
        if is_theirs or (person.name and told[1] == person.name):
            _rewrite(entry, data=entry.data | {"email": UNNAMED, "name": UNNAMED})


def _rewrite(entry, **fields) -> None:
    """By its fields alone: what a new entry is completed with is not read again."""
    type(entry).objects.filter(pk=entry.pk).update(**fields)


# Logging in and out


def note_login(user, **kwargs) -> None:
    log(user, "editorial.login", user=user)


def note_logout(user, **kwargs) -> None:
    if user is not None:
        log(user, "editorial.logout", user=user)


def note_failed_login(credentials, **kwargs) -> None:
    user_model = get_user_model()
    name = str(credentials.get(user_model.USERNAME_FIELD) or credentials.get("username") or "?")
    _note_stranger("editorial.login_failed", name, user_model.USERNAME_FIELD)


def note_too_many(what: str, account: str) -> None:
    """Keep that somebody had to wait before they tried again to do `what` («login», «password») for `account`."""
    field = "email__iexact" if what == "password" else get_user_model().USERNAME_FIELD
    _note_stranger(f"editorial.{what}_put_off", account, field)


def _note_stranger(action: str, name: str, field: str) -> None:
    """Keep the name that was tried, which may be nobody's; never what came with it."""
    user_model = get_user_model()
    user = user_model.objects.filter(**{field: name}).first()
    ModelLogEntry.objects.log_action(user or user_model(pk=NOBODY), action, title=name[:TYPED_NAME])


# Accounts

SWITCHES = {
    "is_active": ("editorial.account.open", "editorial.account.close"),
    "is_superuser": ("editorial.administrator.add", "editorial.administrator.remove"),
}


def note_account_change(sender, instance, raw, **kwargs) -> None:
    before = sender.objects.filter(pk=instance.pk).values("email", *SWITCHES).first()
    if before is None or raw:
        return
    for field, (on, off) in SWITCHES.items():
        value = getattr(instance, field)
        if value != before[field]:
            log(instance, on if value else off)
    if instance.email != before["email"]:
        log(instance, "editorial.account.address")
    # Set by `set_password` until the account is saved; not by a better hash of the same password.
    if instance._password is not None:
        log(instance, "editorial.password")


def note_new_account(instance, created, raw, **kwargs) -> None:
    if created and not raw:
        log(instance, "editorial.account.create")
        if instance.is_superuser:
            log(instance, "editorial.administrator.add")


def note_deleted_account(instance, **kwargs) -> None:
    log(instance, "editorial.account.delete", deleted=True)


# What the software writes no entry of

BULK_ACTIONS = {
    "delete": "wagtail.delete",
    "add_to_collection": "wagtail.edit",
    "add_tags": "wagtail.edit",
}


def note_bulk_action(action_type: str, objects: list, is_active: bool | None) -> None:
    """Note what was done at once to files, terms or accounts; pages and the deletion of accounts tell of themselves."""
    user_model = get_user_model()
    for each in objects:
        if action_type == "set_active_state" and each.is_active != is_active:
            log(each, SWITCHES["is_active"][not is_active])
        elif action_type in BULK_ACTIONS and not isinstance(each, (Page, user_model)):
            log(each, BULK_ACTIONS[action_type], deleted=action_type == "delete")


def note_upload(instance, created, raw, **kwargs) -> None:
    """Files are added several at a time, or where one is chosen; what a command brings is told of by the command."""
    if created and not raw and get_active_log_context().user:
        log(instance, "wagtail.create")


def note_collection(instance, created, raw, **kwargs) -> None:
    if not raw:
        log(instance, "wagtail.create" if created else "wagtail.edit")


def note_end_of_collection(instance, **kwargs) -> None:
    log(instance, "wagtail.delete", deleted=True)


def note_restriction(instance, created=None, raw=False, **kwargs) -> None:
    """Note who may open the files of a collection from now on; the end of a restriction comes without `created`."""
    if not raw:
        verb = {True: "create", False: "edit", None: "delete"}[created]
        said = {"type": instance.restriction_type, "title": instance.get_restriction_type_display()}
        log(instance.collection, f"wagtail.view_restriction.{verb}", data={"restriction": said})


# Rights

VERBS = {"post_add": "add", "post_remove": "remove", "pre_clear": "remove"}
# What is given to whom, by the table that says it: the accessors from either side, and what it is called.
GRANTS = {
    get_user_model().groups.through: ("groups", "user_set", "group"),
    get_user_model().user_permissions.through: ("user_permissions", "user_set", "permission"),
    Group.permissions.through: ("permissions", "group_set", "permission"),
}


def note_grants(sender, instance, action, reverse, model, pk_set, raw, **kwargs) -> None:
    """Note who joined or left which group, or which permission a group or person was given or lost."""
    if raw or action not in VERBS or pk_set == set():
        return
    accessor, reverse_accessor, kind = GRANTS[sender]
    if pk_set is None:
        others = getattr(instance, reverse_accessor if reverse else accessor).all()
    else:
        others = model.objects.filter(pk__in=pk_set)
    names = [str(other) for other in others] if not reverse else [str(instance)]
    for holder in list(others) if reverse else [instance]:
        log(holder, f"editorial.{kind}.{VERBS[action]}", data={"names": ", ".join(names)})


def note_row_of_rights(instance, created=None, raw=False, **kwargs) -> None:
    """Note a permission that a group gets or loses on a page or a collection."""
    if raw or created is False:
        return
    where = getattr(instance, "page", None) or instance.collection
    names = f"{instance.permission.name} ({where})"
    verb = "add" if created else "remove"
    log(instance.group, f"editorial.permission.{verb}", data={"names": names})


def note_membership(instance, created, raw, **kwargs) -> None:
    if created and not raw:
        _note_role(instance, "editorial.membership.add")


def note_membership_change(instance, raw, **kwargs) -> None:
    before = Membership.objects.filter(pk=instance.pk).first()
    if raw or before is None:
        return
    if (before.user_id, before.house_id) != (instance.user_id, instance.house_id):
        _note_role(before, "editorial.membership.remove")
        _note_role(instance, "editorial.membership.add")
    elif before.role != instance.role:
        _note_role(instance, "editorial.membership.change")


def note_end_of_membership(instance, **kwargs) -> None:
    _note_role(instance, "editorial.membership.remove")


def _note_role(membership, action) -> None:
    house = membership.house
    data = {"house": house.pk, "house_name": house.name, "role": membership.role}
    log(membership.user, action, data=data)


def connect() -> None:
    """Listen to all of this."""
    user_model = get_user_model()
    for entry_model in (ModelLogEntry, PageLogEntry):
        pre_save.connect(complete_entry, sender=entry_model)
    user_logged_in.connect(note_login)
    user_logged_out.connect(note_logout)
    user_login_failed.connect(note_failed_login)
    pre_save.connect(note_account_change, sender=user_model)
    post_save.connect(note_new_account, sender=user_model)
    pre_delete.connect(note_deleted_account, sender=user_model)
    for files in (get_image_model(), get_document_model()):
        post_save.connect(note_upload, sender=files)
    post_save.connect(note_collection, sender=Collection)
    pre_delete.connect(note_end_of_collection, sender=Collection)
    post_save.connect(note_restriction, sender=CollectionViewRestriction)
    pre_delete.connect(note_restriction, sender=CollectionViewRestriction)
    for through in GRANTS:
        m2m_changed.connect(note_grants, sender=through)
    for rows in (GroupPagePermission, GroupCollectionPermission):
        post_save.connect(note_row_of_rights, sender=rows)
        post_delete.connect(note_row_of_rights, sender=rows)
    post_save.connect(note_membership, sender=Membership)
    pre_save.connect(note_membership_change, sender=Membership)
    post_delete.connect(note_end_of_membership, sender=Membership)
