"""Who is told of what happens to an article: those it concerns, and nobody else."""

from datetime import timedelta
from functools import cache

from django.db.models import IntegerField
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime as parse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.admin.utils import get_user_display_name
from wagtail.models import Comment, CommentReply, Page, TaskState, WorkflowState

from editorial.mailing import Message, post
from editorial.models import Decision, ReviewState
from editorial.parts import part_at, parts_of
from editorial.people import house_of, members, who_may_read
from editorial.revisions import newest
from portal.prepared import Parameter, PreparedQuery

REMINDER_AFTER = timedelta(days=5)


def ask_for_review(sender, state: ReviewState, **kwargs) -> None:
    """Those who are asked to decide are told that something waits for them."""
    post(f"review:{state.pk}", state.asked(), lambda person: _request(state), page=state.page)


def remind(now) -> int:
    """Write again, once, to those who were asked more than five days before `now`; return for how many texts."""
    late = ReviewState.objects.filter(
        status=TaskState.STATUS_IN_PROGRESS, reminded_at=None, started_at__lte=now - REMINDER_AFTER
    )
    late = list(late.select_related("page", "house", "task", "workflow_state__requested_by"))
    for state in late:
        _remind(state)
        ReviewState.objects.filter(pk=state.pk).update(reminded_at=now)
    return len(late)


def _remind(state: ReviewState) -> None:
    post(f"reminder:{state.pk}", state.asked(), lambda person: _reminder(state), page=state.page)


def tell_decision(sender, state: ReviewState, decision: Decision, comment: str, **kwargs) -> None:
    """The person who submitted, and the one who wrote last, learn what was decided; not the one who decided."""
    concerned = {state.requested_by, state.base_writer} - {state.finished_by}
    post(
        f"decision:{state.pk}",
        who_may_read(state.page, concerned),
        lambda person: _decision(state, decision, comment),
        page=state.page,
    )


def tell_publication(sender, instance, revision, **kwargs) -> None:
    """The house learns that its text is online, at once or at its date, where a review has put it there."""
    state = _approval_of(revision)
    if state is None or state.house is None or not instance.live:
        return
    # Those who are told of the decision are told with it that the text is online.
    is_told = revision.content.get("go_live_at") is None
    told = {state.requested_by, state.base_writer} if is_told else set()
    concerned = set(members(state.house)) - told
    post(f"published:{revision.pk}", concerned, lambda person: _online(instance), page=instance)


def tell_publication_by(person, page: Page, revision) -> None:
    """The house, and those whose text it is, learn that `person` has put it online without waiting for its review."""
    house = house_of(page)
    concerned = {
        *who_may_read(page, {page.owner, revision.user}),
        *(members(house) if house else ()),
    }
    post(f"published:{revision.pk}", concerned - {person}, lambda reader: _online(page), page=page)


def tell_comment(comment: Comment) -> None:
    """A passage was commented: those who wrote the text are told."""
    page = comment.page
    latest = page.latest_revision
    writers = {page.owner, latest and latest.user} - {comment.user}
    post(
        f"comment:{comment.pk}",
        who_may_read(page, writers),
        lambda person: _comment(page, comment.user, comment.text),
        page=page,
    )


def tell_reply(reply: CommentReply) -> None:
    """A comment was answered: those who spoke in that thread are told."""
    comment = reply.comment
    spoke = {comment.user, *(other.user for other in comment.replies.select_related("user"))}
    post(
        f"reply:{reply.pk}",
        who_may_read(comment.page, spoke - {reply.user}),
        lambda person: _comment(comment.page, reply.user, reply.text),
        page=comment.page,
    )


def _approval_of(revision) -> ReviewState | None:
    """The last step of the review that put `revision` online."""
    return _query_of_approval().first(revision=revision.pk)


