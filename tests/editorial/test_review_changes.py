"""What a change of the text does to its review, and a decision to a text that changed."""

import json
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import WorkflowState

from articles.models import ArticlePage
from editorial.models import HouseReview, NetworkReview, open_state
from tests.editorial.acts import decide, is_live, save, step, submit
from tests.portal.reading import says

pytestmark = pytest.mark.django_db


def test_saving_without_a_change_is_not_writing(client, draft, contributor, editor):
    submit(client, contributor, draft)
    first = open_state(draft)
    save(client, editor, draft)
    save(client, contributor, draft)
    assert open_state(draft).pk == first.pk
    decide(client, editor, draft, "approve")
    assert is_live(draft)


def test_a_change_by_the_author_restarts_the_review(client, draft, contributor, lead, editor):
    submit(client, contributor, draft)
    decide(client, lead, draft, "approve")
    assert step(draft) is NetworkReview
    save(client, contributor, draft, title="Un tout autre titre")
    assert step(draft) is HouseReview
    assert draft.workflow_states.filter(status=WorkflowState.STATUS_CANCELLED).count() == 1
    history = client.get(reverse("wagtailadmin_pages:history", args=[draft.pk])).text
    assert "la relecture recommence" in history


@pytest.mark.parametrize(
    "name, is_warned", [("contributor", True), ("lead", False), ("editor", False)]
)
def test_who_would_start_the_review_again_is_told_before(
    client, draft, contributor, request, name, is_warned
):
    warning = "This text is being reviewed: if you change it, the review starts again."
    client.force_login(request.getfixturevalue(name))
    form = reverse("wagtailadmin_pages:edit", args=[draft.pk])
    assert not says(client.get(form), warning), "nothing is under review yet"
    draft.get_workflow().start(draft, contributor)
    assert says(client.get(form), warning) == is_warned


def test_a_lead_approves_with_edits_and_the_network_sees_them(
    client, draft, contributor, lead, editor
):
    submit(client, contributor, draft)
    save(client, lead, draft, title="Un café des réparations")
    assert step(draft) is HouseReview
    decide(client, lead, draft, "approve")
    assert step(draft) is NetworkReview and not is_live(draft)
    decide(client, editor, draft, "approve")
    assert ArticlePage.objects.get(pk=draft.pk).title == "Un café des réparations"


def test_what_an_editor_changes_is_confirmed_by_the_author(client, draft, contributor, editor):
    submit(client, contributor, draft)
    save(client, editor, draft, title="Un café des réparations")
    decide(client, editor, draft, "approve")
    state = open_state(draft)
    assert not is_live(draft) and state.is_confirmation
    assert state.asked() == [contributor]
    # Not by the one who changed it.
    decide(client, editor, draft, "approve")
    assert not is_live(draft)
    decide(client, contributor, draft, "approve")
    assert ArticlePage.objects.get(pk=draft.pk).title == "Un café des réparations"
    assert is_live(draft)


def test_the_reviewer_sees_what_changed_since_their_last_look(client, draft, contributor, lead):
    submit(client, contributor, draft, summary="Une phrase à revoir.")
    decide(client, lead, draft, "reject", comment="À préciser.")
    submit(client, contributor, draft, summary="Une phrase revue.")
    client.force_login(lead)
    page = client.get(reverse("editorial_review", args=[draft.pk])).text
    assert "revue" in page and 'class="deletion"' in page and 'class="addition"' in page


def test_a_decision_on_a_text_that_changed_meanwhile_is_not_taken(
    client, draft, contributor, editor
):
    submit(client, contributor, draft)
    seen = open_state(draft).text
    save(client, contributor, draft, title="Autre chose")
    answer = decide(client, editor, draft, "approve", comment="Parfait.", seen=seen)
    assert not is_live(draft) and open_state(draft)
    assert "Parfait." in answer.text and 'role="alert"' in answer.text


def decide_in_the_editor(client, user, page, decision, **fields):
    action = {"action-workflow-action": "1", "workflow-action-name": decision}
    return save(client, user, page, **fields, **action)


def test_an_editor_decides_while_editing(client, draft, contributor, lead):
    submit(client, contributor, draft)
    decide_in_the_editor(client, lead, draft, "approve", title="Un café des réparations")
    assert step(draft) is NetworkReview


def test_a_decision_in_the_editor_on_another_text_keeps_what_was_typed(
    client, draft, contributor, lead
):
    submit(client, contributor, draft)
    loaded = draft.revisions.latest("pk").pk
    save(client, contributor, draft, title="Le titre de l’autrice")
    answer = decide_in_the_editor(
        client, lead, draft, "approve", title="Le titre de la référente", loaded_revision_id=loaded
    )
    assert step(draft) is HouseReview
    assert "Le texte a changé pendant votre lecture" in answer.text
    assert draft.revisions.latest("pk").content["title"] == "Le titre de la référente"


def test_a_decision_in_the_editor_after_another_one_says_so(
    client, draft, contributor, editor, second_editor
):
    submit(client, contributor, draft)
    decide(client, editor, draft, "reject", comment="À revoir.")
    answer = decide_in_the_editor(client, second_editor, draft, "approve")
    assert not is_live(draft) and "editor a déjà renvoyé" in answer.text


def test_a_date_chosen_in_the_editor_is_kept(client, draft, contributor, editor):
    submit(client, contributor, draft)
    tomorrow = (timezone.localtime() + timedelta(days=1)).isoformat()
    said = json.dumps({"comment": "", "go_live_at": tomorrow})
    decide_in_the_editor(client, editor, draft, "approve", **{"workflow-action-extra-data": said})
    assert open_state(draft) is None and not is_live(draft)
    assert ArticlePage.objects.get(pk=draft.pk).approved_schedule


def test_no_reason_is_no_decision_in_the_editor_either(client, draft, contributor, editor):
    submit(client, contributor, draft)
    decide_in_the_editor(client, editor, draft, "decline", **{"workflow-action-extra-data": "{}"})
    assert open_state(draft)
