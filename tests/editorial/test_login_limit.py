"""Who tries passwords has to wait, and is told until when; those who try from elsewhere do not."""

import pytest
from django.core import mail
from django.urls import reverse
from django.utils.translation import ngettext as plural
from wagtail.models import ModelLogEntry

from editorial.login_forms import LOGINS, MAILS, WINDOW
from search import rate
from tests.factories import UserFactory
from tests.portal.reading import squashed, text_of

LOGIN, RESET = reverse("wagtailadmin_login"), reverse("wagtailadmin_password_reset")
PASSWORD = "un mot de passe"
PUT_OFF = "Too many attempts one after the other. Try again in %(minutes)d minute"
ELSEWHERE = {"REMOTE_ADDR": "203.0.113.7"}
START = 1_000_000 * WINDOW  # a window begins


@pytest.fixture
def clock(monkeypatch):
    """Return a function that sets how many seconds have passed."""

    def set_clock(seconds):
        monkeypatch.setattr(rate.time, "time", lambda: float(START + seconds))

    set_clock(0)
    return set_clock


@pytest.fixture
def person(admin):
    admin.set_password(PASSWORD)
    admin.save()
    return admin


def log_in(client, name="admin", password=PASSWORD, **extra):
    return client.post(LOGIN, {"username": name, "password": password}, **extra)


def refuse(client, times, name="admin", **extra):
    return [log_in(client, name, "faux", **extra) for _ in range(times)][-1]


def put_off(response, minutes) -> bool:
    """Whether the form says to try again in so many minutes."""
    words = plural(f"{PUT_OFF}.", f"{PUT_OFF}s.", minutes) % {"minutes": minutes}
    return squashed(words) in text_of(response)


def noted(action):
    return ModelLogEntry.objects.filter(action=f"editorial.{action}")


def test_after_too_many_refusals_even_the_right_password_waits(client, person, clock):
    assert not put_off(refuse(client, LOGINS), 10)
    clock(61)
    response = log_in(client)
    assert put_off(response, 9)
    assert not response.wsgi_request.user.is_authenticated
    clock(WINDOW)
    assert log_in(client).status_code == 302


def test_the_person_herself_logs_in_from_elsewhere(client, person, clock):
    refuse(client, LOGINS + 1)
    assert log_in(client, **ELSEWHERE).status_code == 302


def test_another_account_logs_in_from_the_same_address(client, person, clock):
    refuse(client, LOGINS + 1, name="quelqu’un")
    assert log_in(client).status_code == 302


def test_an_account_is_one_however_it_is_typed_and_whether_it_exists(client, person, clock):
    for name in ("admin", "inconnu"):
        refuse(client, LOGINS, name=name)
        assert put_off(refuse(client, 1, name=f" {name.upper()} "), 10)


def test_logging_in_clears_the_refusals(client, person, clock):
    for _attempt in range(2):
        refuse(client, LOGINS - 1)
        assert log_in(client).status_code == 302
        client.logout()


def test_an_attempt_without_a_password_clears_nothing(client, person, clock):
    refuse(client, LOGINS - 1)
    log_in(client, password="")
    assert put_off(log_in(client), 10)


def test_waiting_is_noted_once_beside_the_refusals(client, person, clock):
    refuse(client, LOGINS + 5)
    assert noted("login_failed").count() == LOGINS
    assert [entry.object_id for entry in noted("login_put_off")] == [str(person.pk)]
    assert noted("login_put_off").get().message != "login_put_off"


def test_mails_to_choose_a_new_password_are_limited_too(client, db, clock):
    person = UserFactory(username="paule")
    person.set_password(PASSWORD)
    person.save()
    answers = [client.post(RESET, {"email": person.email}) for _ in range(MAILS + 2)]
    assert [answer.status_code for answer in answers] == [302] * MAILS + [200] * 2
    assert put_off(answers[-1], 10)
    assert len(mail.outbox) == MAILS and noted("password_put_off").count() == 1
    assert client.post(RESET, {"email": person.email}, **ELSEWHERE).status_code == 302
    clock(WINDOW)
    assert client.post(RESET, {"email": person.email}).status_code == 302


def test_asking_for_nobody_says_the_same(client, db, clock):
    answers = [client.post(RESET, {"email": "x@example.org"}) for _ in range(MAILS + 1)]
    assert [answer.status_code for answer in answers] == [302] * MAILS + [200]
    assert mail.outbox == []
