"""A lead invites by mail: the link makes an account of the house, once, and says so where it leads nowhere any more."""

import pytest

from tests.browser.mails import link_in

LEAD = "lead@maillage.example.org"
PASSWORD = "un-bateau-vert-et-calme"


@pytest.fixture
def team(log_in):
    """The team of the lead, in her browser."""
    lead = log_in("lead")
    lead.goto("/admin/team/")
    return lead


def invite(team, address, name):
    team.get_by_role("link", name="Inviter quelqu’un").click()
    team.fill("#id_email", address)
    team.fill("#id_first_name", name)
    team.fill("#id_last_name", "Martin")
    team.get_by_label("Contributeur").check()
    team.get_by_role("button", name="Envoyer l’invitation").click()
    team.wait_for_url("**/admin/team/*/")


def row_of(team, address):
    return team.get_by_role("listitem").filter(has_text=address)


def test_who_is_invited_makes_an_account_and_sees_their_house(team, open_page, new_mails):
    house = team.get_by_role("heading", level=1).inner_text()
    invite(team, "ines@example.org", "Inès")
    mails = new_mails()
    assert set(mails) == {"ines@example.org"}
    path = link_in(mails["ines@example.org"])

    guest = open_page(path)
    assert guest.input_value("#id_first_name") == "Inès"
    guest.fill("#id_password1", PASSWORD)
    guest.fill("#id_password2", PASSWORD)
    guest.get_by_role("button", name="Créer mon compte et rejoindre l’équipe").click()
    guest.wait_for_url("**/admin/")
    guest.get_by_role("link", name="Ma maison").click()
    guest.wait_for_url("**/admin/team/*/")
    assert guest.get_by_role("heading", level=1).inner_text() == house
    assert "Inès Martin (vous)" in guest.inner_text("main")
    assert set(new_mails()) == {LEAD}

    # She comes back by her address and her password; the link is used up.
    again = open_page("/admin/login/")
    again.fill("#id_username", "ines@example.org")
    again.fill("#id_password", PASSWORD)
    again.click("button[type=submit]")
    again.wait_for_url("**/admin/")
    assert "Cette invitation a déjà été acceptée" in open_page(path).inner_text("main")


def test_a_link_that_was_withdrawn_says_so(team, open_page, new_mails):
    invite(team, "paul@example.org", "Paul")
    path = link_in(new_mails()["paul@example.org"])
    row_of(team, "paul@example.org").get_by_role("button", name="Annuler").click()
    assert "Cette invitation a été annulée" in open_page(path).inner_text("main")


def test_a_link_that_expired_says_so_and_is_sent_again(team, open_page, new_mails, manage):
    invite(team, "awa@example.org", "Awa")
    path = link_in(new_mails()["awa@example.org"])
    manage(
        "shell",
        "--command",
        "from datetime import timedelta; from editorial.models import Invitation; "
        "row = Invitation.objects.get(email='awa@example.org'); "
        "row.sent_at -= timedelta(days=15); row.save()",
    )
    assert "Cette invitation a expiré" in open_page(path).inner_text("main")

    team.reload()
    row = row_of(team, "awa@example.org")
    assert "Expirée le" in row.inner_text()
    row.get_by_role("button", name="Renvoyer").click()
    fresh = link_in(new_mails()["awa@example.org"])
    assert open_page(fresh).get_by_role("button", name="Créer mon compte").is_visible()
    assert "un plus récent a été envoyé" in open_page(path).inner_text("main")
