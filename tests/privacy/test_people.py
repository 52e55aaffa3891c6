"""What is held of a person is shown, handed over and erased across all apps."""

import json

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import Comment, ModelLogEntry, PageLogEntry
from wagtail.users.models import UserProfile

from articles.models import ArticlePage
from editorial.models import Consent, Invitation, Mail, MailPreference, ReviewAnswer, ReviewLink
from portal.personal_data import Person, declared
from privacy.erasure import ERASED, erase
from tests.factories import ArticlePageFactory, MembershipFactory
from tests.portal.reading import says, text_of

pytestmark = pytest.mark.django_db
SCREEN, EMAIL = "privacy_person", "odile.pre@example.org"


@pytest.fixture
def odile(lantern):
    """A contributor of whom every app keeps something."""
    user = MembershipFactory(
        user__username="odile-pre",
        user__email=EMAIL,
        user__first_name="Odile",
        user__last_name="Pré",
        house=lantern.house,
    ).user
    user.set_password("repair-café")
    user.save()
    article = ArticlePageFactory(parent=lantern, title="Le repair café", owner=user)
    article.save_revision(user=user)
    UserProfile.objects.create(user=user, preferred_language="fr")
    MailPreference.objects.create(user=user)
    Mail.objects.create(
        user=user,
        address=EMAIL,
        language="fr",
        subject="À relire",
        content={},
        event="x",
        due_at=timezone.now(),
    )
    Invitation(house=lantern.house, email=EMAIL.upper(), first_name="Odile").renew()
    Comment.objects.create(page=article, user=user, text="À revoir", contentpath="title")
    link = ReviewLink(name="Odile Pré", email=EMAIL, message="Merci, Odile", created_by=user)
    link.bind(article, 7)
    link.save()
    ReviewAnswer.objects.create(link=link, name="O. Pré", verdict="approve", comment="Très juste")
    Consent.objects.create(page=article, person="Odile Pré", role="trésorière", to_name=True)
    log(article, "wagtail.edit", user=user)
    told = {"link": "1", "name": "Odile Pré", "email": EMAIL, "comment": "Très juste"}
    log(article, "editorial.link.answer", data=told)
    return user


def article_of():
    return ArticlePage.objects.get(title="Le repair café")


def screen(client, admin, text, **data):
    client.force_login(admin)
    address = f"{reverse(SCREEN)}?q={text}"
    return client.post(address, data) if data else client.get(address)


@pytest.mark.parametrize("text", ["odile-pre", EMAIL, EMAIL.upper()])
def test_an_administrator_sees_what_is_held(client, admin, odile, text):
    response = screen(client, admin, text)
    said = text_of(response)
    for fact in ("À relire", "Le repair café", "Très juste", "Odile Pré"):
        assert fact in said
    assert {kind.rows[0].model for kind, _rows in response.context["held"]} >= {
        *("portal.User", "houses.Membership", "editorial.Mail", "editorial.Invitation"),
        *("editorial.ReviewLink", "editorial.Consent", "wagtailcore.Page"),
        "wagtailcore.PageLogEntry",
    }


@pytest.mark.parametrize("name", [SCREEN, "privacy_download"])
@pytest.mark.parametrize("who", ["editor", "lead", "contributor"])
def test_nobody_else_does(client, request, odile, name, who):
    client.force_login(request.getfixturevalue(who))
    response = client.get(reverse(name), {"q": EMAIL})
    assert response.status_code == 302 and "Odile" not in response.text


def test_who_is_not_known_is_told_in_words(client, admin):
    response = screen(client, admin, "personne")
    assert says(response, "Nobody is known by this: check how it is written.")
    assert screen(client, admin, "inconnue@example.org").context["held"] == []


def test_a_copy_is_handed_over(client, admin, odile):
    client.force_login(admin)
    response = client.get(reverse("privacy_download"), {"q": EMAIL})
    assert "attachment" in response.headers["Content-Disposition"]
    held = json.loads(response.content)
    texts = json.dumps(held, ensure_ascii=False)
    assert EMAIL in texts and "Très juste" in texts and odile.password not in texts


