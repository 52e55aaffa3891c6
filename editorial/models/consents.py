import uuid
from pathlib import PurePath

from django.conf import settings
from django.core.files.storage import storages
from django.core.validators import FileExtensionValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.permissions import page_permission_policy

from articles.models import ArticlePage
from search.text import fold

PROOF_EXTENSIONS = ["pdf", "jpg", "jpeg", "png", "webp", "odt", "docx", "txt", "eml"]


class State(models.TextChoices):
    """What an agreement is worth on a given day."""

    VALID = "valid", _("valid")
    EXPIRED = "expired", _("expired")
    WITHDRAWN = "withdrawn", _("withdrawn")
    ERASED = "erased", _("erased")


class ConsentQuerySet(models.QuerySet):
    def readable_by(self, user):
        """Those of the articles that `user` may edit."""
        pages = page_permission_policy.instances_user_has_permission_for(user, "change")
        return self.filter(page__in=pages.values("pk"))

    def of_person(self, name: str):
        return self.filter(person_key=fold(name), erased_on=None)

    def expired(self, day):
        return self.filter(erased_on=None, withdrawn_on=None, until__lt=day)

    def in_state(self, state: State, day):
        if state == State.ERASED:
            return self.filter(erased_on__isnull=False)
        if state == State.WITHDRAWN:
            return self.filter(erased_on=None, withdrawn_on__isnull=False)
        if state == State.EXPIRED:
            return self.expired(day)
        return self.filter(Q(until=None) | Q(until__gte=day), erased_on=None, withdrawn_on=None)


def private_storage():
    return storages["private"]


def proof_path(consent, filename) -> str:
    """A name that says nothing of the person."""
    return f"consents/{uuid.uuid4()}{PurePath(filename).suffix.lower()}"


class Consent(models.Model):
    """What a person who is quoted or pictured in an article agreed to, and until when."""

    page = models.ForeignKey(
        ArticlePage, verbose_name=_("article"), on_delete=models.CASCADE, related_name="consents"
    )
    person = models.CharField(
        _("name"), max_length=150, help_text=_("As it is written under the quotation.")
    )
    person_key = models.CharField(max_length=200, editable=False, db_index=True)
    role = models.CharField(
        _("in which capacity"),
        max_length=150,
        blank=True,
        help_text=_("For example «treasurer of a choir»."),
    )
    to_text = models.BooleanField(_("to be quoted"), default=False)
    to_picture = models.BooleanField(_("to be shown in pictures"), default=False)
    to_name = models.BooleanField(_("to be named"), default=False)
    # Ids of the quotations and pictures, `passages.Passage.id`.
    covers = models.JSONField(_("for these passages"), default=list, blank=True)
    given_on = models.DateField(_("agreed on"), default=timezone.localdate)
    until = models.DateField(
        _("until"),
        null=True,
        blank=True,
        help_text=_("The last day. Left empty, as long as it is not withdrawn."),
    )
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, editable=False)
    proof = models.FileField(
        _("signed document"),
        storage=private_storage,
        upload_to=proof_path,
        blank=True,
        validators=[FileExtensionValidator(PROOF_EXTENSIONS)],
        help_text=_("Only those who may edit this article can open it."),
    )
    reference = models.CharField(
        _("or where the proof is"),
        max_length=500,
        blank=True,
        help_text=_("The review link they answered by, or where your house keeps the paper."),
    )
    note = models.TextField(_("note"), blank=True, help_text=_("For those who edit this article."))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    # When the house and the network were told that the agreement ended.
    told_on = models.DateField(null=True, editable=False)
    erased_on = models.DateField(_("erased on"), null=True, editable=False)

    objects = ConsentQuerySet.as_manager()

    # Wagtail's «used in» lists are read by people who may not read the register.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        ordering = ["person_key", "-given_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(to_text=True) | Q(to_picture=True) | Q(to_name=True),
                name="consent_to_something",
                violation_error_message=_("Say what the person agreed to."),
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("given_on")),
                name="consent_ends_after_it_begins",
                violation_error_message=_("An agreement cannot end before it was given."),
            ),
        ]

    def __str__(self):
        return self.person or gettext("erased person")

    def save(self, *args, **kwargs):
        self.person_key = fold(self.person)
        super().save(*args, **kwargs)

    def state_on(self, day) -> State:
        if self.erased_on:
            return State.ERASED
        if self.withdrawn_on:
            return State.WITHDRAWN
        if self.until and self.until < day:
            return State.EXPIRED
        return State.VALID

    @property
    def state(self) -> State:
        return self.state_on(timezone.localdate())

    @property
    def agreed_to(self) -> str:
        """In words, what the person agreed to."""
        agreed = {
            gettext("text"): self.to_text,
            gettext("picture"): self.to_picture,
            gettext("name"): self.to_name,
        }
        return ", ".join(word for word, is_agreed in agreed.items() if is_agreed)


@receiver(post_delete, sender=Consent)
def delete_proof(instance, **kwargs):
    """The proof goes with the agreement, deleted alone or with its article."""
    instance.proof.delete(save=False)
