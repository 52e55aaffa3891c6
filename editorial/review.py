"""The one review that every page goes through, and what a change during it does."""

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext, override
from wagtail.log_actions import log
from wagtail.models import Page, Revision, TaskState, Workflow, WorkflowPage, WorkflowTask

from editorial.models import HouseReview, NetworkReview, ReviewState, open_state
from editorial.revisions import fingerprint


def sync_review(**kwargs) -> None:
    """Have the review apply to the whole site, house first, then network; repaired after each migration."""
    with override(settings.LANGUAGE_CODE):
        steps = [
            _step(HouseReview, gettext("Review by the house")),
            _step(NetworkReview, gettext("Review by the network")),
        ]
        name = gettext("Review")
    workflow = Workflow.objects.order_by("pk").first() or Workflow(name=name)
    workflow.name, workflow.active = name, True
    workflow.save()
    links = WorkflowTask.objects.filter(workflow=workflow)
    if list(links.order_by("sort_order").values_list("task", flat=True)) != [s.pk for s in steps]:
        links.delete()
        for rank, step in enumerate(steps):
            WorkflowTask.objects.create(workflow=workflow, task=step, sort_order=rank)
    root = Page.objects.get(depth=1)
    WorkflowPage.objects.update_or_create(page=root, defaults={"workflow": workflow})


def _step(task_class, name):
    step = task_class.objects.order_by("pk").first() or task_class()
    if step.pk is None or (step.name, step.active) != (name, True):
        step.name, step.active = name, True
        step.save()
    return step


@transaction.atomic
def follow(revision: Revision) -> None:
    """A change during a review restarts it, unless a reviewer makes it; a save that changes nothing does not."""
    state = open_state(Page(pk=int(revision.object_id)))
    if state is None:
        return
    text = fingerprint(revision.content)
    if text == state.text:
        _point_to(state, revision)
    elif _is_by_a_reviewer(state, revision.user):
        state.writer, state.text = revision.user, text
        state.save()
    elif state.revision_id == revision.pk and not _decided(state):
        # Still the same person typing, in a text that nobody has decided upon.
        state.text = text
        state.save()
    else:
        _restart(state, revision.user)


def _point_to(state: ReviewState, revision: Revision) -> None:
    if not state.is_changed_by_reviewer and state.revision_id != revision.pk:
        state.revision = revision
        state.save()


def is_restarted_by(state: ReviewState, user) -> bool:
    """Whether a change by `user` starts the review again."""
    return not _is_by_a_reviewer(state, user)


def _is_by_a_reviewer(state: ReviewState, user) -> bool:
    if user is None or user in (state.base_writer, state.requested_by):
        return False
    return state.task.specific.may_review(state, user)


def _decided(state: ReviewState):
    return state.workflow_state.task_states.exclude(pk=state.pk).exists()


def _restart(state: ReviewState, user) -> None:
    """The text is no longer the one that was shown: those who approved it are to see it again."""
    page, workflow_state = state.page.specific, state.workflow_state
    workflow_state.current_task_state = state
    workflow_state.cancel(user=user)
    log(instance=page, action="editorial.restart", user=user)
    workflow_state.workflow.start(page, workflow_state.requested_by or user)


def foresee(page: Page) -> None:
    """Have the next version of `page`, which says what it says now, be no change of the text under review.

    For what is taken out by right: the review goes on, of the text without it.
    """
    text = fingerprint(page.serializable_data())
    ReviewState.objects.filter(page=page.pk, status=TaskState.STATUS_IN_PROGRESS).update(text=text)
