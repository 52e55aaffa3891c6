from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

LONGEST_URL = 2000  # bytes, as the index of a database counts them
BROKEN_AFTER = 3  # days on which it failed, whatever happens on one of them
AGAIN = timedelta(days=14)
AGAIN_AFTER_FAILURE = timedelta(hours=20)


class Problem(models.TextChoices):
    """Why a link leads nowhere."""

    NONE = "", _("none")
    ANSWER = "answer", _("the site answers that it is not there")
    NO_HOST = "no_host", _("this site does not exist")
    SILENT = "silent", _("the site does not answer")
    CERTIFICATE = "certificate", _("its certificate is not valid")
    LOOP = "loop", _("it leads from one address to the next without end")
    PRIVATE = "private", _("it leads to a private network")
    ADDRESS = "address", _("this is not a whole address")


class LinkCheckQuerySet(models.QuerySet):
    def broken(self):
        return self.filter(failed_days__gte=BROKEN_AFTER)

    def due(self, now):
        """Those to be checked at `now`, the ones that wait for longest first."""
        is_old = Q(failed_days=0, last_checked_at__lte=now - AGAIN)
        is_failing = Q(failed_days__gt=0, last_checked_at__lte=now - AGAIN_AFTER_FAILURE)
        due = self.filter(Q(last_checked_at=None) | is_old | is_failing)
        return due.order_by(models.F("last_checked_at").asc(nulls_first=True), "pk")


class LinkCheck(models.Model):
    """An address outside the site that some of its pages lead to, and what it answered last."""

    url = models.CharField(_("address"), max_length=LONGEST_URL, unique=True)
    pages = models.ManyToManyField(Page, through="editorial.LinkUse", related_name="+")
    status = models.PositiveSmallIntegerField(null=True)
    problem = models.CharField(_("problem"), max_length=20, choices=Problem.choices, blank=True)
    failed_days = models.PositiveSmallIntegerField(default=0)
    first_failed_at = models.DateTimeField(_("does not work since"), null=True)
    last_failed_at = models.DateTimeField(null=True)
    last_checked_at = models.DateTimeField(_("last tried"), null=True)

    objects = LinkCheckQuerySet.as_manager()

    class Meta:
        verbose_name = _("link elsewhere")
        verbose_name_plural = _("links elsewhere")
        indexes = [models.Index(fields=["last_checked_at"], name="link_check_oldest")]

    def __str__(self):
        return self.url

    def note(self, status: int | None, problem: Problem, now) -> None:
        """Keep what was answered at `now`."""
        self.status, self.problem, self.last_checked_at = status, problem, now
        if problem == Problem.NONE:
            self.failed_days, self.first_failed_at, self.last_failed_at = 0, None, None
            return
        if self.last_failed_at is None or _day(self.last_failed_at) != _day(now):
            self.failed_days += 1
        self.first_failed_at = self.first_failed_at or now
        self.last_failed_at = now

    @property
    def problem_label(self) -> str:
        if self.problem == Problem.ANSWER:
            return gettext("%(problem)s (%(status)d)") % {
                "problem": self.get_problem_display(),
                "status": self.status,
            }
        return self.get_problem_display()


def _day(moment):
    return timezone.localtime(moment).date()


class LinkUse(models.Model):
    """A page that leads to an address."""

    link = models.ForeignKey(LinkCheck, on_delete=models.CASCADE, related_name="uses")
    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("use of a link")
        verbose_name_plural = _("uses of links")
        constraints = [models.UniqueConstraint(fields=["link", "page"], name="link_use_unique")]

    def __str__(self):
        return f"{self.page} → {self.link}"


class LinkReading(models.Model):
    """When the links of a page were last read."""

    page = models.OneToOneField(Page, on_delete=models.CASCADE, related_name="+")
    read_at = models.DateTimeField()

    class Meta:
        verbose_name = _("reading of links")
        verbose_name_plural = _("readings of links")

    def __str__(self):
        return str(self.page)


class LinkRound(models.Model):
    """A round of checks: without the network, nothing is concluded from it."""

    at = models.DateTimeField()
    checked = models.PositiveIntegerField()
    is_network_down = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("round of checks")
        verbose_name_plural = _("rounds of checks")
        ordering = ["-at"]

    def __str__(self):
        return str(self.at)
