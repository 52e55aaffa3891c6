"""«Is it still true?», asked a year after, of those who can answer, and shown to readers."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from wagtail.models import PageLogEntry

from articles.models import ArticlePage
from editorial.models import Answer, Mail, Verification
from editorial.verification import ask_due
from tests.factories import ArticlePageFactory, MembershipFactory
from tests.portal.reading import says, text_of

YEAR = timedelta(days=366)


@pytest.fixture
def article(lantern, contributor):
    return ArticlePageFactory(parent=lantern, title="Le jardin", owner=contributor)


def in_a_year():
    return timezone.now() + YEAR


def addresses():
    return set(Mail.objects.values_list("address", flat=True))


def answer(client, user, article, value, note=""):
    client.force_login(user)
    address = reverse("editorial_verify", args=[article.pk])
    return client.post(address, {"answer": value, "note": note}, follow=True)


def test_nothing_is_asked_before_a_year(article, lead):
    assert ask_due(timezone.now() + timedelta(days=364)) == 0
    assert not Verification.objects.exists()


def test_the_house_and_the_author_are_asked_once(article, lead, contributor, outsider, editor):
    now = in_a_year()
    assert ask_due(now) == 1
    assert ask_due(now + timedelta(days=1)) == 0
    assert addresses() == {lead.email, contributor.email}


def test_one_mail_tells_of_all_the_articles(
    article, lead, lantern, django_capture_on_commit_callbacks
):
    ArticlePageFactory(parent=lantern, title="Le potager")
    with django_capture_on_commit_callbacks(execute=True):
        assert ask_due(in_a_year()) == 2
    [to_lead] = [sent for sent in mail.outbox if sent.to == [lead.email]]
    assert "Le jardin" in to_lead.body and "Le potager" in to_lead.body
    assert reverse("editorial_to_verify") in to_lead.body
    [to_author] = [sent for sent in mail.outbox if sent.to != [lead.email]]
    assert reverse("editorial_verify", args=[article.pk]) in to_author.body


def test_an_author_who_left_is_not_asked(article, lead, contributor):
    contributor.memberships.all().delete()
    ask_due(in_a_year())
    assert addresses() == {lead.email}


def test_the_network_is_asked_where_a_house_has_nobody(lantern, editor):
    ArticlePageFactory(parent=lantern)
    ask_due(in_a_year())
    assert addresses() == {editor.email}


def test_drafts_and_what_was_withdrawn_are_not_asked_about(article, lead, lantern):
    ArticlePageFactory(parent=lantern, live=False)
    article.unpublish()
    assert ask_due(in_a_year()) == 0


def test_the_house_is_reminded_once_after_thirty_days(article, lead, contributor):
    now = in_a_year()
    ask_due(now)
    assert ask_due(now + timedelta(days=29)) == 0
    assert ask_due(now + timedelta(days=30)) == 1
    assert ask_due(now + timedelta(days=90)) == 0
    assert Mail.objects.filter(address=lead.email).count() == 2


def test_it_is_asked_again_a_year_after_the_answer(client, article, lead):
    ask_due(in_a_year())
    answer(client, lead, article, "true")
    said_at = Verification.objects.get().answered_at
    assert ask_due(said_at + timedelta(days=364)) == 0
    assert ask_due(said_at + YEAR) == 1
    assert Verification.objects.waiting().count() == 1


def test_what_is_no_longer_done_is_asked_no_more(client, article, lead):
    answer(client, lead, article, "gone")
    assert ask_due(timezone.now() + 3 * YEAR) == 0


def test_a_text_put_online_again_is_taken_for_true(client, article, lead):
    ArticlePage.objects.filter(pk=article.pk).update(last_published_at=in_a_year())
    assert ask_due(in_a_year() + timedelta(days=300)) == 0


# Answering


def test_the_answer_keeps_who_when_and_what(client, article, lead):
    ask_due(in_a_year())
    answer(client, lead, article, "true", note="Tous les <mardis>.")
    verification = Verification.objects.get()
    assert (verification.answer, verification.by) == (Answer.TRUE, lead)
    assert verification.answered_at and verification.note == "Tous les <mardis>."
    assert PageLogEntry.objects.get(action="editorial.verify").user == lead
    history = client.get(reverse("wagtailadmin_pages:history", args=[article.pk]))
    assert "Tous les &lt;mardis&gt;." in history.text


def test_what_has_changed_leads_to_the_editor(client, article, contributor):
    response = answer(client, contributor, article, "changed")
    assert response.redirect_chain[-1][0] == reverse("wagtailadmin_pages:edit", args=[article.pk])


def test_an_answer_is_needed(client, article, lead):
    answer(client, lead, article, "")
    answer(client, lead, article, "perhaps")
    assert not Verification.objects.exists()


def test_another_house_cannot_answer(client, article, outsider):
    answer(client, outsider, article, "gone")
    assert not Verification.objects.exists()


def test_a_draft_has_nothing_to_be_verified(client, lead, lantern):
    draft = ArticlePageFactory(parent=lantern, live=False)
    assert answer(client, lead, draft, "true").status_code == 404


# Readers


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("true", "Verified by the house in %(month)s."),
        ("changed", "The house says that this has changed since (%(month)s)."),
        ("gone", "The house says that this is no longer done (%(month)s)."),
    ],
)
def test_readers_see_the_answer(client, article, lead, value, message):
    answer(client, lead, article, value, note="Entre nous")
    client.logout()
    response = client.get(article.url)
    assert says(response, message, month=date_format(timezone.localdate(), "F Y"))
    assert "Entre nous" not in response.text


def test_readers_see_that_the_text_was_brought_up_to_date(client, article, lead):
    answer(client, lead, article, "changed")
    ArticlePage.objects.get(pk=article.pk).save_revision().publish()
    [(_template, note)] = client.get(article.url).context["notes"]
    assert note["is_updated"]


def test_the_last_answer_counts(client, article, lead):
    answer(client, lead, article, "gone")
    answer(client, lead, article, "true")
    [(_template, note)] = client.get(article.url).context["notes"]
    assert note["answer"] == Answer.TRUE


# The report


def report(client, user, **query):
    client.force_login(user)
    return client.get(reverse("editorial_to_verify"), query)


def test_the_report_shows_each_person_what_they_may_change(
    client, article, harbour, outsider, lead, editor
):
    boat = ArticlePageFactory(parent=harbour, title="Le bateau")
    MembershipFactory(house=harbour.house, role="lead")
    ask_due(in_a_year())
    assert "Le jardin" in text_of(report(client, lead))
    assert "Le bateau" not in text_of(report(client, lead))
    assert "Le jardin" not in text_of(report(client, outsider))
    assert "Le bateau" in text_of(report(client, editor))
    of_harbour = text_of(report(client, editor, house=harbour.house.pk))
    assert boat.title in of_harbour and "Le jardin" not in of_harbour


def test_the_report_is_filtered_by_answer_and_exported(client, article, lead, lantern):
    ArticlePageFactory(parent=lantern, title="=2+2")
    ask_due(in_a_year())
    answer(client, lead, article, "true")
    waiting = report(client, lead, answer="waiting", export="csv")
    lines = b"".join(waiting.streaming_content).decode()
    assert "'=2+2" in lines and "Le jardin" not in lines and "La Lanterne" in lines
    assert "Le jardin" in text_of(report(client, lead, answer="true"))


def test_the_report_asks_few_queries(client, editor, lantern, django_assert_max_num_queries):
    for _number in range(12):
        ArticlePageFactory(parent=lantern)
    ask_due(in_a_year())
    with django_assert_max_num_queries(40):
        assert report(client, editor).status_code == 200
