"""What an outside reader is sent to read, and what they answered."""

from datetime import timedelta
from functools import cached_property
from uuid import uuid4

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Revision

from editorial.revisions import fingerprint


class Duration(models.IntegerChoices):
    """How long a link opens, in days."""

    WEEK = 7, _("one week")
    FORTNIGHT = 14, _("two weeks")
    MONTH = 30, _("one month")


class LinkState(models.TextChoices):
    OPEN = "open", _("waiting for an answer")
    ANSWERED = "answered", _("answered")
    REVOKED = "revoked", _("withdrawn")
    EXPIRED = "expired", _("expired")
    PUBLISHED = "published", _("closed: published since")
    CHANGED = "changed", _("closed: the text has changed since")


class ReviewLinkQuerySet(models.QuerySet):
    def whole(self):
        """With all that says whether a link still opens and what it opens."""
        return self.select_related("page__latest_revision", "page__locale", "answer")

    def opening_the_same(self, link):
        """Links that still open to the reader of `link` the text that it opens."""
        same = self.filter(page=link.page, email__iexact=link.email, fingerprint=link.fingerprint)
        return same.filter(revoked_at=None, expires_at__gt=timezone.now())


class ReviewLink(models.Model):
    """A page as it is today, given to read to somebody without an account.

    The address that opens it is this key, signed (`editorial.tokens`): neither the database alone nor
    another link gives it, and a key drawn at random is never given twice, even by a restored backup.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="review_links")
    # What was read, for the history; old revisions may be cleared away.
    revision = models.ForeignKey(Revision, null=True, on_delete=models.SET_NULL, related_name="+")
    # Of the text that was read: a save that changes nothing keeps it.
    fingerprint = models.CharField(max_length=64)
    name = models.CharField(_("name of the reader"), max_length=150)
    email = models.EmailField(_("e-mail of the reader"))
    message = models.TextField(
        _("message"),
        max_length=2000,
        blank=True,
        help_text=_("What you would like them to look at; it goes with the link."),
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    # Whoever asks where a page is used is not told who reads it.
    wagtail_reference_index_ignore = True

    objects = ReviewLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("review link")
        verbose_name_plural = _("review links")
        ordering = ["-created_at"]

    def __str__(self):
        return f"{self.page} → {self.name}"

    def bind(self, page: Page, days: int) -> None:
        """Bind this link to what `page` is now, for so many `days`."""
        self.page, self.revision = page, page.latest_revision
        self.fingerprint = fingerprint(page.latest_revision.content)
        self.expires_at = self.created_at + timedelta(days=days)

    @cached_property
    def end(self) -> LinkState | None:
        """Why this link no longer opens, None while it does."""
        if self.revoked_at:
            return LinkState.REVOKED
        if self.expires_at <= timezone.now():
            return LinkState.EXPIRED
        published_at = self.page.last_published_at
        if published_at and published_at >= self.created_at:
            return LinkState.PUBLISHED
        latest = self.page.latest_revision
        if latest is None or fingerprint(latest.content) != self.fingerprint:
            return LinkState.CHANGED
        return None

    @property
    def state(self) -> LinkState:
        return LinkState.ANSWERED if self.given_answer else self.end or LinkState.OPEN

    @property
    def given_answer(self) -> "ReviewAnswer | None":
        try:
            return self.answer
        except ObjectDoesNotExist:
            return None


class Verdict(models.TextChoices):
    APPROVE = "approve", _("This can be published as it is")
    REQUEST_CHANGES = "request_changes", _("Something should be changed first")


class ReviewAnswer(models.Model):
    """What a reader answered, once. It informs those who write: it approves nothing in their place."""

    link = models.OneToOneField(ReviewLink, on_delete=models.CASCADE, related_name="answer")
    name = models.CharField(_("your name"), max_length=150)
    verdict = models.CharField(_("your opinion"), max_length=20, choices=Verdict.choices)
    comment = models.TextField(_("what you want to say about the whole"), blank=True)
    # Of each part commented on: `label`, `beginning` and `path` of the part, then the `text`.
    part_comments = models.JSONField(default=list)
    answered_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("review answer")
        verbose_name_plural = _("review answers")

    def __str__(self):
        return f"{self.name}: {self.get_verdict_display()}"

    @property
    def quotes(self) -> list[tuple[str, str]]:
        """(what it is about, what was said) pairs, the whole first."""
        whole = [("", self.comment)] if self.comment else []
        parts = [(each["label"], each["text"]) for each in self.part_comments]
        return whole + parts
