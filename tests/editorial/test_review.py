"""A text goes from its author to its house, then to the network, and online once two people have seen it."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from wagtail.models import Comment, TaskState, WorkflowState

from articles.models import ArticlePage
from editorial.models import HouseReview, Mail, NetworkReview, ReviewState, open_state
from editorial.notifications import remind
from editorial.sending import send_due
from houses.models import Role
from search.models import SearchDocument
from tests.editorial.acts import decide, is_live, recipients, save, step, submit
from tests.factories import MembershipFactory, PlainPageFactory
from tests.portal.reading import says

pytestmark = pytest.mark.django_db


def test_from_draft_to_online(client, draft, contributor, lead, editor):
    submit(client, contributor, draft)
    assert step(draft) is HouseReview and not is_live(draft)
    decide(client, lead, draft, "approve")
    assert step(draft) is NetworkReview and not is_live(draft)
    decide(client, editor, draft, "approve")
    assert step(draft) is None and is_live(draft)
    assert SearchDocument.objects.filter(pk=draft.pk).exists()


def test_the_house_step_is_skipped_when_the_only_lead_submits(client, draft, lead, editor):
    submit(client, lead, draft, title="Un repair café mobile")
    assert step(draft) is NetworkReview


def test_the_house_step_is_skipped_where_nobody_leads(client, draft, contributor, editor):
    submit(client, contributor, draft)
    assert step(draft) is NetworkReview


def test_another_lead_reviews_what_a_lead_submits(client, draft, lead, second_lead):
    submit(client, lead, draft, title="Un repair café mobile")
    assert open_state(draft).asked() == [second_lead]


def test_a_page_of_the_network_goes_straight_to_its_editors(client, editor, second_editor):
    page = PlainPageFactory(title="Mentions", live=False)
    page.title = "Mentions légales"
    page.save_revision(user=editor)
    page.get_workflow().start(page, editor)
    assert step(page) is NetworkReview
    assert open_state(page).asked() == [second_editor]


@pytest.mark.parametrize("name", ["contributor", "outsider", "admin"])
def test_nobody_publishes_directly(client, draft, request, name):
    save(client, request.getfixturevalue(name), draft, **{"action-publish": "1"})
    assert not is_live(draft)


def test_an_editor_does_not_publish_directly_either(client, draft, editor):
    save(client, editor, draft, title="Tout neuf", **{"action-publish": "1"})
    assert not is_live(draft)


def test_nobody_approves_their_own_text(client, draft, contributor, lead, editor):
    save(client, lead, draft, title="Le titre de la référente")
    submit(client, contributor, draft, title="Le titre de la référente")
    # The only lead wrote last: the network reads at once.
    assert step(draft) is NetworkReview
    MembershipFactory(user=editor, house=draft.get_parent().specific.house, role=Role.LEAD)
    save(client, editor, draft, title="Le titre de l’éditrice")


def test_an_editor_cannot_approve_what_they_wrote(client, draft, editor):
    save(client, editor, draft, title="Tout neuf")
    submit(client, editor, draft, title="Tout neuf")
    answer = decide(client, editor, draft, "approve")
    assert not is_live(draft)
    assert 'name="decision"' not in answer.text
    # By Wagtail's own way either.
    url = reverse(
        "wagtailadmin_pages:workflow_action", args=[draft.pk, "approve", open_state(draft).pk]
    )
    client.post(url, {"comment": ""})
    assert not is_live(draft)


def test_an_administrator_may_with_a_reason_that_is_kept(client, draft, admin):
    save(client, admin, draft, title="Tout neuf")
    submit(client, admin, draft, title="Tout neuf")
    answer = decide(client, admin, draft, "approve_own")
    assert (not is_live(draft) and "Say why" in answer.text) or "phrase" in answer.text
    decide(client, admin, draft, "approve_own", comment="Personne d’autre avant lundi.")
    assert is_live(draft)
    history = client.get(reverse("wagtailadmin_pages:history", args=[draft.pk])).text
    assert "Personne d’autre avant lundi." in history


def test_changes_are_asked_for_with_a_reason_and_the_text_comes_back(
    client, draft, contributor, lead
):
    submit(client, contributor, draft)
    recipients()
    answer = decide(client, lead, draft, "reject")
    assert "Pourquoi" in answer.text and open_state(draft), "a reason is needed"
    decide(client, lead, draft, "reject", comment="Où cela se passe-t-il ?")
    assert open_state(draft) is None
    send_due(timezone.now())
    [sent] = mail.outbox
    assert sent.to == [contributor.email] and "Où cela se passe-t-il" in sent.body
    mail.outbox.clear()
    submit(client, contributor, draft, title="Un repair café à Valdoie")
    assert step(draft) is HouseReview
    assert recipients() == [lead.email]


def test_what_was_said_of_passages_goes_with_the_decision(client, article, contributor, lead):
    article.save_revision(user=contributor)
    article.get_workflow().start(article, contributor)
    block = ArticlePage.objects.get(pk=article.pk).get_latest_revision_as_object().body[0]
    for path, text in (
        ("title", "Trop long"),
        (f"body.{block.id}.value", "Qui parle ?"),
        ("unknown", "Relisez"),
    ):
        Comment.objects.create(page=article, user=lead, text=text, contentpath=path)
    Comment.objects.create(page=article, user=contributor, text="Pour moi", contentpath="title")
    Comment.objects.create(
        page=article, user=lead, text="Réglé", contentpath="title", resolved_at=timezone.now()
    )
    decide(client, lead, article, "reject", comment="Encore un effort.")
    decision = Mail.objects.get(event__startswith="decision:")
    assert decision.user == contributor
    label = capfirst(block.block.label)
    assert decision.content["quotes"] == [
        ["lead", "Encore un effort."],
        ["lead (Titre)", "Trop long"],
        [f"lead ({label})", "Qui parle ?"],
        ["lead", "Relisez"],
    ]


def test_a_text_is_refused_with_a_reason(client, draft, contributor, lead):
    submit(client, contributor, draft)
    recipients()
    decide(client, lead, draft, "decline", comment="Ce n’est pas une pratique.")
    assert open_state(draft) is None
    assert draft.workflow_states.get().status == WorkflowState.STATUS_CANCELLED
    assert recipients() == [contributor.email]
    client.force_login(contributor)
    history = client.get(reverse("wagtailadmin_pages:history", args=[draft.pk])).text
    assert "Ce n’est pas une pratique." in history


def test_an_editor_publishes_at_a_date(client, draft, contributor, editor):
    submit(client, contributor, draft)
    tomorrow = timezone.localtime() + timedelta(days=1)
    decide(client, editor, draft, "approve", go_live_at=tomorrow.strftime("%Y-%m-%d %H:%M"))
    assert open_state(draft) is None and not is_live(draft)
    assert ArticlePage.objects.get(pk=draft.pk).approved_schedule


def test_a_date_that_is_past_is_refused(client, draft, contributor, editor):
    submit(client, contributor, draft)
    answer = decide(client, editor, draft, "approve", go_live_at="2020-01-01 10:00")
    assert open_state(draft) and "passé" in answer.text


def test_a_planned_text_goes_online_and_the_house_is_told(
    client, draft, contributor, lead, editor, monkeypatch
):
    submit(client, contributor, draft)
    decide(client, lead, draft, "approve")
    soon = timezone.localtime() + timedelta(hours=1)
    decide(client, editor, draft, "approve", go_live_at=soon.strftime("%Y-%m-%d %H:%M"))
    recipients()
    later = timezone.now() + timedelta(hours=2)
    monkeypatch.setattr("django.utils.timezone.now", lambda: later)
    call_command("publish_scheduled")
    assert is_live(draft)
    assert recipients() == sorted([contributor.email, lead.email])


def test_mails_go_to_those_concerned_and_to_nobody_else(
    client, draft, contributor, lead, editor, second_editor, outsider, admin
):
    submit(client, contributor, draft)
    send_due(timezone.now())
    assert "Un repair café" in mail.outbox[0].subject and "« Un repair café »" in mail.outbox[
        0
    ].body.replace("\xa0", " ")
    assert recipients() == [lead.email]
    decide(client, lead, draft, "approve")
    assert recipients() == sorted([contributor.email, editor.email, second_editor.email])
    decide(client, editor, draft, "approve")
    # The contributor once, as the one who submitted; the lead as a member of the house.
    assert recipients() == sorted([contributor.email, lead.email])


def test_who_comes_second_is_told_who_decided(client, draft, contributor, editor, second_editor):
    submit(client, contributor, draft)
    seen = open_state(draft).text
    decide(client, editor, draft, "approve")
    answer = decide(client, second_editor, draft, "decline", comment="Non.", seen=seen)
    assert is_live(draft) and "editor a déjà approuvé" in answer.text


def test_a_withdrawn_review_says_so(client, draft, contributor, editor):
    submit(client, contributor, draft)
    draft.current_workflow_state.cancel(user=contributor)
    client.force_login(editor)
    answer = client.get(reverse("editorial_review", args=[draft.pk]), follow=True)
    assert "a été retirée" in answer.text


def test_a_deleted_text_is_not_found(client, draft, contributor, editor):
    submit(client, contributor, draft)
    draft.delete()
    client.force_login(editor)
    assert client.get(reverse("editorial_review", args=[draft.pk])).status_code == 404
    assert not ReviewState.objects.exists()


@pytest.mark.parametrize("name", ["outsider", "contributor"])
def test_who_does_not_review_sees_nothing_of_it(client, draft, contributor, lead, request, name):
    submit(client, contributor, draft)
    client.force_login(request.getfixturevalue(name))
    assert client.get(reverse("editorial_review", args=[draft.pk])).status_code == 404
    answer = decide(client, request.getfixturevalue(name), draft, "approve")
    assert answer.status_code == 404 and step(draft) is HouseReview


def test_those_who_are_late_are_reminded_once(client, draft, contributor, lead):
    submit(client, contributor, draft)
    recipients()
    now = timezone.now()
    assert remind(now + timedelta(days=4)) == 0
    assert remind(now + timedelta(days=6)) == 1
    assert remind(now + timedelta(days=12)) == 0
    assert recipients() == [lead.email]


def test_a_withdrawal_ends_every_step(client, draft, contributor, lead):
    submit(client, contributor, draft)
    save(client, contributor, draft, **{"action-cancel-workflow": "1"})
    assert open_state(draft) is None
    assert not TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS).exists()


@pytest.mark.parametrize(
    "expires, goes_live, is_refused",
    [(-1, None, True), (5, 6, True), (5, 4, False), (5, None, False)],
    ids=["over", "over before it begins", "begins before", "at once"],
)
def test_a_text_whose_time_is_over_is_not_put_online(
    client, draft, contributor, editor, expires, goes_live, is_refused
):
    """The date came while the text was waiting."""
    draft.expire_at = timezone.now() + timedelta(days=expires)
    draft.save_revision(user=contributor, clean=False)
    draft.get_workflow().start(draft, contributor)
    asked = timezone.localtime() + timedelta(days=goes_live or 0)
    date = {"go_live_at": asked.strftime("%Y-%m-%d %H:%M")} if goes_live else {}
    answer = decide(client, editor, draft, "approve", **date)
    said = says(answer, "It cannot be put online as it is:")
    assert (said, bool(open_state(draft))) == (is_refused, is_refused)
    assert is_live(draft) == (not is_refused and not goes_live)
