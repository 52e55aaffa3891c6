from datetime import timedelta

import django_filters
from django.db.models import Max, Prefetch
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column

from editorial.reports.base import EditorialReport, ReportViewSet, person_name
from editorial.reports.published import online_articles
from editorial.reports.scope import houses_for
from houses.models import House, HousePage, Membership, Role

SILENT_AFTER = timedelta(days=365)


class SilentHouseFilterSet(WagtailFilterSet):
    house = django_filters.ModelChoiceFilter(
        label=_("House"),
        field_name="pk",
        queryset=lambda request: houses_for(request.user),
        method="keep_one",
    )

    class Meta:
        model = House
        fields = []

    def keep_one(self, houses, name, house):
        return houses.filter(pk=house.pk)


class SilentHousesView(EditorialReport):
    """Houses that published nothing for long, and whom to ask how they are."""

    page_title = _("Silent houses")
    header_icon = "home"
    export_filename = "maisons-silencieuses"
    filterset_class = SilentHouseFilterSet
    no_results_message = _("Every house published an article within a year.")

    def get_queryset(self):
        since = timezone.localdate() - SILENT_AFTER
        speaking = [house for house, day in self.last_days.items() if day and day >= since]
        leads = Membership.objects.filter(role=Role.LEAD, user__is_active=True)
        return (
            houses_for(self.request.user)
            .filter(closed_on=None)
            .exclude(pk__in=speaking)
            .prefetch_related(
                Prefetch("memberships", leads.select_related("user"), to_attr="lead_memberships")
            )
        )

    @cached_property
    def last_days(self) -> dict:
        """The day of the last article of each house that has one, by the key of the house."""
        house_of_section = dict(HousePage.objects.values_list("path", "house"))
        latest = {}
        sections = online_articles().values("section").annotate(last=Max("day"))
        for section, last in sections.values_list("section", "last"):
            house = house_of_section.get(section)
            latest[house] = max(filter(None, [latest.get(house), last]), default=None)
        return latest

    @cached_property
    def columns(self):
        return [
            Column("name", label=_("House")),
            Column(
                "last",
                label=_("Last article"),
                accessor=lambda house: self.last_days.get(house.pk),
            ),
            Column("leads", label=_("Leads"), accessor=self.leads),
            Column("email", label=_("E-mail of the house")),
            Column("phone", label=_("Telephone")),
        ]

    @staticmethod
    def leads(house) -> str:
        return ", ".join(
            f"{person_name(each.user)} <{each.user.email}>" for each in house.lead_memberships
        )


class SilentHousesViewSet(ReportViewSet):
    url_prefix = "reports/silent"
    view_class = SilentHousesView
    menu_order = 150
