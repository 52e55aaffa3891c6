"""Many people decide at the same moment: one decision is taken, and the others learn of it."""

import pytest
from django.core import mail

from articles.models import ArticlePage
from editorial.models import AlreadyDecided, ReviewState, open_state
from tests.at_once import Somebody
from tests.factories import UserFactory

pytestmark = [
    pytest.mark.postgresql,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]
FIFTY = 50


def test_fifty_approvals_at_once_make_one_transition(postgresql, draft, contributor, editor):
    editors = [editor, *(UserFactory(groups=editor.groups.all()) for _ in range(FIFTY - 1))]
    draft.get_workflow().start(draft, contributor)
    waiting = open_state(draft).pk
    mail.outbox.clear()
    approved, late = [], []

    def approve(person):
        state = ReviewState.objects.get(pk=waiting)
        try:
            state.task.specific.on_action(state, person, "approve")
        except AlreadyDecided:
            late.append(person)
        else:
            approved.append(person)

    everybody = [Somebody(lambda person=person: approve(person)) for person in editors]
    for somebody in everybody:
        somebody.join()
    assert len(approved) == 1 and len(late) == FIFTY - 1
    assert open_state(draft) is None and ArticlePage.objects.get(pk=draft.pk).live
    assert draft.workflow_states.count() == 1
    decided = [each for each in mail.outbox if each.to == [contributor.email]]
    assert len(decided) == 1
