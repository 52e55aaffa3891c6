from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

LONGEST_PATH = 1000  # characters


class WithdrawnAddress(models.Model):
    """An address at which anybody could read a page that was unpublished or deleted since.

    It is asked only where the address answers nothing else: a page that is published again needs no change here.
    """

    path = models.CharField(_("address"), max_length=LONGEST_PATH, unique=True)
    # None once the page is deleted.
    page = models.ForeignKey(Page, null=True, on_delete=models.SET_NULL, related_name="+")
    withdrawn_at = models.DateTimeField(_("withdrawn"), auto_now=True)

    class Meta:
        verbose_name = _("withdrawn address")
        verbose_name_plural = _("withdrawn addresses")

    def __str__(self):
        return self.path
