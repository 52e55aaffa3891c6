from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, NumberColumn, StatusFlagColumn
from wagtail.models import TaskState

from editorial.models import HouseReview, NetworkReview, ReviewState, waiting_for
from editorial.notifications import REMINDER_AFTER
from editorial.people import Reviewers
from editorial.reports.base import (
    EditorialReport,
    PageTitleColumn,
    ReportViewSet,
    days_since,
    person_name,
)
from editorial.reports.scope import HouseFilter, visible_to


class ReviewFilterSet(WagtailFilterSet):
    house = HouseFilter(path="page__path")

    class Meta:
        model = ReviewState
        fields = []


class ReviewReport(EditorialReport):
    """Steps of reviews that nobody has decided yet, the oldest first."""

    filterset_class = ReviewFilterSet

    def get_queryset(self):
        return (
            ReviewState.objects.filter(status=TaskState.STATUS_IN_PROGRESS)
            .select_related(
                "page__locale", "task", "workflow_state__requested_by__wagtail_userprofile"
            )
            .order_by("started_at")
        )

    @property
    def columns_of_the_text(self):
        return [
            self.house_column("page.path"),
            Column(
                "author",
                label=_("Submitted by"),
                accessor=lambda state: person_name(state.requested_by),
            ),
            Column("step", label=_("Step"), accessor="task.name"),
        ]

    columns_of_the_time = [
        Column("started_at", label=_("Since")),
        NumberColumn("days", label=_("Days"), accessor=lambda state: days_since(state.started_at)),
        StatusFlagColumn(
            "late",
            label=_("Late"),
            true_label=_("late"),
            classname="w-whitespace-nowrap",
            accessor=lambda state: days_since(state.started_at) >= REMINDER_AFTER.days,
        ),
    ]


class WaitingForMeView(ReviewReport):
    """What the person is asked to decide."""

    page_title = _("Waiting for me")
    header_icon = "tasks"
    export_filename = "en-attente-de-moi"
    no_results_message = _("Nothing waits for you.")

    def get_queryset(self):
        return super().get_queryset().filter(pk__in=waiting_for(self.request.user).values("pk"))

    @cached_property
    def columns(self):
        title = PageTitleColumn(
            "title",
            label=_("Title"),
            accessor="page.get_admin_display_title",
            get_url=lambda state: reverse("editorial_review", args=[state.page_id]),
        )
        return [title, *self.columns_of_the_text, *self.columns_of_the_time]


class InReviewView(ReviewReport):
    """What is under review, for whom it waits and since when."""

    page_title = _("In review")
    header_icon = "glasses"
    export_filename = "en-relecture"
    no_results_message = _("No text is in review.")

    def get_queryset(self):
        return super().get_queryset().filter(visible_to(self.request.user, "page__path"))

    @cached_property
    def columns(self):
        waits = Column("waits_for", label=_("Waiting for"), accessor=self.waits_for)
        return [
            self.title_column("page"),
            *self.columns_of_the_text,
            waits,
            *self.columns_of_the_time,
        ]

    def waits_for(self, state) -> str:
        """Who is asked; the editors of the network are named as one."""
        task = self.tasks[state.task_id]
        people = task.asked(state, self.reviewers)
        if isinstance(task, NetworkReview) and people != [state.requested_by]:
            return _("the network editors")
        return ", ".join(map(person_name, people))

    @cached_property
    def tasks(self) -> dict:
        """The steps that a review may be at, by their key."""
        return {
            task.pk: task for kind in (HouseReview, NetworkReview) for task in kind.objects.all()
        }

    @cached_property
    def reviewers(self) -> Reviewers:
        return Reviewers()


class WaitingForMeViewSet(ReportViewSet):
    url_prefix = "reports/waiting"
    view_class = WaitingForMeView
    menu_order = 110


class InReviewViewSet(ReportViewSet):
    url_prefix = "reports/in-review"
    view_class = InReviewView
    menu_order = 120
