from django.db import models
from django.utils.translation import gettext_lazy as _

LONGEST_PATH, LONGEST_VALUE = 255, 100  # characters


class Dimension(models.TextChoices):
    """What a count is about. Each is counted apart: no two facts about one reading are ever joined."""

    PAGE = "page", _("page")
    LANGUAGE = "language", _("language")
    SOURCE = "source", _("site that led here")


class ViewCount(models.Model):
    """How often the page at an address was opened on one day: in all, in a language, from another site."""

    day = models.DateField()
    path = models.CharField(_("address"), max_length=LONGEST_PATH)
    dimension = models.CharField(max_length=10, choices=Dimension.choices)
    # The language or the domain; empty for the page itself.
    value = models.CharField(max_length=LONGEST_VALUE, blank=True)
    views = models.PositiveIntegerField(_("times opened"), default=0)

    class Meta:
        verbose_name = _("audience count")
        verbose_name_plural = _("audience counts")
        constraints = [
            models.UniqueConstraint(
                fields=["day", "path", "dimension", "value"], name="view_count_unique"
            )
        ]

    def __str__(self):
        return f"{self.path} {self.value}".strip()
