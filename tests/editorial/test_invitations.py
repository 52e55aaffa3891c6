"""A person invited by mail joins the house once, by a link that tells nothing to anybody else."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from editorial.models import Invitation, Mail, MailPreference
from editorial.models.invitations import VALID_FOR
from editorial.sending import send_due
from houses.models import Membership, Role
from tests.factories import MembershipFactory, UserFactory
from tests.portal.reading import page_of, says, text_of

pytestmark = pytest.mark.django_db

PASSWORD = "une phrase assez longue"
ABOUT_ME = {"first_name": "Awa", "last_name": "Diop", "password1": PASSWORD, "password2": PASSWORD}


def team_of(house_page):
    return reverse("team:team", args=[house_page.house_id])


def invite(client, house_page, email="awa@example.org", role="contributor", **fields):
    address = reverse("team:invite", args=[house_page.house_id])
    return client.post(address, {"email": email, "role": role, **fields}, follow=True)


def link() -> str:
    """The address in the last mail."""
    send_due(timezone.now())
    return re.search(r"https?://[^/]+(/editorial/invitations/\S+)", mail.outbox[-1].body).group(1)


@pytest.fixture
def invited(client, lantern, lead):
    """The link of an invitation for awa@example.org."""
    client.force_login(lead)
    invite(client, lantern, first_name="Awa")
    return link()


@pytest.fixture
def guest():
    """The browser of the person invited."""
    return Client()


# Inviting


def test_a_lead_invites_and_sees_who_has_not_answered(client, lantern, lead):
    client.force_login(lead)
    response = invite(client, lantern, last_name="Diop", first_name="Awa", role="lead")
    assert says(response, "The invitation is on its way to %(email)s.", email="awa@example.org")
    assert "Awa Diop" in text_of(response)
    link()
    assert mail.outbox[-1].to == ["awa@example.org"]
    assert "La Lanterne" in mail.outbox[-1].body


@pytest.mark.parametrize("name", ["contributor", "outsider"])
def test_who_does_not_manage_the_house_invites_nobody(client, request, lantern, name):
    client.force_login(request.getfixturevalue(name))
    invite(client, lantern)
    assert not Invitation.objects.exists() and not Mail.objects.exists()


def test_a_lead_of_another_house_neither_sends_again_nor_withdraws(client, harbour, invited):
    client.force_login(MembershipFactory(house=harbour.house, role=Role.LEAD).user)
    before = Invitation.objects.get()
    for action in ("resend", "revoke"):
        client.post(reverse(f"team:{action}", args=[before.pk]))
    after = Invitation.objects.get()
    assert (after.token_hash, after.revoked_at) == (before.token_hash, None)


@pytest.mark.parametrize("email", ["", "awa", f"{'a' * 150}@example.org"])
def test_an_address_that_is_none_is_refused_and_nothing_typed_is_lost(client, lantern, lead, email):
    client.force_login(lead)
    response = invite(client, lantern, email=email, first_name="Awa")
    assert response.context["form"].errors["email"]
    assert response.context["form"]["first_name"].value() == "Awa"


def test_a_member_is_not_invited(client, lantern, lead, contributor):
    client.force_login(lead)
    response = invite(client, lantern, email="Contributor@Example.org")
    assert says(response, "This person already belongs to this house.")


def test_an_address_is_invited_once_at_a_time(client, lantern, invited):
    response = invite(client, lantern, email="AWA@example.org")
    assert says(
        response, "An invitation to this address waits already: send it again from the list."
    )
    assert Invitation.objects.count() == 1


def test_inviting_does_not_tell_whether_an_address_has_an_account(client, lantern, lead):
    UserFactory(username="known")
    client.force_login(lead)
    answers = []
    for name in ("known", "other"):
        answer = text_of(invite(client, lantern, email=f"{name}@example.org"))
        answers.append(answer.replace(name, "…"))
        Invitation.objects.all().delete()
    assert answers[0] == answers[1]


def test_the_link_is_kept_nowhere_once_it_has_left(invited):
    token = invited.strip("/").rpartition("/")[2]
    assert token not in str(list(Invitation.objects.values()))
    assert token not in str(list(Mail.objects.values()))


# A new person


def test_a_new_person_makes_their_account_and_is_in(guest, lantern, invited):
    form = guest.get(invited)
    assert form.context["form"]["first_name"].value() == "Awa"
    response = guest.post(invited, ABOUT_ME, follow=True)
    assert response.request["PATH_INFO"] == reverse("wagtailadmin_home")
    awa = get_user_model().objects.get(email="awa@example.org")
    assert (awa.get_full_name(), awa.memberships.get().role) == ("Awa Diop", "contributor")
    assert lantern.permissions_for_user(awa).can_add_subpage()
    assert Client().login(username="awa@example.org", password=PASSWORD)


def test_who_invited_is_told(guest, lead, invited):
    guest.post(invited, ABOUT_ME)
    send_due(timezone.now())
    assert mail.outbox[-1].to == [lead.email] and "Awa Diop" in mail.outbox[-1].body


@pytest.mark.parametrize(
    "wrong",
    [
        {"password1": "azerty", "password2": "azerty"},
        {"password1": "awa@example.org", "password2": "awa@example.org"},
        {"password2": "une autre phrase"},
        {"last_name": ""},
    ],
)
def test_a_form_filled_in_badly_says_so_and_keeps_the_rest(guest, invited, wrong):
    response = guest.post(invited, {**ABOUT_ME, **wrong})
    assert response.context["form"].errors
    assert page_of(response).select_one(".errorlist").get_text()
    assert page_of(response).select_one("#id_first_name")["value"] == "Awa"
    assert not get_user_model().objects.filter(email="awa@example.org").exists()
    assert guest.post(invited, ABOUT_ME).status_code == 302


def test_a_name_to_log_in_that_is_taken_is_said(guest, invited):
    UserFactory(username="awa@example.org", email="somebody@example.org")
    response = guest.post(invited, ABOUT_ME)
    assert says(
        response, "Somebody already logs in by this address: log in, then open the link again."
    )


# A person who has an account


@pytest.fixture
def awa():
    return UserFactory(username="awa", email="Awa@example.org")


def test_who_has_an_account_logs_in_and_accepts(guest, lantern, awa, invited):
    page = guest.get(invited)
    assert "form" not in page.context
    assert f"{reverse('wagtailadmin_login')}?next={invited}" in page.text
    guest.post(invited, ABOUT_ME)
    assert not awa.memberships.exists(), "nothing is accepted before logging in"
    guest.force_login(awa)
    guest.get(invited)
    assert not awa.memberships.exists(), "nor by looking at it"
    guest.post(invited)
    assert awa.memberships.get().house == lantern.house


def test_the_mail_reaches_who_wants_no_mail(client, lantern, lead, awa):
    MailPreference.objects.create(user=awa, rhythm="never")
    client.force_login(lead)
    invite(client, lantern)
    assert link() and mail.outbox[-1].to == ["Awa@example.org"]


def test_who_is_logged_in_with_another_address_may_accept(guest, lantern, invited):
    other = UserFactory(username="other")
    guest.force_login(other)
    guest.post(invited)
    assert other.memberships.get().house == lantern.house


def test_a_lead_who_opens_the_link_does_not_use_it_up(client, guest, lead, invited):
    client.force_login(lead)
    client.post(invited)
    assert lead.memberships.get().role == Role.LEAD
    assert guest.post(invited, ABOUT_ME).status_code == 302


def test_a_closed_account_is_not_opened_again(guest, awa, invited):
    awa.is_active = False
    awa.save()
    response = guest.post(invited, ABOUT_ME)
    assert says(
        response,
        "The account with this address is closed. Write to the network, who can open it again.",
    )
    assert not Membership.objects.filter(user=awa).exists()


# Links that no longer work


def closed(guest, address, message, status=410):
    response = guest.get(address)
    assert response.status_code == status
    assert says(response, message)
    assert "La Lanterne" not in text_of(response) and "awa" not in text_of(response)
    guest.post(address, ABOUT_ME)
    assert get_user_model().objects.filter(email="awa@example.org").count() <= 1


def test_an_unknown_link_says_so(guest, invited):
    message = "This link is not one of ours, or a newer one was sent: look for the last message, and copy its link whole."
    closed(guest, f"{invited[:-2]}/", message, status=404)


def test_a_link_works_once(guest, invited):
    guest.post(invited, ABOUT_ME)
    closed(Client(), invited, "This invitation was accepted already: log in.")
    assert Membership.objects.filter(user__email="awa@example.org").count() == 1


def test_a_link_expires(guest, invited):
    late = timezone.now() - VALID_FOR - timedelta(minutes=1)
    Invitation.objects.update(sent_at=late)
    closed(guest, invited, "This invitation has expired. Ask who invited you to send it again.")
    assert not get_user_model().objects.filter(email="awa@example.org").exists()


def test_a_link_is_withdrawn(client, guest, invited):
    client.post(reverse("team:revoke", args=[Invitation.objects.get().pk]))
    closed(guest, invited, "This invitation was withdrawn by those who sent it.")


def test_a_link_sent_again_takes_the_place_of_the_first(client, guest, invited):
    Invitation.objects.update(sent_at=timezone.now() - VALID_FOR)
    client.post(reverse("team:resend", args=[Invitation.objects.get().pk]))
    again = link()
    assert again != invited and guest.get(invited).status_code == 404
    assert guest.post(again, ABOUT_ME).status_code == 302


def test_an_invitation_withdrawn_makes_room_for_another(client, lantern, invited):
    client.post(reverse("team:revoke", args=[Invitation.objects.get().pk]))
    invite(client, lantern)
    assert Invitation.objects.open().count() == 1


def test_an_answer_that_comes_second_changes_nothing(guest, invited, monkeypatch):
    """The link was used in another tab between the check and the click."""
    monkeypatch.setattr("editorial.views.invitations._why_closed", lambda found: "")
    Invitation.objects.update(accepted_at=timezone.now())
    response = guest.post(invited, ABOUT_ME)
    assert response.status_code == 410
    assert not get_user_model().objects.filter(email="awa@example.org").exists()


@pytest.mark.parametrize("known", [True, False])
def test_the_screen_is_neither_indexed_nor_cached_nor_told_to_others(guest, invited, known):
    response = guest.get(invited if known else "/editorial/invitations/nothing/")
    assert 'name="robots" content="noindex"' in response.text
    assert "noindex" in response["X-Robots-Tag"]
    assert "no-store" in response["Cache-Control"] and "private" in response["Cache-Control"]
    assert response["Referrer-Policy"] == "strict-origin"


def test_forms_of_the_screen_are_told_from_forgeries(lantern, invited):
    browser = Client(enforce_csrf_checks=True)
    assert browser.post(invited, ABOUT_ME).status_code == 403
