from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log
from wagtail.models import Page, Task, TaskState, WorkflowState

from editorial.people import Reviewers, house_of, is_lead, is_of_network
from editorial.review_forms import ApprovalForm, ReasonForm, ScheduledApprovalForm
from editorial.revisions import fingerprint, newest, writer_of
from editorial.signals import about_to_publish, review_asked, review_decided
from houses.models import House, Role


class AlreadyDecided(PermissionDenied):
    """Somebody else decided, or the review ended, in the meantime."""


class NotPublishable(PermissionDenied):
    """A rule of the network keeps this version from being put online; says which."""


class Decision(models.TextChoices):
    """What a reviewer may decide."""

    APPROVE = "approve", _("Approve")
    APPROVE_OWN = "approve_own", _("Approve my own text")
    # Wagtail's name for it.
    REQUEST_CHANGES = "reject", _("Ask for changes")
    DECLINE = "decline", _("Refuse")


class ReviewState(TaskState):
    """One step of the review of one text: what it says, whose it is, what came of it."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="review_states")
    house = models.ForeignKey(House, null=True, on_delete=models.SET_NULL, related_name="+")
    base_writer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Who wrote the last change of the text as this step received it.",
    )
    writer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Who wrote the last change, reviewers of this step included.",
    )
    text = models.CharField(max_length=64, help_text="`revisions.fingerprint` of what is reviewed.")
    is_confirmation = models.BooleanField(
        default=False, help_text="Whether the author is to confirm what a network editor changed."
    )
    reminded_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("step of a review")
        verbose_name_plural = _("steps of reviews")
        indexes = [models.Index(fields=["house"], name="review_state_house")]

    @property
    def is_open(self) -> bool:
        return self.status == TaskState.STATUS_IN_PROGRESS

    @property
    def requested_by(self):
        return self.workflow_state.requested_by

    @property
    def is_changed_by_reviewer(self) -> bool:
        return self.writer_id != self.base_writer_id

    def asked(self) -> list:
        """The people who are asked to decide."""
        return self.task.specific.asked(self, Reviewers())


class ReviewTask(Task):
    """A step of the review: someone who did not write the last change decides."""

    task_state_class = ReviewState

    class Meta:
        abstract = True

    def start(self, workflow_state, user=None, *, is_confirmation=False):
        """Ask for this step to be decided; it is passed over where there is nobody to ask."""
        page = workflow_state.content_object
        revision = newest(page)
        writer = writer_of(revision)
        state = ReviewState(
            workflow_state=workflow_state,
            task=self,
            status=TaskState.STATUS_IN_PROGRESS,
            revision=revision,
            page=page,
            house=house_of(page),
            base_writer=writer,
            writer=writer,
            text=fingerprint(revision.content),
            is_confirmation=is_confirmation,
        )
        if not self.asked(state, Reviewers()) and self.may_be_skipped:
            state.status, state.finished_at = TaskState.STATUS_SKIPPED, timezone.now()
        state.save()
        if state.is_open:
            review_asked.send(sender=type(self), state=state)
        return state

    may_be_skipped = False

    def asked(self, state: ReviewState, reviewers: Reviewers) -> list:
        """Those of `reviewers`, or the author, who are asked to decide."""
        raise NotImplementedError

    def may_review(self, state: ReviewState, user) -> bool:
        raise NotImplementedError

    def get_actions(self, obj, user):
        state = open_state(obj)
        return self.actions_at(state, user) if state else []

    def actions_at(self, state: ReviewState, user) -> list[tuple]:
        """What `user` may decide at `state`, as Wagtail has it: name, label, whether a form asks for more."""
        if not self.may_review(state, user):
            return []
        # Four eyes: their own text only an administrator may approve, saying why.
        if user.pk == state.writer_id == state.base_writer_id:
            own = (Decision.APPROVE_OWN.value, Decision.APPROVE_OWN.label, True)
            return [own] if user.is_superuser else []
        if user.pk == state.writer_id:
            return self._actions(_("Approve with my changes"))
        return self._actions(self.approve_label)

    approve_label = _("Approve")

    @staticmethod
    def _actions(approve_label):
        return [
            (Decision.APPROVE.value, approve_label, True),
            (Decision.REQUEST_CHANGES.value, Decision.REQUEST_CHANGES.label, True),
            (Decision.DECLINE.value, Decision.DECLINE.label, True),
        ]

    def get_form_for_action(self, action):
        return self.approval_form if action == Decision.APPROVE else ReasonForm

    approval_form = ApprovalForm

    @transaction.atomic
    def on_action(self, task_state, user, action_name, **said):
        """Decide, once: whoever comes second is told so.

        Parameters
        ----------
        said: what the form of the decision asks for, read again here: Wagtail's editor sends it on as the browser gave it.

        Raises
        ------
        AlreadyDecided: this step is over.
        NotPublishable: the approval would put online what may not be.
        PermissionDenied: this person may not decide this.
        """
        state = self._locked(task_state)
        if action_name not in [name for name, *_rest in self.actions_at(state, user)]:
            raise PermissionDenied
        form = self.get_form_for_action(action_name)(said)
        if not form.is_valid():
            raise PermissionDenied(form.errors.as_text())
        comment = form.cleaned_data["comment"]
        if action_name == Decision.REQUEST_CHANGES:
            state.reject(user=user, comment=comment)
        elif action_name == Decision.DECLINE:
            self._decline(state, user, comment)
        else:
            self._approve(state, user, comment, form.cleaned_data.get("go_live_at"))
        review_decided.send(
            sender=type(self), state=state, decision=Decision(action_name), comment=comment
        )

    @staticmethod
    def _locked(task_state) -> ReviewState:
        """The step and its review, as they are now and until the transaction ends."""
        workflow_state = WorkflowState.objects.select_for_update().get(
            pk=task_state.workflow_state_id
        )
        state = ReviewState.objects.select_related("task", "page", "house").get(pk=task_state.pk)
        if not state.is_open or workflow_state.status != WorkflowState.STATUS_IN_PROGRESS:
            raise AlreadyDecided(gettext("This was decided in the meantime."))
        state.workflow_state = workflow_state
        return state

    def _approve(self, state, user, comment, go_live_at):
        is_own_change = state.is_changed_by_reviewer and state.writer_id == user.pk
        if not is_own_change:
            state.revision = newest(state.page)
        if go_live_at:
            _plan(state.revision, go_live_at)
        # What a reviewer changed, somebody else has to see.
        needs_other_eyes = is_own_change and self.is_last
        if self.is_last and not needs_other_eyes:
            about_to_publish.send(sender=type(self), version=state.revision.as_object())
        state.approve(user=user, comment=comment, update=not needs_other_eyes)
        if needs_other_eyes:
            workflow_state = state.workflow_state
            workflow_state.current_task_state = self.start(
                workflow_state, user, is_confirmation=True
            )
            workflow_state.save()

    is_last = False

    @staticmethod
    def _decline(state, user, comment):
        state.reject(user=user, comment=comment, update=False)
        state.workflow_state.cancel(user=user)
        log(
            instance=state.page.specific,
            action="editorial.decline",
            user=user,
            revision=state.revision,
            data={"comment": comment},
        )


class HouseReview(ReviewTask):
    """The leads of the house read first; where nobody else is one, the network does at once."""

    may_be_skipped = True

    class Meta:
        verbose_name = _("review by the house")
        verbose_name_plural = _("reviews by the house")

    def asked(self, state, reviewers):
        not_asked = {state.writer_id, state.workflow_state.requested_by_id}
        return [lead for lead in reviewers.leads[state.house_id] if lead.pk not in not_asked]

    def may_review(self, state, user):
        return is_of_network(user) or (state.house is not None and is_lead(user, state.house))

    def get_task_states_user_can_moderate(self, user, **kwargs):
        led = user.memberships.filter(role=Role.LEAD).values("house")
        return _waiting(self, user, Q(house__in=led))

    @classmethod
    def get_description(cls):
        return _("The leads of the house decide.")


class NetworkReview(ReviewTask):
    """A network editor reads last, and puts online."""

    is_last = True
    approve_label = _("Approve and put online")
    approval_form = ScheduledApprovalForm

    class Meta:
        verbose_name = _("review by the network")
        verbose_name_plural = _("reviews by the network")

    def asked(self, state, reviewers):
        author = state.requested_by
        if state.is_confirmation and author and author.is_active and author.pk != state.writer_id:
            return [author]
        editors = [editor for editor in reviewers.editors if editor.pk != state.writer_id]
        return editors or reviewers.administrators

    def may_review(self, state, user):
        confirms = state.is_confirmation and state.requested_by == user
        return (confirms and user.is_active) or is_of_network(user)

    def get_task_states_user_can_moderate(self, user, **kwargs):
        mine = Q(is_confirmation=True, workflow_state__requested_by=user)
        if is_of_network(user):
            mine |= ~Q(writer=user)
        return _waiting(self, user, mine)

    @classmethod
    def get_description(cls):
        return _("The network editors decide.")


def open_state(page) -> ReviewState | None:
    """The step that `page` is at, None where it is not under review."""
    states = ReviewState.objects.select_related("workflow_state__requested_by", "task", "house")
    return states.filter(page=page.pk, status=TaskState.STATUS_IN_PROGRESS).first()


def waiting_for(user):
    """The steps that `user` is asked to decide, the oldest first."""
    asked = TaskState.objects.reviewable_by(user)
    return ReviewState.objects.filter(pk__in=asked.values("pk")).order_by("started_at")


def last_state(page) -> ReviewState | None:
    """The last step that `page` was at, whatever came of it."""
    return ReviewState.objects.filter(page=page.pk).order_by("-started_at", "-pk").first()


def _waiting(task, user, condition):
    """What `user` is asked to decide at `task`: not what they wrote themselves."""
    states = ReviewState.objects.filter(condition, task=task, status=TaskState.STATUS_IN_PROGRESS)
    asked = states.exclude(writer=user, base_writer=user)
    return TaskState.objects.filter(pk__in=asked.values("pk"))


def _plan(revision, go_live_at):
    """Have `revision` put online at that moment."""
    content = {**revision.content, "go_live_at": go_live_at.isoformat()}
    revision.content = content
    revision.save(update_fields=["content"])
