import hashlib
import secrets
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from houses.models import House, Role

VALID_FOR = timedelta(days=14)


class InvitationQuerySet(models.QuerySet):
    def open(self):
        """Neither accepted nor withdrawn; perhaps expired: it can still be sent again."""
        return self.filter(accepted_at=None, revoked_at=None)

    def of_token(self, token: str):
        """The invitation that the link with `token` leads to, whatever has become of it, or None."""
        return self.filter(token_hash=hashed(token)).select_related("house").first()


class Invitation(models.Model):
    """Somebody asked by mail to join a house. The link of the mail is known here by its hash only."""

    house = models.ForeignKey(
        House, verbose_name=_("house"), on_delete=models.CASCADE, related_name="invitations"
    )
    # As long as the name by which a person logs in may be.
    email = models.EmailField(_("e-mail"), max_length=150)
    first_name = models.CharField(_("first name"), max_length=150, blank=True)
    last_name = models.CharField(_("last name"), max_length=150, blank=True)
    role = models.CharField(
        _("role"), max_length=20, choices=Role.choices, default=Role.CONTRIBUTOR
    )
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("invited by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    sent_at = models.DateTimeField(_("sent"))
    revoked_at = models.DateTimeField(_("withdrawn"), null=True, editable=False)
    accepted_at = models.DateTimeField(_("accepted"), null=True, editable=False)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-sent_at"]
        constraints = [
            models.UniqueConstraint(
                "house",
                Lower("email"),
                condition=Q(accepted_at=None, revoked_at=None),
                name="invitation_one_open",
            )
        ]

    def __str__(self):
        return f"{self.email} → {self.house}"

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip() or self.email

    @property
    def expires_at(self):
        return self.sent_at + VALID_FOR

    @property
    def is_expired(self) -> bool:
        return self.expires_at <= timezone.now()

    def renew(self) -> str:
        """Return the token of a new link, valid from now on; the one before no longer leads anywhere."""
        token = secrets.token_urlsafe(32)
        self.token_hash, self.sent_at = hashed(token), timezone.now()
        self.save()
        return token


def hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
