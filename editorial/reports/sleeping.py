from datetime import timedelta

from django.db.models import F, Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, NumberColumn
from wagtail.models import Page

from editorial.reports.base import EditorialReport, ReportViewSet, days_since, person_name
from editorial.reports.scope import HouseFilter, visible_to

SLEEPS_AFTER = timedelta(days=60)


class SleepingDraftFilterSet(WagtailFilterSet):
    house = HouseFilter()

    class Meta:
        model = Page
        fields = []


class SleepingDraftsView(EditorialReport):
    """Texts begun that nobody has touched for long."""

    page_title = _("Sleeping drafts")
    header_icon = "draft"
    export_filename = "brouillons-endormis"
    filterset_class = SleepingDraftFilterSet
    no_results_message = _("No draft sleeps.")

    def get_queryset(self):
        # To withdraw a page leaves «unpublished changes» though nobody wrote anything.
        is_written = Q(last_published_at=None) | Q(
            latest_revision_created_at__gt=F("last_published_at")
        )
        return (
            Page.objects.filter(visible_to(self.request.user))
            .filter(is_written, has_unpublished_changes=True)
            .filter(latest_revision_created_at__lt=timezone.now() - SLEEPS_AFTER)
            .select_related("locale", "owner__wagtail_userprofile")
            .order_by("latest_revision_created_at")
        )

    @cached_property
    def columns(self):
        return [
            self.title_column(),
            self.house_column(),
            Column("author", label=_("Author"), accessor=lambda page: person_name(page.owner)),
            Column("state", label=_("State"), accessor=state_of),
            Column("latest_revision_created_at", label=_("Last change")),
            NumberColumn(
                "days",
                label=_("Days"),
                accessor=lambda page: days_since(page.latest_revision_created_at),
            ),
        ]


def state_of(page) -> str:
    if page.live:
        return _("online, with changes")
    return _("withdrawn, with changes") if page.first_published_at else _("never online")


class SleepingDraftsViewSet(ReportViewSet):
    url_prefix = "reports/sleeping"
    view_class = SleepingDraftsView
    menu_order = 130
