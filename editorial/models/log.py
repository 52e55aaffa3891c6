from django.db import models
from django.utils.translation import gettext_lazy as _


class LogOpening(models.Model):
    """A row that exists only inside the transaction that erases something of the log (`editorial.log_seal`)."""

    class Meta:
        verbose_name = _("opening of the log")
        verbose_name_plural = _("openings of the log")

    def __str__(self):
        return str(self.pk)
