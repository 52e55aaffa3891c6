"""Whatever points to a person is declared: a model that joins fails here until somebody says why it is kept."""

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import models
from django.urls import reverse

from portal.personal_data import Basis, declared
from tests.portal.reading import text_of
from tests.test_consistency import LAYERS

# The names of things, not of people.
NAMES_OF_THINGS = {
    "articles.Category",
    "articles.Typology",
    "articles.Tag",
}
PERSON_NAMES = {"name", "first_name", "last_name", "person", "speaker", "author", "who"}


def declared_fields() -> dict[str, set]:
    found = {}
    for kind in declared():
        for rows in kind.rows:
            found.setdefault(rows.model, set()).update(rows.of)
    return found


def points_to_people(model) -> set[str]:
    """The fields of `model` that hold an account, or an e-mail address."""
    return {
        field.name
        for field in [*model._meta.local_fields, *model._meta.local_many_to_many]
        if field.related_model is get_user_model()
        or (isinstance(field, models.EmailField) and model._meta.app_label in LAYERS)
    }


@pytest.mark.parametrize("model", apps.get_models(), ids=lambda model: model._meta.label)
def test_what_points_to_people_is_declared(model):
    known = declared_fields()
    assert points_to_people(model) - known.get(model._meta.label, set()) == set()
    if model._meta.app_label in LAYERS and model._meta.label not in NAMES_OF_THINGS:
        names = {field.name for field in model._meta.local_fields} & PERSON_NAMES
        assert not names or model._meta.label in known


def test_what_is_declared_exists():
    for kind in declared():
        for rows in kind.rows:
            model = apps.get_model(rows.model)
            assert all(hasattr(model, name) for name in rows.shown), rows


def test_every_kind_says_all_that_the_register_asks():
    for kind in declared():
        said = (kind.name, kind.facts, kind.people, kind.purpose, kind.readers, kind.kept)
        assert all(said) and kind.erased and kind.basis in Basis
        assert not kind.days or kind.outdated, f"{kind.name}: nothing ends it"


@pytest.mark.django_db
def test_the_register_is_for_administrators(client, admin, editor):
    address = reverse("report_personal-data:index")
    client.force_login(editor)
    assert client.get(address).status_code == 302
    client.force_login(admin)
    response = client.get(address)
    assert all(kind.name in text_of(response) for kind in declared())
    exported = b"".join(client.get(address, {"export": "csv"}).streaming_content).decode()
    assert len(exported.splitlines()) >= len(list(declared())) + 1
