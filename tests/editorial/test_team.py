"""Who belongs to a house is decided by its leads; a house keeps somebody who answers for it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import ModelLogEntry

from articles.models import ArticlePage
from editorial.models import Invitation
from houses.models import Membership, Role
from tests.factories import ArticlePageFactory, MembershipFactory, UserFactory, article_form_data
from tests.portal.reading import links_of, says, text_of

pytestmark = pytest.mark.django_db

HOME = reverse("wagtailadmin_home")


def team_of(house_page):
    return reverse("team:team", args=[house_page.house_id])


def post(client, action, membership, **data):
    return client.post(reverse(f"team:{action}", args=[membership.pk]), data, follow=True)


@pytest.fixture
def second_lead(lantern, lead):
    return MembershipFactory(user__username="second", house=lantern.house, role=Role.LEAD)


# The list


def test_the_menu_leads_to_the_team_of_ones_house(client, lantern, contributor):
    client.force_login(contributor)
    assert reverse("team:mine") in client.get(HOME).text
    response = client.get(reverse("team:mine"), follow=True)
    assert response.redirect_chain == [(team_of(lantern), 302)]
    assert says(response, "The team of %(house)s", house="La Lanterne")


def test_who_has_no_house_has_no_such_menu(client, editor):
    client.force_login(editor)
    assert reverse("team:mine") not in client.get(HOME).text
    assert client.get(reverse("team:mine")).url == HOME


def test_who_has_two_houses_chooses(client, lantern, harbour, contributor):
    MembershipFactory(user=contributor, house=harbour.house)
    client.force_login(contributor)
    links = links_of(client.get(reverse("team:mine")))
    assert team_of(lantern) in links and team_of(harbour) in links


def test_a_lead_sees_who_is_who(client, lantern, lead, contributor):
    client.force_login(lead)
    response = client.get(team_of(lantern))
    shown = text_of(response)
    assert "contributor@example.org" in shown and "lead@example.org" in shown
    assert says(response, "Has never logged in")  # the contributor
    assert reverse("team:remove", args=[contributor.memberships.get().pk]) in links_of(response)


def test_a_contributor_sees_the_team_and_changes_nothing(client, lantern, lead, contributor):
    client.force_login(contributor)
    response = client.get(team_of(lantern))
    assert "lead@example.org" in text_of(response)
    assert not [link for link in links_of(response) if "/team/members/" in link or "invite" in link]
    for action in ("change_role", "remove", "hand_over"):
        post(client, action, lead.memberships.get())
        post(client, action, contributor.memberships.get())
    assert lead.memberships.get().role == Role.LEAD
    assert contributor.memberships.get().role == Role.CONTRIBUTOR


@pytest.mark.parametrize("role", Role)
def test_the_team_of_another_house_is_neither_seen_nor_changed(
    client, lantern, harbour, contributor, role
):
    stranger = MembershipFactory(house=harbour.house, role=role).user
    client.force_login(stranger)
    assert client.get(team_of(lantern)).url == HOME
    for action in ("change_role", "remove", "hand_over"):
        post(client, action, contributor.memberships.get(), then="lead")
    assert contributor.memberships.get().role == Role.CONTRIBUTOR


@pytest.mark.parametrize("name", ["editor", "admin"])
def test_those_who_manage_all_houses_reach_each_team_from_the_list_of_houses(
    client, request, lantern, contributor, name
):
    client.force_login(request.getfixturevalue(name))
    listing = client.get(reverse("wagtailsnippets_houses_house:list"))
    assert team_of(lantern) in listing.text
    assert "contributor@example.org" in text_of(client.get(team_of(lantern)))


def test_the_team_takes_as_many_queries_whatever_its_size(client, lantern, lead):
    """The house, the right to manage it, the members, the invitations; and «My house» in the menu."""
    client.force_login(lead)
    with CaptureQueriesContext(connection) as few:
        client.get(team_of(lantern))
    for number in range(20):
        MembershipFactory(house=lantern.house)
        Invitation(house=lantern.house, email=f"new{number}@example.org").renew()
    with CaptureQueriesContext(connection) as many:
        assert "new19@example.org" in client.get(team_of(lantern)).text
    tables = ('"houses_house"', '"houses_membership"', '"editorial_invitation"')
    ours = [query for query in many if any(f"FROM {table}" in query["sql"] for table in tables)]
    assert len(ours) == 5
    assert len(many) <= len(few)


# Roles


def test_a_lead_makes_another_lead(client, lantern, lead, contributor):
    client.force_login(lead)
    membership = contributor.memberships.get()
    question = client.get(reverse("team:change_role", args=[membership.pk]))
    assert says(
        question,
        "%(person)s will be able to choose who belongs to the team, you included.",
        person="contributor",
    )
    assert contributor.memberships.get().role == Role.CONTRIBUTOR, "to ask changes nothing"
    post(client, "change_role", membership)
    assert contributor.memberships.get().role == Role.LEAD
    assert lantern.permissions_for_user(contributor).can_edit()


def test_a_lead_makes_another_a_contributor(client, lantern, lead, second_lead):
    client.force_login(lead)
    post(client, "change_role", second_lead)
    assert not lantern.permissions_for_user(second_lead.user).can_edit()
    assert lantern.permissions_for_user(second_lead.user).can_add_subpage()


def test_what_is_changed_is_kept_in_the_history_of_the_site(client, lead, contributor):
    client.force_login(lead)
    post(client, "change_role", contributor.memberships.get())
    post(client, "remove", contributor.memberships.get())
    entries = (
        ModelLogEntry.objects.for_instance(contributor)
        .order_by("pk")
        .filter(action__startswith="editorial.membership")
    )
    assert list(entries.values_list("action", "user__username")) == [
        ("editorial.membership.add", None),
        ("editorial.membership.change", "lead"),
        ("editorial.membership.remove", "lead"),
    ]


# Leaving


def test_a_person_removed_loses_their_rights_with_their_next_request(
    client, lantern, lead, contributor, django_user_model
):
    article = ArticlePageFactory(parent=lantern, owner=contributor, title="À moi", live=False)
    session, address = client, reverse("wagtailadmin_pages:edit", args=[article.pk])
    session.force_login(contributor)
    assert session.get(address).status_code == 200
    boss = type(client)()
    boss.force_login(lead)
    post(boss, "remove", contributor.memberships.get())
    session.post(address, article_form_data(title="Volé", slug=article.slug))
    assert reverse("wagtailadmin_login") in session.get(HOME).url
    found = ArticlePage.objects.get(pk=article.pk)
    assert found.get_latest_revision_as_object().title == "À moi"
    assert found.owner == contributor, "what they wrote stays theirs"


@pytest.mark.parametrize("action", ["change_role", "remove"])
def test_the_only_lead_cannot_leave_the_house_without_one(
    client, lantern, lead, contributor, action
):
    client.force_login(lead)
    response = post(client, action, lead.memberships.get())
    assert says(
        response,
        "%(person)s is the only lead of %(house)s. Make somebody else a lead first: "
        "a house never stays without anybody who answers for it.",
        person="lead",
        house="La Lanterne",
    )
    assert lead.memberships.get().role == Role.LEAD


def test_a_network_editor_cannot_leave_a_house_without_a_lead_either(client, lead, editor):
    client.force_login(editor)
    post(client, "remove", lead.memberships.get())
    assert lead.memberships.exists()


def test_a_lead_whose_account_is_closed_does_not_count(client, lead, second_lead):
    second_lead.user.is_active = False
    second_lead.user.save()
    client.force_login(lead)
    post(client, "remove", lead.memberships.get())
    assert lead.memberships.exists()


def test_an_administrator_may_remove_the_only_lead(client, admin, lead):
    client.force_login(admin)
    post(client, "remove", lead.memberships.get())
    assert not lead.memberships.exists()


def test_one_of_two_leads_may_leave(client, lead, second_lead):
    client.force_login(lead)
    response = post(client, "remove", lead.memberships.get())
    assert not lead.memberships.exists()
    assert reverse("wagtailadmin_login") in response.redirect_chain[-1][0]


# Handing over


@pytest.mark.parametrize(
    ("then", "left_with"), [("lead", Role.LEAD), ("contributor", Role.CONTRIBUTOR), ("leave", None)]
)
def test_a_lead_hands_over(client, lead, contributor, then, left_with):
    client.force_login(lead)
    post(client, "hand_over", contributor.memberships.get(), then=then)
    assert contributor.memberships.get().role == Role.LEAD
    own = Membership.objects.filter(user=lead).first()
    assert (own and own.role) == left_with


def test_handing_over_without_saying_what_one_becomes_changes_nothing(client, lead, contributor):
    client.force_login(lead)
    response = post(client, "hand_over", contributor.memberships.get())
    assert response.context["form"].errors
    assert contributor.memberships.get().role == Role.CONTRIBUTOR


def test_only_a_lead_of_the_house_hands_it_over(client, editor, lead, contributor):
    client.force_login(editor)
    post(client, "hand_over", contributor.memberships.get(), then="leave")
    assert contributor.memberships.get().role == Role.CONTRIBUTOR


def test_a_person_who_does_not_exist_is_not_found(client, lead):
    client.force_login(lead)
    assert client.get(reverse("team:remove", args=[999])).status_code == 404
    assert client.get(reverse("team:team", args=[999])).status_code == 404


def test_a_visitor_must_log_in(client, lantern):
    UserFactory()
    assert reverse("wagtailadmin_login") in client.get(team_of(lantern)).url
