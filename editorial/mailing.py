"""What is written to whom: one message a person, in their language, when the transaction commits.

`editorial.sending` takes it from there.
"""

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import override
from wagtail.models import Page
from wagtail.users.models import UserProfile

from editorial.models import Mail, MailPreference, Rhythm
from editorial.tasks import send_due_mails

DIGEST_HOUR = 7  # of the site's time zone


@dataclass(frozen=True)
class Message:
    """What a mail says: sentences, then what people wrote, then one thing to do.

    Parameters
    ----------
    subject: ignored where the mail is about a page, whose title makes the thread.
    paragraphs: plain text, the first one says what happened.
    quotes: (who, what they wrote) pairs.
    action, url: label and address of the button; a path of the site or a whole address.
    link: the key of a review link, whose address is made only when the mail leaves: the table of
        mails, which is kept, opens nothing.
    is_secret: what the mail says is forgotten here once it has left or was refused (a link that opens something).
    """

    subject: str
    paragraphs: list[str]
    quotes: list[tuple[str, str]] = field(default_factory=list)
    action: str = ""
    url: str = ""
    link: str = ""
    is_secret: bool = False


def post(
    event: str,
    people: Iterable,
    write: Callable[..., Message],
    *,
    page: Page | None = None,
    is_vital: bool = False,
) -> None:
    """Write to each of `people` what `write(person)` returns, called in their language; sent on commit.

    Parameters
    ----------
    event: names what happened; the same event is told to the same person once.
    people: users; those without an address or an active account are left out.
    page: what the mails are about; all those about one page make one thread.
    is_vital: sent at once whatever the person prefers (invitations, rights).
    """
    reachable = [person for person in set(people) if person.is_active and person.email]
    preferences = dict(
        MailPreference.objects.filter(user__in=reachable).values_list("user", "rhythm")
    )
    mails = []
    for person in reachable:
        rhythm = Rhythm.AT_ONCE if is_vital else preferences.get(person.pk, Rhythm.AT_ONCE)
        if rhythm != Rhythm.NEVER:
            language = UserProfile.get_for_user(person).get_preferred_language()
            with override(language):
                message = write(person)
            mails.append(
                _mail(message, rhythm, page, user=person, address=person.email, language=language)
            )
    _keep(event, mails)


def post_to_address(event: str, address: str, message: Message, *, language: str, page=None):
    """Write to somebody who has no account; nothing they could have preferred is known."""
    _keep(event, [_mail(message, Rhythm.AT_ONCE, page, address=address, language=language)])


def _mail(message: Message, rhythm: Rhythm, page, **recipient) -> Mail:
    is_digest = rhythm == Rhythm.DAILY
    return Mail(
        **recipient,
        page=page and Page(pk=page.pk),
        subject=_subject(message, page),
        content=asdict(message),
        is_digest=is_digest,
        due_at=_next_digest() if is_digest else timezone.now(),
    )


def _keep(event: str, mails: list[Mail]) -> None:
    """Keep these mails of one event, and have them sent together."""
    for mail in mails:
        mail.event = event
    if mails:
        Mail.objects.bulk_create(mails, ignore_conflicts=True)
        transaction.on_commit(send_due_mails.enqueue)


def _subject(message: Message, page) -> str:
    """Mails about one page have one subject: some mail readers make their threads by it."""
    title = (page.draft_title or page.title) if page else message.subject
    return " ".join(f"[{settings.WAGTAIL_SITE_NAME}] {title}".split())[:300]


def _next_digest():
    now = timezone.localtime()
    morning = now.replace(hour=DIGEST_HOUR, minute=0, second=0, microsecond=0)
    return morning if morning > now else morning + timedelta(days=1)
