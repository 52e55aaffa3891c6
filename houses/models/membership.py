from django.conf import settings
from django.db import models, transaction
from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from houses.models.house import House, HouseGroup, Role


class Membership(models.Model):
    """A person's role in a house; it carries the rights on the house's pages."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        on_delete=models.CASCADE,
        related_name="memberships",
    )
    house = models.ForeignKey(
        House,
        verbose_name=_("house"),
        on_delete=models.CASCADE,
        related_name="memberships",
        limit_choices_to={"closed_on": None},
    )
    role = models.CharField(
        _("role"), max_length=20, choices=Role.choices, default=Role.CONTRIBUTOR
    )

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["house__name", "user__last_name"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "house"],
                name="membership_unique",
                violation_error_message=_("This person already belongs to this house."),
            )
        ]

    def __str__(self):
        return gettext("%(person)s, %(role)s of %(house)s") % {
            "person": self.user.get_full_name() or self.user.get_username(),
            "role": self.get_role_display(),
            "house": self.house,
        }

    def save(self, *args, **kwargs):
        with transaction.atomic():
            before = House.objects.filter(memberships=self.pk).first() if self.pk else None
            super().save(*args, **kwargs)
            for house in {before or self.house, self.house}:
                house.sync_groups()


@receiver(post_delete, sender=Membership)
def withdraw_rights(instance, **kwargs):
    """A membership takes its rights away with it, deleted alone, with others, or with its person."""
    links = HouseGroup.objects.filter(house=instance.house_id, role=instance.role)
    for link in links.select_related("group"):
        link.group.user_set.remove(instance.user_id)