@cache
def _query_of_approval() -> PreparedQuery:
    steps = ReviewState.objects.filter(
        revision=Parameter("revision", IntegerField()),
        status=TaskState.STATUS_APPROVED,
        workflow_state__status=WorkflowState.STATUS_APPROVED,
    )
    steps = steps.select_related("house", "base_writer", "workflow_state__requested_by")
    return PreparedQuery(steps.order_by("-pk")[:1])


def named(person) -> str:
    return get_user_display_name(person) if person else _("somebody who left")


def _title(page) -> str:
    return page.draft_title or page.title


def _request(state: ReviewState) -> Message:
    facts = {"who": named(state.requested_by), "title": _title(state.page), "house": state.house}
    if state.is_confirmation:
        first = _("The network has changed a few things in “%(title)s”. Do they suit you?") % facts
    elif state.house:
        first = _("%(who)s of %(house)s asks you to review “%(title)s”.") % facts
    else:
        first = _("%(who)s asks you to review “%(title)s”.") % facts
    return _to_review(state, first)


def _reminder(state: ReviewState) -> Message:
    facts = {"title": _title(state.page), "date": date_format(timezone.localtime(state.started_at))}
    return _to_review(
        state, _("“%(title)s” has been waiting for your review since %(date)s.") % facts
    )


def _to_review(state: ReviewState, first: str) -> Message:
    rest = _("One decision is enough: whoever comes first decides.")
    url = reverse("editorial_review", args=[state.page_id])
    return Message("", [first, rest], action=_("Read and decide"), url=url)


def _decision(state: ReviewState, decision: Decision, comment: str) -> Message:
    facts = {"who": named(state.finished_by), "title": _title(state.page)}
    quotes = [(facts["who"], comment)] if comment else []
    quotes += _comments_on_passages(state)
    url = reverse("wagtailadmin_pages:edit", args=[state.page_id])
    if decision == Decision.REQUEST_CHANGES:
        first = _("%(who)s asks you to change a few things in “%(title)s”.") % facts
        rest = _("Your text is a draft again: change it, then submit it anew.")
        return Message("", [first, rest], quotes, _("Open my text"), url)
    if decision == Decision.DECLINE:
        first = _("%(who)s does not keep “%(title)s” for publication.") % facts
        rest = _("Your text is still there, as a draft.")
        return Message("", [first, rest], quotes, _("Open my text"), url)
    first = _("%(who)s has approved “%(title)s”.") % facts
    return Message("", [first, _next_step(state)], quotes, _("Open my text"), url)


def _comments_on_passages(state: ReviewState) -> list[tuple[str, str]]:
    """What the person who decided left beside the text, each with the passage it is about."""
    comments = list(
        Comment.objects.filter(
            page=state.page_id, user=state.finished_by, resolved_at=None
        ).order_by("pk")
    )
    parts = list(parts_of(newest(state.page).as_object())) if comments else []
    who = named(state.finished_by)
    quotes = []
    for comment in comments:
        part = part_at(comment.contentpath, parts)
        quotes.append((f"{who} ({part.label})" if part else who, comment.text))
    return quotes


def _next_step(state: ReviewState) -> str:
    after = state.workflow_state.current_task_state
    if state.workflow_state.status == WorkflowState.STATUS_APPROVED:
        planned = state.revision.content.get("go_live_at")
        is_planned = planned and parse(planned) > timezone.now()
        if is_planned:
            moment = date_format(timezone.localtime(parse(planned)), "DATETIME_FORMAT")
            return _("It will be online on %(date)s.") % {"date": moment}
        return _("It is online.")
    if after.specific.is_confirmation:
        return _("A few things were changed: you, or another editor, are to confirm them.")
    return _("The network reads it next.")


def _comment(page, who, text: str) -> Message:
    first = _("%(who)s comments a passage of “%(title)s”.") % {
        "who": named(who),
        "title": _title(page),
    }
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    return Message("", [first], [(named(who), text)], _("Answer"), url)


def _online(page) -> Message:
    first = _("“%(title)s” is online.") % {"title": page.title}
    return Message("", [first], action=_("Read it"), url=page.full_url or "")
