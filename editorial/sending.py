"""Mails that are due go to the mail server: once each, again later where it did not take them.

A mail is claimed by moving the moment at which it is due: whoever moves it sends it, and where the process dies before it could
say so, the mail is due again. It then has the same Message-ID, by which mail readers know the one they have.
"""

import logging
from datetime import timedelta
from itertools import groupby
from smtplib import SMTPRecipientsRefused, SMTPResponseException
from urllib.parse import urljoin, urlsplit
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db.models import F
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.models import Page

from editorial.models import Mail
from editorial.tokens import reading_token, unsubscribe_token

logger = logging.getLogger(__name__)

BATCH = 200  # mails
FIRST_RETRY, LAST_RETRY = timedelta(minutes=5), timedelta(hours=6)


def send_due(now) -> int:
    """Send what is due at `now` and return how many mails left; what fails stays, and is due again later."""
    due = list(Mail.objects.due(now).select_related("user")[:BATCH])
    claimed = [mail for mail in due if _claim(mail, now)]
    if not claimed:
        return 0
    connection = get_connection()
    sent = 0
    batches = _together(claimed)
    for rank, mails in enumerate(batches):
        try:
            _email(mails, connection).send()
        except SMTPRecipientsRefused as error:
            _note(mails, error, refused_at=timezone.now())
            _forget_secrets(mails)
        except SMTPResponseException as error:
            _note(mails, error)
        except OSError as error:
            # Nobody answers: to try each of the others would only make people wait.
            _note([mail for batch in batches[rank:] for mail in batch], error)
            break
        except Exception as error:
            # One that cannot be made must keep no other from leaving.
            logger.exception("A mail cannot be made")
            _note(mails, error)
        else:
            left = Mail.objects.filter(pk__in=[mail.pk for mail in mails])
            left.update(sent_at=timezone.now(), error="")
            _forget_secrets(mails)
            sent += len(mails)
    return sent


def _claim(mail: Mail, now) -> bool:
    """Whether this process is the one that sends `mail`."""
    retry = min(FIRST_RETRY * 2**mail.attempts, LAST_RETRY)
    mine = Mail.objects.filter(pk=mail.pk, due_at=mail.due_at, sent_at=None)
    return mine.update(due_at=now + retry, attempts=F("attempts") + 1) == 1


def _together(mails: list[Mail]):
    """Each mail alone, but those of one person's digest."""
    alone = [[mail] for mail in mails if not mail.is_digest]
    digests = sorted(
        (mail for mail in mails if mail.is_digest), key=lambda mail: (mail.address, mail.pk)
    )
    return alone + [list(group) for _address, group in groupby(digests, lambda mail: mail.address)]


def _note(mails: list[Mail], error: Exception, **fields) -> None:
    logger.warning("%d mail(s) to %s not sent: %s", len(mails), mails[0].address, error)
    Mail.objects.filter(pk__in=[mail.pk for mail in mails]).update(error=repr(error), **fields)


def _forget_secrets(mails: list[Mail]) -> None:
    """Keep nothing of what opens something, in a mail that is not sent again."""
    keys = [mail.pk for mail in mails]
    Mail.objects.filter(pk__in=keys, content__is_secret=True).update(content={})


def _email(mails: list[Mail], connection) -> EmailMultiAlternatives:
    first = mails[0]
    with override(first.language):
        context = {
            "messages": [_shown(mail) for mail in mails],
            "titles": _titles(mails),
            "is_digest": first.is_digest,
            "site_name": settings.WAGTAIL_SITE_NAME,
            "site_url": settings.WAGTAILADMIN_BASE_URL,
            "preferences_url": _preferences_url(first),
        }
        email = EmailMultiAlternatives(
            subject=_digest_subject() if first.is_digest else first.subject,
            body=render_to_string("editorial/mail/message.txt", context),
            to=[first.address],
            headers=_headers(first, context["preferences_url"]),
            connection=connection,
        )
        email.attach_alternative(
            render_to_string("editorial/mail/message.html", context), "text/html"
        )
    return email


def _titles(mails: list[Mail]) -> dict[str, str]:
    """The titles of the pages that `mails` are about, each with its language."""
    rows = Page.objects.order_by().filter(pk__in={mail.page_id for mail in mails} - {None})
    told = rows.values_list("title", "draft_title", "locale__language_code")
    return {title: language for *titles, language in told for title in titles}


def _digest_subject() -> str:
    return _("[%(site)s] The news of your articles") % {"site": settings.WAGTAIL_SITE_NAME}


def _shown(mail: Mail) -> dict:
    url = _address(mail.content)
    return {
        **mail.content,
        "subject": mail.subject,
        "url": url and urljoin(settings.WAGTAILADMIN_BASE_URL, url),
    }


def _address(content: dict) -> str:
    if link := content.get("link"):
        return reverse("editorial:read", args=[reading_token(UUID(link))])
    return content["url"]


def _headers(mail: Mail, preferences_url: str) -> dict:
    """Mails about one page answer one that was never sent, which makes a thread of them."""
    domain = urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname
    headers = {"Message-ID": f"<mail-{mail.pk}@{domain}>", "Auto-Submitted": "auto-generated"}
    if mail.page_id and not mail.is_digest:
        thread = f"<page-{mail.page_id}@{domain}>"
        headers |= {"In-Reply-To": thread, "References": thread}
    if preferences_url:
        headers["List-Unsubscribe"] = f"<{preferences_url}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers


def _preferences_url(mail: Mail) -> str:
    if mail.user is None:
        return ""
    path = reverse("editorial:mail_preferences", args=[unsubscribe_token(mail.user)])
    return urljoin(settings.WAGTAILADMIN_BASE_URL, path)
