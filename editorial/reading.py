"""A page read from outside: the link is sent, opens what it was bound to, is answered once."""

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.log_actions import log
from wagtail.models import Page

from editorial.mailing import Message, post, post_to_address
from editorial.models import ReviewAnswer, ReviewLink
from editorial.notifications import named
from editorial.people import who_may_read
from editorial.tokens import read_link_pk

SENT, REVOKED, ANSWERED = "editorial.link.send", "editorial.link.revoke", "editorial.link.answer"


def may_give_to_read(user, page: Page) -> bool:
    """Whether `user` may send `page` outside before it is published.

    Those who answer for all the articles of the house do: its leads, the network editors. Its author,
    who may be alone to have seen it, asks them, and reads the answers.
    """
    return user.is_superuser or "change" in page.permissions_for_user(user).permissions


def is_online(page: Page) -> bool:
    """Whether there is nothing to read of `page` that is not published already."""
    return page.live and not page.has_unpublished_changes


def links_of(page: Page) -> list[ReviewLink]:
    """The links given for `page`, newest first, each with its answer; `page` has its last revision."""
    links = list(page.review_links.select_related("created_by", "answer"))
    for link in links:
        link.page = page
    return links


@transaction.atomic
def send(link: ReviewLink, user) -> bool:
    """Keep a new `link` and write to its reader; False where they have one already that opens the same."""
    Page.objects.select_for_update().get(pk=link.page_id)  # a button pressed twice sends one link
    if ReviewLink.objects.opening_the_same(link).exists():
        return False
    link.created_by = user
    link.save()
    log(link.page, SENT, user=user, data=_told(link), revision=link.revision)
    _write_to_reader(link, user, "first")
    return True


@transaction.atomic
def resend(link: ReviewLink, user) -> None:
    """Write again to the reader of `link`, in the name of `user`; asked twice at the same time, once."""
    _write_to_reader(link, user, link.sent_at.isoformat())
    link.sent_at = timezone.now()
    link.save(update_fields=["sent_at"])


@transaction.atomic
def revoke(link: ReviewLink, user) -> None:
    revoked = ReviewLink.objects.filter(pk=link.pk, revoked_at=None)
    if revoked.update(revoked_at=timezone.now()):
        log(link.page, REVOKED, user=user, data=_told(link), revision=link.revision)


def opened_by(token: str) -> ReviewLink | None:
    """The link that `token` opens now: one query, none where the token is not one of ours."""
    pk = read_link_pk(token)
    link = pk and ReviewLink.objects.whole().filter(pk=pk).first()
    return link if link and link.end is None else None


@transaction.atomic
def keep_answer(answer: ReviewAnswer) -> bool:
    """Keep an answer, log it and tell those who wait for it; False where the link takes none any more."""
    link = answer.link
    # Of two answers at once, the second waits here for the first.
    locked = ReviewLink.objects.select_for_update().filter(pk=link.pk, revoked_at=None).first()
    if locked is None or ReviewAnswer.objects.filter(link=locked).exists():
        return False
    answer.save()
    said = {"name": answer.name, "verdict": answer.verdict, "comment": answer.comment}
    data = {**_told(link), **said, "part_comments": answer.part_comments}
    log(link.page, ANSWERED, data=data, revision=link.revision)
    _tell(answer)
    return True


def _told(link: ReviewLink) -> dict:
    return {"link": str(link.pk), "name": link.name, "email": link.email}


def _write_to_reader(link: ReviewLink, sender, time: str) -> None:
    language = link.page.locale.language_code
    with override(language):
        post_to_address(
            f"read:{link.pk}:{time}",
            link.email,
            _invitation(link, sender),
            language=language,
            page=link.page,
        )


def _invitation(link: ReviewLink, sender) -> Message:
    said = {
        "sender": named(sender),
        "title": link.page.draft_title,
        "name": link.name,
        "until": date_format(timezone.localtime(link.expires_at), "j F Y"),
        "email": sender.email,
    }
    return Message(
        subject="",
        paragraphs=[
            _("%(name)s, %(sender)s would like you to read “%(title)s” before it is published.")
            % said,
            _("You need no account: open the link, read, say whether it can be published as it is.")
            + " "
            + _("What you answer is kept with your name in the history of the article."),
            _("The link is for you alone. It opens until %(until)s, or until the text changes.")
            % said
            + " "
            + _("If it no longer opens, ask %(email)s for another one.") % said,
        ],
        quotes=[(said["sender"], link.message)] if link.message else [],
        action=_("Read and answer"),
        link=link.pk.hex,
    )


def _tell(answer: ReviewAnswer) -> None:
    """Write to who sent the link and to the author, as long as they may still edit the page."""
    link, page = answer.link, answer.link.page
    people = who_may_read(page, {link.created_by, page.owner})
    post(f"answered:{link.pk}", people, lambda person: _news(answer), page=page)


def _news(answer: ReviewAnswer) -> Message:
    said = {"name": answer.name, "title": answer.link.page.draft_title}
    told = {
        "approve": _("%(name)s has read “%(title)s”: it can be published as it is."),
        "request_changes": _("%(name)s has read “%(title)s” and asks for changes."),
    }
    return Message(
        subject="",
        paragraphs=[
            told[answer.verdict] % said,
            _("This opinion approves nothing in your place: the review goes on as usual."),
        ],
        quotes=answer.quotes,
        action=_("See the answer"),
        url=reverse("editorial_readers", args=[answer.link.page_id]),
    )
