"""Who did what and when is kept, by whatever way it was done, and never changed."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management.sql import emit_post_migrate_signal, emit_pre_migrate_signal
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.log_actions import log
from wagtail.models import Collection, GroupPagePermission, ModelLogEntry, PageLogEntry

from articles.models import Tag
from editorial.audit import TYPED_NAME
from editorial.log_seal import opened_log
from home.models import SiteSettings
from home.permissions import NETWORK_EDITORS
from houses.models import Membership, Role
from portal.models import Picture
from tests.factories import (
    ArticlePageFactory,
    MembershipFactory,
    PictureFactory,
    TagFactory,
    UserFactory,
)
from tests.home.test_site_settings import edit_address, settings_data

pytestmark = pytest.mark.django_db


def noted(instance):
    """What the log says of `instance`, oldest first, as (action, message)."""
    entries = ModelLogEntry.objects.for_instance(instance).order_by("pk")
    return [(entry.action.removeprefix("editorial."), entry.message) for entry in entries]


def actions(instance):
    return [action for action, _message in noted(instance)]


def log_in(client, name, password):
    return client.post(
        reverse("wagtailadmin_login"), {"username": name, "password": password, "next": "/admin/"}
    )


@pytest.fixture
def person(db):
    user = UserFactory(username="paule", first_name="Paule", last_name="Petit")
    user.set_password("un mot de passe")
    user.save()
    return user


@pytest.fixture
def entries(lantern, person):
    """An entry of each log."""
    article = ArticlePageFactory(parent=lantern)
    return [
        PageLogEntry.objects.filter(page=article).first(),
        ModelLogEntry.objects.for_instance(person).first(),
    ]


# The log itself


CHANGES = [
    lambda entry: entry.save(),
    lambda entry: entry.delete(),
    lambda entry: type(entry).objects.all().delete(),
    lambda entry: type(entry).objects.filter(pk=entry.pk).update(label="Autre chose"),
    lambda entry: type(entry).objects.filter(pk=entry.pk).update(content_type=1),
    lambda entry: type(entry).objects.bulk_update([entry], ["user"]),
    lambda entry: type(entry).objects.all()._raw_delete("default"),
    lambda entry: ask(f"UPDATE {entry._meta.db_table} SET timestamp = '2020-01-01'"),
    lambda entry: ask(f"DELETE FROM {entry._meta.db_table}"),
]


def ask(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)


def everything(log_model):
    return list(log_model.objects.order_by("pk").values())


@pytest.mark.parametrize("change", CHANGES)
def test_the_database_refuses_to_change_or_delete_an_entry(entries, change):
    for entry in entries:
        before = everything(type(entry))
        with (
            pytest.raises(IntegrityError, match="neither changed nor deleted"),
            transaction.atomic(),
        ):
            change(entry)
        assert everything(type(entry)) == before


def test_postgresql_refuses_to_empty_the_log(postgresql, entries):
    for entry in entries:
        with pytest.raises(IntegrityError), transaction.atomic():
            ask("SET CONSTRAINTS ALL IMMEDIATE")
            ask(f"TRUNCATE {entry._meta.db_table}")


def test_the_log_is_closed_once_something_was_erased(entries):
    with opened_log():
        type(entries[0]).objects.filter(pk=entries[0].pk).update(label="—")
    assert type(entries[0]).objects.get(pk=entries[0].pk).label == "—"
    with pytest.raises(IntegrityError), transaction.atomic():
        entries[0].delete()
    with pytest.raises(ValueError), opened_log():
        raise ValueError  # what fails while it is open leaves it closed too
    with pytest.raises(IntegrityError), transaction.atomic():
        entries[0].delete()


def test_a_kind_of_object_that_leaves_the_software_leaves_its_entries(entries):
    gone = ContentType.objects.create(app_label="gone", model="thing")
    entry = ModelLogEntry.objects.create(
        content_type=gone,
        object_id="1",
        label="Un objet",
        action="wagtail.edit",
        timestamp=timezone.now(),
    )
    gone.delete()
    entry.refresh_from_db()
    assert entry.content_type is None and entry.label == "Un objet"


def test_a_migration_finds_the_tables_of_the_log_free_and_leaves_them_closed(entries):
    emit_pre_migrate_signal(verbosity=0, interactive=False, db="default")
    with transaction.atomic():
        ask(f"DELETE FROM {ModelLogEntry._meta.db_table}")
    log(entries[0].page, "wagtail.edit")
    emit_post_migrate_signal(verbosity=0, interactive=False, db="default")
    with pytest.raises(IntegrityError), transaction.atomic():
        PageLogEntry.objects.all().delete()


def test_what_is_deleted_keeps_its_entries(client, lantern, person, lead, admin):
    article = ArticlePageFactory(parent=lantern, title="Adieu")
    before = PageLogEntry.objects.filter(page=article.pk).count()
    client.force_login(admin)
    client.post(reverse("wagtailadmin_pages:delete", args=[article.pk]))
    assert PageLogEntry.objects.filter(page=article.pk).count() == before + 1
    gone = PageLogEntry.objects.filter(page=article.pk, deleted=True).get()
    assert gone.data["house"] == lantern.house.pk and gone.label == "Adieu"
    pk = person.pk
    person.delete()
    assert "editorial.account.delete" in ModelLogEntry.objects.filter(
        object_id=str(pk)
    ).values_list("action", flat=True)


def test_the_name_of_who_acted_outlives_the_account(client, person):
    log_in(client, "paule", "un mot de passe")
    pk = person.pk
    person.delete()
    entry = ModelLogEntry.objects.get(action="editorial.login", user_id=pk)
    assert entry.data["person"] == "Paule Petit"


# Logging in and out


def test_logging_in_and_out_is_noted(client, person):
    person.groups.add(Group.objects.get(name=NETWORK_EDITORS))
    log_in(client, "paule", "un mot de passe")
    client.post(reverse("wagtailadmin_logout"))
    assert actions(person)[-2:] == ["login", "logout"]


def test_a_refused_login_is_noted_without_what_was_typed_as_password(client, person):
    log_in(client, "paule", "un secret mal tapé")
    assert actions(person)[-1] == "login_failed"
    log_in(client, "x" * 200, "un autre secret")
    entry = ModelLogEntry.objects.filter(action="editorial.login_failed").first()
    assert entry.label == "x" * TYPED_NAME and entry.user_id is None
    for entry in ModelLogEntry.objects.all():
        assert "secret" not in f"{entry.label} {entry.data}"


def test_a_login_without_a_name_is_noted(client, db):
    client.login(username="", password="secret")
    assert ModelLogEntry.objects.filter(action="editorial.login_failed").count() == 1


# Accounts


def test_a_new_password_is_noted_a_better_hash_of_the_same_is_not(client, person, settings):
    before = actions(person)
    person.set_password("un autre")
    person.save()
    assert actions(person) == [*before, "password"]
    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.PBKDF2PasswordHasher",
        *settings.PASSWORD_HASHERS,
    ]
    log_in(client, "paule", "un autre")
    assert actions(person) == [*before, "password", "login"]


def test_closing_opening_and_promoting_an_account_is_noted(person):
    before = len(actions(person))
    for field, value in (
        ("is_active", False),
        ("is_active", True),
        ("is_superuser", True),
        ("is_superuser", False),
    ):
        setattr(person, field, value)
        person.save()
    assert actions(person)[before:] == [
        *("account.close", "account.open"),
        *("administrator.add", "administrator.remove"),
    ]


def test_saving_an_account_that_is_the_same_says_nothing(person):
    before = actions(person)
    get_user_model().objects.get(pk=person.pk).save()
    assert actions(person) == before


def test_a_new_address_is_noted_without_what_it_is(person):
    before = actions(person)
    person.email = "autre@example.org"
    person.save()
    assert actions(person) == [*before, "account.address"]
    assert "autre@" not in str(ModelLogEntry.objects.for_instance(person).values_list("data"))


def in_bulk(client, model, action, objects, **data):
    arguments = [model._meta.app_label, model._meta.model_name, action]
    query = "&".join(f"id={each.pk}" for each in objects)
    client.post(f"{reverse('wagtail_bulk_action', args=arguments)}?{query}", data)


def test_accounts_closed_and_opened_together_are_noted(client, admin, person, lead):
    client.force_login(admin)
    in_bulk(client, get_user_model(), "set_active_state", [person], mark_as_active="False")
    in_bulk(client, get_user_model(), "set_active_state", [person, lead], mark_as_active="True")
    assert actions(person)[-2:] == ["account.close", "account.open"]
    assert "account.open" not in actions(lead), "it was open"


def test_accounts_deleted_together_are_noted_once(client, admin, person):
    client.force_login(admin)
    in_bulk(client, get_user_model(), "delete", [person])
    assert actions(person)[-1] == "account.delete" and "wagtail.delete" not in actions(person)


# Files and terms


def test_files_added_one_or_many_at_a_time_are_noted(client, contributor, lantern):
    client.force_login(contributor)
    picture = SimpleUploadedFile("a.png", get_test_image_file().file.getvalue(), "image/png")
    document = SimpleUploadedFile("notice.txt", b"texte")
    for name, file in (("wagtailimages", picture), ("wagtaildocs", document)):
        client.post(reverse(f"{name}:add_multiple"), {"files[]": file, "title": "Affiche"})
    for added in (Picture.objects.get(), get_document_model().objects.get()):
        entry = ModelLogEntry.objects.for_instance(added).get()
        assert (entry.action, entry.user) == ("wagtail.create", contributor)


def test_what_is_done_to_files_and_terms_together_is_noted(client, admin):
    client.force_login(admin)
    picture, tag = PictureFactory(), TagFactory()
    collection = Collection.objects.get(depth=1).add_child(name="Affiches")
    in_bulk(client, Picture, "add_to_collection", [picture], collection=collection.pk)
    in_bulk(client, Picture, "delete", [picture])
    in_bulk(client, Tag, "delete", [tag])
    assert actions(picture) == ["wagtail.edit", "wagtail.delete"]
    assert actions(tag) == ["wagtail.delete"]
    assert not Picture.objects.exists() and not Tag.objects.exists()


def test_collections_and_who_may_open_their_files_are_noted(client, admin):
    client.force_login(admin)
    client.post(reverse("wagtailadmin_collections:add"), {"name": "Comptes", "parent": 1})
    collection = Collection.objects.get(name="Comptes")
    address = [collection.pk]
    privacy = reverse("wagtailadmin_collections:set_privacy", args=address)
    client.post(privacy, {"restriction_type": "login"})
    client.post(privacy, {"restriction_type": "none"})
    edit = reverse("wagtailadmin_collections:edit", args=address)
    client.post(edit, {"name": "Budgets", "parent": 1})
    client.post(reverse("wagtailadmin_collections:delete", args=address))
    assert actions(collection) == [
        "wagtail.create",
        "wagtail.view_restriction.create",
        "wagtail.view_restriction.delete",
        "wagtail.edit",
        "wagtail.delete",
    ]
    entries = ModelLogEntry.objects.for_instance(collection)
    assert {entry.user for entry in entries} == {admin}


# Rights


def test_joining_and_leaving_a_group_is_noted_from_either_side(person):
    group = Group.objects.get(name=NETWORK_EDITORS)
    before = len(actions(person))
    person.groups.add(group)
    person.groups.add(group)
    group.user_set.remove(person)
    group.user_set.add(person)
    person.groups.clear()
    assert actions(person)[before:] == ["group.add", "group.remove"] * 2
    assert NETWORK_EDITORS in noted(person)[-1][1]


def test_permissions_of_a_group_and_of_a_person_are_noted(person, lantern):
    group = Group.objects.create(name="Visiteurs")
    permission = Permission.objects.get(codename="access_admin")
    group.permissions.add(permission)
    permission.group_set.remove(group)
    row = GroupPagePermission.objects.create(
        group=group, page=lantern, permission=Permission.objects.get(codename="add_page")
    )
    row.delete()
    assert actions(group) == ["permission.add", "permission.remove"] * 2
    assert "La Lanterne" in noted(group)[-1][1]
    person.user_permissions.add(permission)
    assert actions(person)[-1] == "permission.add"


def test_memberships_are_noted(person, lantern):
    def memberships():
        return [
            (action.removeprefix("membership."), message)
            for action, message in noted(person)
            if action.startswith("membership")
        ]

    membership = MembershipFactory(user=person, house=lantern.house)
    membership.save()
    membership.role = Role.LEAD
    membership.save()
    Membership.objects.all().delete()
    assert [action for action, _message in memberships()] == ["add", "change", "remove"]
    assert all("La Lanterne" in message for _action, message in memberships())
    assert str(Role.LEAD.label) in memberships()[1][1]


def test_who_changed_the_rights_is_said(client, admin, person, lantern):
    client.force_login(admin)
    viewset = reverse("wagtailsnippets_houses_membership:add")
    client.post(viewset, {"user": person.pk, "house": lantern.house.pk, "role": "lead"})
    entry = ModelLogEntry.objects.get(action="editorial.membership.add")
    assert entry.user == admin and entry.data["role"] == "lead"


def test_a_change_of_the_site_settings_is_noted(client, admin, home):
    client.force_login(admin)
    assert client.post(edit_address(), settings_data(name="Réseau")).status_code == 302
    settings = ModelLogEntry.objects.for_instance(SiteSettings.objects.get())
    assert settings.get().action == "wagtail.edit" and settings.get().user == admin
