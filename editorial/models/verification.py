from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page


class Answer(models.TextChoices):
    """What a house says of a practice that it told a year ago."""

    TRUE = "true", _("Still true")
    CHANGED = "changed", _("It has changed")
    GONE = "gone", _("It is no longer done")


class VerificationQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(answered_at=None)

    def answered(self):
        return self.exclude(answered_at=None)


class Verification(models.Model):
    """«Is it still true?», asked about an article, and what was answered."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="verifications")
    # None where somebody answered before the question.
    asked_at = models.DateTimeField(_("asked"), null=True)
    reminded_at = models.DateTimeField(_("asked again"), null=True)
    answer = models.CharField(_("answer"), max_length=10, choices=Answer.choices, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("answered by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    note = models.TextField(
        _("in a few words"),
        blank=True,
        max_length=500,
        help_text=_("For the network and for your house; visitors do not see it."),
    )

    objects = VerificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("verification")
        verbose_name_plural = _("verifications")
        constraints = [
            models.UniqueConstraint(
                fields=["page"], condition=Q(answered_at=None), name="verification_asked_once"
            )
        ]
        indexes = [models.Index(fields=["page", "-answered_at"], name="verification_last")]

    def __str__(self):
        return f"{self.page}: {self.get_answer_display() or '?'}"