def test_a_person_downloads_their_own_data_from_their_account(client, odile, contributor):
    client.force_login(odile)
    assert reverse("privacy_mine") in client.get(reverse("wagtailadmin_account")).text
    assert EMAIL in client.get(reverse("privacy_mine")).text
    client.force_login(contributor)
    assert EMAIL not in client.get(reverse("privacy_mine")).text


def test_a_visitor_downloads_nothing(client, odile):
    assert client.get(reverse("privacy_mine")).status_code == 302


# Erasure


def everything_stored() -> str:
    """All rows of all declared models, as text."""
    rows = [
        row
        for kind in declared()
        for each in kind.rows
        for row in apps.get_model(each.model)._default_manager.values()
    ]
    return json.dumps(rows, default=str, ensure_ascii=False)


def test_to_erase_leaves_no_name_anywhere(client, admin, odile):
    assert "Odile" in everything_stored()
    response = screen(client, admin, EMAIL, with_namesakes="on", confirm="on")
    assert response.status_code == 302
    stored = everything_stored()
    for name in ("Odile", "O. Pré", "odile-pre", EMAIL, EMAIL.upper()):
        assert name not in stored, name


def test_what_the_person_wrote_stays_with_the_house(client, admin, odile):
    screen(client, admin, EMAIL, confirm="on")
    article = article_of()
    assert article.live and article.owner.get_username() == f"{ERASED}-{odile.pk}"
    assert Comment.objects.get().text == "À revoir"
    assert ReviewAnswer.objects.get().comment == "Très juste"
    assert client.get(article.url).status_code == 200


def test_the_account_lets_nobody_in(client, admin, odile):
    client.force_login(odile)
    erase(Person.of(odile), by=admin)
    assert client.get("/admin/").status_code == 302
    odile.refresh_from_db()
    assert not odile.is_active and not odile.has_usable_password()
    assert not odile.memberships.exists() and not odile.groups.exists()
    assert not Mail.objects.exists() and not Invitation.objects.exists()


def test_a_link_to_read_no_longer_opens(admin, odile):
    erase(Person.of(odile), by=admin)
    link = ReviewLink.objects.get()
    assert link.revoked_at and (link.name, link.email, link.message) == ("—", "", "")


def test_the_log_keeps_what_was_done_without_the_name(admin, odile):
    before = PageLogEntry.objects.count()
    erase(Person.of(odile), by=admin)
    assert PageLogEntry.objects.count() == before
    answer = PageLogEntry.objects.get(action="editorial.link.answer")
    assert answer.data["name"] == answer.data["email"] == "—"
    assert answer.data["comment"] == "Très juste"
    entry = ModelLogEntry.objects.get(action="privacy.erase")
    assert entry.user == admin and "dile" not in f"{entry.label}{entry.data}"


def test_a_namesake_is_left_alone_unless_asked(client, admin, odile):
    screen(client, admin, EMAIL, confirm="on")
    assert Consent.objects.get().person == "Odile Pré"


def test_to_erase_is_confirmed(client, admin, odile):
    response = screen(client, admin, EMAIL, with_namesakes="on")
    assert says(response, "Tick the box to confirm: this cannot be undone.")
    assert get_user_model().objects.filter(email=EMAIL).exists()


def test_an_administrator_does_not_erase_themselves(client, admin):
    response = screen(client, admin, "admin", confirm="on")
    assert says(response, "You cannot erase yourself: ask another administrator.")
    assert get_user_model().objects.filter(username="admin", is_active=True).exists()


def test_a_reader_without_an_account_is_forgotten_by_their_address(client, admin, lantern):
    article = ArticlePageFactory(parent=lantern, title="Le repair café")
    link = ReviewLink(name="Zoé Lune", email="zoe@example.org")
    link.bind(article, 7)
    link.save()
    assert "Zoé Lune" in text_of(screen(client, admin, "zoe@example.org"))
    screen(client, admin, "zoe@example.org", confirm="on")
    assert screen(client, admin, "zoe@example.org").context["held"] == []
