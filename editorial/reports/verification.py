from django.db.models import F
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn

from editorial.models import Answer, Verification
from editorial.reports.base import EditorialReport, PageTitleColumn, person_name
from editorial.reports.scope import HouseFilter

WAITING = "waiting"


class VerificationFilterSet(WagtailFilterSet):
    house = HouseFilter(path="page__path")
    answer = ChoiceFilter(
        label=_("Answer given"),
        choices=[(WAITING, _("Not yet")), *Answer.choices],
        method="filter_answer",
    )

    class Meta:
        model = Verification
        fields = []

    def filter_answer(self, rows, name, value):
        return rows.waiting() if value == WAITING else rows.filter(answer=value)


class VerificationReport(EditorialReport):
    """Articles of which their house is asked whether they are still true, and what it answered."""

    page_title = _("Articles to verify")
    header_icon = "history"
    export_filename = "articles-a-reverifier"
    model = Verification
    filterset_class = VerificationFilterSet
    index_url_name = "editorial_to_verify"
    index_results_url_name = "editorial_to_verify_results"

    def get_queryset(self):
        return (
            Verification.objects.filter(page__in=self.editable_pages(), page__live=True)
            .select_related("page__locale", "by__wagtail_userprofile")
            .order_by(F("answered_at").desc(nulls_first=True), "asked_at", "pk")
        )

    @cached_property
    def columns(self):
        return [
            PageTitleColumn(
                "title",
                label=_("Title"),
                accessor="page.title",
                get_url=lambda row: reverse("editorial_verify", args=[row.page_id]),
            ),
            self.house_column("page.path"),
            DateColumn("asked_at", label=_("Asked")),
            Column("answer", label=_("Answer given"), accessor="get_answer_display"),
            DateColumn("answered_at", label=_("Answered")),
            Column("by", label=_("Answered by"), accessor=lambda row: person_name(row.by)),
            Column("note", label=_("In a few words")),
        ]
