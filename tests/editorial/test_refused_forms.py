"""A form of those who are not logged in, refused: what is wrong is said first, in words, and tied to its field."""

import re

import pytest
from django.contrib.auth.tokens import default_token_generator
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from wagtail.models import PageViewRestriction

from editorial.models import Invitation
from editorial.tokens import unsubscribe_token
from tests.editorial.outside import path_of
from tests.factories import PlainPageFactory
from tests.portal.reading import page_of

# Said here, since the fixtures are asked for by name: tests that empty the tables come after those that say so.
pytestmark = pytest.mark.django_db
CONTROLS = "input:not([type=hidden]), textarea, select"
TOKENS = {
    "username": "username",
    "password": "current-password",
    "email": "email",
    "new_password1": "new-password",
    "new_password2": "new-password",
    "first_name": "given-name",
    "last_name": "family-name",
    "password1": "new-password",
    "password2": "new-password",
    "name": "name",
}


@pytest.fixture
def login(db):
    return reverse("wagtailadmin_login"), {"username": "admin", "password": ""}


@pytest.fixture
def password_lost(db):
    return reverse("wagtailadmin_password_reset"), {"email": "sans arobase"}


@pytest.fixture
def new_password(client, lead):
    """The form behind the address in the mail, which Django keeps in the session."""
    person = urlsafe_base64_encode(force_bytes(lead.pk))
    token = default_token_generator.make_token(lead)
    opened = client.get(reverse("wagtailadmin_password_reset_confirm", args=[person, token]))
    return opened.url, {"new_password1": "abc", "new_password2": "abd"}


@pytest.fixture
def closed_page(client, home):
    page = PlainPageFactory(parent=home, title="Pour les initiés")
    PageViewRestriction.objects.create(
        page=page, restriction_type=PageViewRestriction.PASSWORD, password="sesame"
    )
    asked = page_of(client.get(page.url))
    (form,) = asked.select("main form.fields")
    return form["action"], {"password": "faux", "return_url": page.url}


@pytest.fixture
def invitation(lantern, lead):
    invitation = Invitation(house=lantern.house, email="nadia@example.org", invited_by=lead)
    address = reverse("editorial:invitation", args=[invitation.renew()])
    return address, {"first_name": "", "last_name": "Diop", "password1": "a", "password2": "b"}


@pytest.fixture
def outside_reading(link):
    return path_of(link), {"verdict": "", "name": "", "comment": "Presque."}


@pytest.fixture
def mail_choice(lead):
    address = reverse("editorial:mail_preferences", args=[unsubscribe_token(lead)])
    return address, {"rhythm": "toujours"}


FORMS = [
    "login",
    "password_lost",
    "new_password",
    "closed_page",
    "invitation",
    "outside_reading",
    "mail_choice",
]


@pytest.fixture
def refused(request, client):
    """The page that answers to what was posted wrongly."""
    address, data = request.getfixturevalue(request.param)
    response = client.post(address, data)
    assert response.status_code == 200
    return page_of(response)


@pytest.mark.parametrize("refused", FORMS, indirect=True)
def test_a_refusal_takes_the_focus_first_and_leads_to_each_field(refused):
    (summary,) = refused.select("[role=alert]")
    assert summary["tabindex"] == "-1"
    assert refused.select_one("[autofocus]") is summary
    first = refused.select("main form :is(input:not([type=hidden]), textarea, select)")[0]
    assert summary in first.find_all_previous()
    wrong = {field["id"] for field in refused.select("[aria-invalid]")}
    led_to = {link["href"].removeprefix("#") for link in summary.select("a")}
    assert led_to and led_to <= wrong
    assert {refused.find(id=name)["name"] for name in led_to} == {
        refused.find(id=name)["name"] for name in wrong
    }


@pytest.mark.parametrize("refused", FORMS, indirect=True)
def test_each_error_is_tied_to_its_field(refused):
    for field in refused.select("[aria-invalid]"):
        holder = field if field.get("aria-describedby") else field.find_parent("fieldset")
        told = [refused.find(id=name) for name in holder["aria-describedby"].split()]
        assert all(told), holder
        errors = [each for each in told if each["id"].endswith("_error")]
        assert errors and all(re.search(r"\w{3}", each.text) for each in errors)


@pytest.mark.parametrize("refused", FORMS, indirect=True)
def test_each_field_has_a_label_and_says_what_of_oneself_it_wants(refused):
    for field in refused.select(f"main :is({CONTROLS})"):
        if field.find_parent(role="search"):
            continue
        label = refused.find("label", attrs={"for": field.get("id")}) or field.find_parent("label")
        assert label and label.text.strip(), field
    tokens = {
        field["name"]: field.get("autocomplete")
        for field in refused.select(f"main :is({CONTROLS})")
        if field["name"] in TOKENS and field["name"] != "password"
    }
    assert tokens == {name: TOKENS[name] for name in tokens}


def test_logging_in_asks_for_the_password_kept_for_this_site(client, db):
    page = page_of(client.get(reverse("wagtailadmin_login")))
    assert page.select_one("[name=password]")["autocomplete"] == TOKENS["password"]


def test_a_wrong_password_is_told_where_the_focus_is(client, admin):
    data = {"username": "admin", "password": "faux"}
    page = page_of(client.post(reverse("wagtailadmin_login"), data))
    (summary,) = page.select("[role=alert]")
    assert page.select("[autofocus]") == [summary] and summary.select("li")


def test_a_form_not_yet_sent_says_nothing_wrong(client, link):
    page = page_of(client.get(path_of(link)))
    assert not page.select("[role=alert], [aria-invalid], [autofocus]")
