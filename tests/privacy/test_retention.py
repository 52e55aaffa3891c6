"""What is kept about people ends when the register says so, seen with a clock that moved."""

from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry

from audience.models import ViewCount
from editorial.models import Consent, Invitation, Mail, ReviewLink
from portal.personal_data import declared
from privacy import retention
from search.models import SearchCount
from tests.factories import ArticlePageFactory, UserFactory

pytestmark = pytest.mark.django_db


def later(**time):
    return timezone.now() + timedelta(**time)


def a_mail(user):
    return Mail.objects.create(
        user=user,
        address=user.email,
        language="fr",
        subject="x",
        content={},
        event="x",
        due_at=later(),
    )


def a_link(article):
    link = ReviewLink(name="Odile Pré", email="odile@example.org", message="Merci, Odile")
    link.bind(article, 7)
    link.save()
    return link


@pytest.fixture
def article(lantern):
    return ArticlePageFactory(parent=lantern)


@pytest.mark.parametrize(("days", "left"), [(390, 1), (397, 0)])
def test_mails_are_kept_thirteen_months(contributor, days, left):
    a_mail(contributor)
    retention.enforce(later(days=days))
    assert Mail.objects.count() == left


@pytest.mark.parametrize(("days", "left"), [(170, 1), (181, 0)])
def test_invitations_are_kept_six_months(lantern, days, left):
    invitation = Invitation(house=lantern.house, email="odile@example.org")
    invitation.renew()
    retention.enforce(later(days=days))
    assert Invitation.objects.count() == left


def test_the_address_of_a_reader_goes_and_their_name_stays_with_the_article(article):
    link = a_link(article)
    retention.enforce(later(days=400))
    link.refresh_from_db()
    assert link.email and link.message
    retention.enforce(later(days=410))
    link.refresh_from_db()
    assert (link.name, link.email, link.message) == ("Odile Pré", "", "")
    assert retention.too_old(later(days=410)) == []


def test_sessions_end_when_they_expire(client, contributor):
    client.force_login(contributor)
    retention.enforce(later(days=13))
    assert Session.objects.count() == 1
    retention.enforce(later(days=15))
    assert not Session.objects.exists()


def test_a_consent_is_forgotten_five_years_after_its_end(article):
    ended = {"person": "Odile Pré", "to_name": True, "given_on": timezone.localdate()}
    over = Consent.objects.create(page=article, until=timezone.localdate(), **ended)
    valid = Consent.objects.create(page=article, **ended)
    retention.enforce(later(days=5 * 365 - 1))
    assert Consent.objects.filter(erased_on=None).count() == 2
    retention.enforce(later(days=5 * 365 + 2))
    assert list(Consent.objects.filter(erased_on=None)) == [valid]
    over.refresh_from_db()
    assert over.person == ""


def test_who_logged_in_is_known_for_a_year_and_the_rest_of_the_log_stays(lantern, editor):
    log(editor, "editorial.login", user=editor)
    log(lantern.house, "wagtail.edit", user=editor)
    before = ModelLogEntry.objects.exclude(action="editorial.login").count()
    retention.enforce(later(days=360))
    assert ModelLogEntry.objects.filter(action="editorial.login").exists()
    retention.enforce(later(days=366))
    assert not ModelLogEntry.objects.filter(action="editorial.login").exists()
    assert ModelLogEntry.objects.count() == before


def test_an_account_that_nobody_enters_is_forgotten_after_three_years(contributor, admin):
    seen = UserFactory(last_login=later(days=100))
    retention.enforce(later(days=3 * 365 + 1))
    contributor.refresh_from_db()
    assert not contributor.is_active and not contributor.email
    assert not contributor.memberships.exists()
    for kept in (seen, admin):
        kept.refresh_from_db()
        assert kept.is_active and kept.email
    assert retention.too_old(later(days=3 * 365 + 1)) == []


def test_counts_are_kept_thirteen_months(db):
    day = timezone.localdate()
    SearchCount.objects.create(day=day, language="fr", text="sono", searches=1)
    ViewCount.objects.create(day=day, path="/", dimension="page", views=1)
    retention.enforce(later(days=390))
    assert SearchCount.objects.exists() and ViewCount.objects.exists()
    retention.enforce(later(days=398))
    assert not SearchCount.objects.exists() and not ViewCount.objects.exists()


def test_each_kind_that_ends_by_itself_is_tried_above():
    ended = {kind.rows[0].model for kind in declared() if kind.outdated and kind.rows}
    assert ended == {
        *("portal.User", "wagtailadmin.EditingSession", "wagtailcore.ModelLogEntry"),
        *("editorial.Mail", "editorial.Invitation", "editorial.ReviewLink", "editorial.Consent"),
    }


def test_a_dry_run_says_what_would_go_and_deletes_nothing(contributor):
    Mail.objects.filter(pk=a_mail(contributor).pk).update(created_at=later(days=-400))
    said = StringIO()
    call_command("retention", "--dry-run", stdout=said)
    assert said.getvalue().strip().endswith(": 1") and Mail.objects.exists()
    call_command("retention", stdout=said)
    assert not Mail.objects.exists()
    assert get_user_model().objects.filter(pk=contributor.pk, is_active=True).exists()


def test_the_housekeeping_does_it(contributor):
    Mail.objects.filter(pk=a_mail(contributor).pk).update(
        created_at=later(days=-400), sent_at=later(days=-400)
    )
    call_command("housekeeping")
    assert not Mail.objects.exists()
