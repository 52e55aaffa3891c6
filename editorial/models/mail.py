from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page


class Rhythm(models.TextChoices):
    """How often a person wants to be written to."""

    AT_ONCE = "at_once", _("at once")
    DAILY = "daily", _("once a day, everything together")
    NEVER = "never", _("never")


class MailPreference(models.Model):
    """How a person wants to be told of what happens to the articles they work on."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mail_preference"
    )
    rhythm = models.CharField(
        _("messages by e-mail"),
        max_length=10,
        choices=Rhythm.choices,
        default=Rhythm.AT_ONCE,
        help_text=_("What concerns your account itself is always sent at once."),
    )

    class Meta:
        verbose_name = _("mail preference")
        verbose_name_plural = _("mail preferences")

    def __str__(self):
        return self.get_rhythm_display()


class MailQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(sent_at=None, refused_at=None)

    def due(self, now):
        return self.waiting().filter(due_at__lte=now)


class Mail(models.Model):
    """A message to one person, kept until the mail server has taken it.

    It is written in the transaction of what it tells, so that neither goes without the other.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        null=True,
        on_delete=models.CASCADE,
        related_name="+",
    )
    address = models.EmailField(_("e-mail"))
    language = models.CharField(max_length=12)
    subject = models.CharField(_("subject"), max_length=300)
    # The fields of `mailing.Message`.
    content = models.JSONField()
    page = models.ForeignKey(Page, null=True, on_delete=models.SET_NULL, related_name="+")
    # The same event tells the same person once, however often it is told.
    event = models.CharField(max_length=200)
    is_digest = models.BooleanField(default=False)
    created_at = models.DateTimeField(_("written"), default=timezone.now)
    due_at = models.DateTimeField(_("to be sent"))
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(_("last error"), blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True)
    refused_at = models.DateTimeField(_("refused"), null=True)

    objects = MailQuerySet.as_manager()

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        ordering = ["due_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["event", "address"], name="mail_told_once")]
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=models.Q(sent_at=None, refused_at=None),
                name="mail_waiting",
            )
        ]

    def __str__(self):
        return f"{self.subject} → {self.address}"
