from dataclasses import dataclass

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import Page, TaskState

from editorial.consents import missing_in_words
from editorial.models import (
    AlreadyDecided,
    Decision,
    NotPublishable,
    ReviewState,
    last_state,
    open_state,
)
from editorial.notifications import named
from editorial.reading import links_of
from editorial.revisions import newest
from editorial.views.in_language import mark_titles_in_messages
from editorial.writing.passages import Reading
from editorial.writing.rereading import reread
from editorial.writing.rules import by_severity


@dataclass
class Button:
    """A decision that may be taken, and how it is shown."""

    name: str
    label: str

    @property
    def style(self) -> str:
        return {Decision.APPROVE: "", Decision.DECLINE: "no button-secondary"}.get(
            self.name, "button-secondary"
        )


def review_page(request, page_id: int):
    """Read a text as it will be, see what changed since the last look, and decide."""
    page = get_object_or_404(Page, pk=page_id)
    state = open_state(page)
    if state is None:
        return _not_under_review(request, page)
    task = state.task.specific
    if not task.may_review(state, request.user):
        raise Http404
    actions = task.actions_at(state, request.user)
    form = _form(request, task, actions)
    if request.method == "POST" and form.is_valid() and _is_what_was_seen(request, state):
        try:
            return _decide(request, state, task, form)
        except NotPublishable as problem:
            form.add_error(None, str(problem))
    text = newest(page).as_object()
    context = {
        "page": page,
        "state": state,
        "submitted_by": named(state.requested_by),
        "form": form,
        "buttons": [Button(name, label) for name, label, _has_form in actions],
        "changes": _changes(request, page, _seen_before(state, request.user)),
        "has_changed": request.method == "POST" and not _is_what_was_seen(request, state),
        "groups": _advice(text),
        "lacking": missing_in_words(text),
        "steps": state.workflow_state.all_tasks_with_status(),
        "links": links_of(page),
    }
    return render(request, "editorial/review.html", context)


def _form(request, task, actions):
    """The form of the decision that was posted; before that, the one that asks for most."""
    names = [name for name, _label, _has_form in actions]
    chosen = request.POST.get("decision")
    if chosen in names:
        return task.get_form_for_action(chosen)(request.POST)
    return task.get_form_for_action(names[0] if names else Decision.DECLINE)()


def _is_what_was_seen(request, state: ReviewState) -> bool:
    return request.POST.get("seen") == state.text


def _decide(request, state: ReviewState, task, form):
    decision = request.POST["decision"]
    try:
        task.on_action(state, request.user, decision, **form.cleaned_data)
    except AlreadyDecided:
        return _not_under_review(request, state.page)
    sentences = {
        Decision.APPROVE: _("You have approved “%(title)s”."),
        Decision.APPROVE_OWN: _("You have approved “%(title)s”."),
        Decision.REQUEST_CHANGES: _(
            "You have asked for changes in “%(title)s”: the author is told."
        ),
        Decision.DECLINE: _("You have refused “%(title)s”: the author is told."),
    }
    title = state.page.get_admin_display_title()
    messages.success(request, sentences[Decision(decision)] % {"title": title})
    mark_titles_in_messages(request, state.page)
    return redirect("wagtailadmin_home")


def _not_under_review(request, page: Page):
    """Nothing waits any more: say what was decided, to those who may know."""
    last = last_state(page)
    tester = page.permissions_for_user(request.user)
    if last is None or not (tester.can_edit() or last.task.specific.may_review(last, request.user)):
        raise Http404
    messages.warning(request, _outcome(page, last))
    mark_titles_in_messages(request, page)
    if tester.can_edit():
        return redirect("wagtailadmin_pages:edit", page.pk)
    return redirect("wagtailadmin_home")


def why_undecided(page: Page, user, posted) -> str:
    """Why the decision `posted` with the editor's form cannot be taken, empty where it can."""
    kept = _("What you changed is kept as a draft.")
    state = open_state(page)
    if state is None:
        last = last_state(page)
        return last and f"{_outcome(page, last)} {kept}"
    if not _was_loaded(page.latest_revision, posted):
        return _("The text changed while you were reading: nothing was decided.") + f" {kept}"
    names = [name for name, *_rest in state.task.specific.actions_at(state, user)]
    if posted.get("workflow-action-name") not in names:
        return _("You wrote the last change of this text: somebody else is to decide.") + f" {kept}"
    return ""


def _was_loaded(revision, posted) -> bool:
    """Whether the form that was posted showed `revision` as it is now; as Wagtail tells a form that is out of date."""
    if saved := posted.get("overwrite_revision_id"):
        return saved == str(revision.pk)
    loaded = posted.get("loaded_revision_id", str(revision.pk))
    moment = posted.get("loaded_revision_created_at", revision.created_at.isoformat())
    return (loaded, moment) == (str(revision.pk), revision.created_at.isoformat())


def _outcome(page: Page, last: ReviewState) -> str:
    facts = {"title": page.get_admin_display_title(), "who": named(last.finished_by)}
    sentence = {
        TaskState.STATUS_APPROVED: _("%(who)s has already approved “%(title)s”."),
        TaskState.STATUS_REJECTED: _("%(who)s has already sent “%(title)s” back to its author."),
    }.get(last.status, _("The review of “%(title)s” was withdrawn: there is nothing to decide."))
    return sentence % facts


def _seen_before(state: ReviewState, user):
    """The version that `user` looked at last: where they decided, else what was asked of them before a change, else what is online."""
    steps = ReviewState.objects.filter(page=state.page_id).exclude(pk=state.pk)
    steps = steps.select_related("revision").order_by("-started_at", "-pk")
    decided = steps.filter(finished_by=user).first()
    asked = steps.filter(task=state.task_id, status=TaskState.STATUS_CANCELLED).first()
    if step := decided or asked:
        return step.revision
    return state.page.live_revision


def _changes(request, page: Page, before) -> list:
    """What differs between the version `before` and the last one, field by field, as Wagtail compares them."""
    after = newest(page)
    if before is None or before.pk == after.pk:
        return []
    old, new = before.as_object(), after.as_object()
    panel = new.get_edit_handler().get_bound_panel(instance=new, request=request, form=None)
    differences = [compare(old, new) for compare in panel.get_comparison()]
    return [each for each in differences if each.has_changed()]


def _advice(page: Page) -> list:
    """What the author was told of the text, by severity."""
    return by_severity(reread(Reading(page)))
