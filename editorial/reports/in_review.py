from collections import defaultdict

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, NumberColumn, StatusFlagColumn, TitleColumn
from wagtail.models import TaskState

from editorial.models import HouseReview, ReviewState, waiting_for
from editorial.notifications import REMINDER_AFTER
from editorial.reports.base import EditorialReport, ReportViewSet, days_since, person_name
from editorial.reports.scope import HouseFilter, visible_to
from houses.models import Membership, Role


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
            .select_related("page", "task", "workflow_state__requested_by__wagtail_userprofile")
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
        title = TitleColumn(
            "title",
            label=_("Title"),
            accessor=lambda state: state.page.get_admin_display_title(),
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
        """Who is asked, as `ReviewState.asked` has it, without asking for each row."""
        if state.is_confirmation:
            return person_name(state.requested_by)
        if state.task_id not in self.house_steps:
            return _("the network editors")
        not_asked = {state.writer_id, state.workflow_state.requested_by_id}
        leads = self.leads[state.house_id]
        return ", ".join(person_name(lead) for lead in leads if lead.pk not in not_asked)

    @cached_property
    def house_steps(self) -> set:
        return set(HouseReview.objects.values_list("pk", flat=True))

    @cached_property
    def leads(self) -> dict:
        """The leads of each house by its key."""
        leads = defaultdict(list)
        found = Membership.objects.filter(role=Role.LEAD, user__is_active=True)
        for membership in found.select_related("user"):
            leads[membership.house_id].append(membership.user)
        return leads


class WaitingForMeViewSet(ReportViewSet):
    url_prefix = "reports/waiting"
    view_class = WaitingForMeView
    menu_order = 110


class InReviewViewSet(ReportViewSet):
    url_prefix = "reports/in-review"
    view_class = InReviewView
    menu_order = 120
