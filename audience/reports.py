"""What is read: how often each page was opened, when, in which language and from which sites."""

from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlsplit

import django_filters
from django.core.exceptions import PermissionDenied
from django.db.models import Q, Sum
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, NumberColumn, TitleColumn

from audience.models import Dimension, ViewCount
from editorial.people import is_of_network
from editorial.reports.base import EditorialReport, ReportViewSet
from editorial.reports.journal import led_by, may_read
from houses.models import House, HousePage
from search.models import SearchDocument

# Days looked at → days that one bar of the chart stands for.
PERIODS = {7: 1, 28: 1, 91: 7, 364: 28}
USUAL_PERIOD = 28
BAR_STEP, BAR_GAP, BAR_HEIGHT = 38, 8, 140  # units of the drawing
MOST_VALUES = 20


@dataclass(frozen=True)
class Bar:
    """Some days of the chart, in units of the drawing."""

    first_day: date
    views: int
    x: int
    height: int

    @property
    def y(self) -> int:
        return BAR_HEIGHT - self.height

    @property
    def label(self) -> str:
        return date_format(self.first_day, "j/m")


def houses_read_by(user):
    """The houses whose audience `user` may see: those they lead, all of them for the network."""
    return House.objects.order_by("name") if is_of_network(user) else led_by(user)


def of_houses(houses) -> Q:
    """The condition of being at the address of a page of `houses`, or below it."""
    condition = Q(pk__in=[])
    for page in HousePage.objects.filter(house__in=houses, live=True):
        if address := page.full_url:
            condition |= Q(path__startswith=urlsplit(address).path)
    return condition


class AudienceFilterSet(WagtailFilterSet):
    period = django_filters.TypedChoiceFilter(
        label=_("Period"),
        coerce=int,
        choices=[
            (7, _("7 days")),
            (28, _("4 weeks")),
            (91, _("3 months")),
            (364, _("12 months")),
        ],
        method="keep_all",
    )
    house = django_filters.ModelChoiceFilter(
        label=_("House"),
        queryset=lambda request: houses_read_by(request.user),
        method="keep_house",
    )

    class Meta:
        model = ViewCount
        fields = []

    def keep_all(self, counts, name, days):
        """The view keeps the period: there is always one."""
        return counts

    def keep_house(self, counts, name, house):
        return counts.filter(of_houses([house]))


class AudienceView(EditorialReport):
    """How often each page was opened, the most opened first."""

    page_title = _("Audience")
    header_icon = "view"
    export_filename = "audience"
    filterset_class = AudienceFilterSet
    results_template_name = "audience/results.html"
    is_filtering = False  # the figure says what was kept
    no_results_message = _("No page was opened in this time.")

    def dispatch(self, request, *args, **kwargs):
        if not may_read(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def days(self) -> int:
        is_chosen = self.filters.is_valid() and self.filters.form.cleaned_data["period"]
        return is_chosen or USUAL_PERIOD

    @cached_property
    def since(self) -> date:
        return timezone.localdate() - timedelta(days=self.days - 1)

    @cached_property
    def counts(self):
        """The counts of the period that the person may see and chose to."""
        counts = ViewCount.objects.filter(day__gte=self.since)
        if not is_of_network(self.request.user):
            counts = counts.filter(of_houses(houses_read_by(self.request.user)))
        return self.filter_queryset(counts).order_by()

    def get_filtered_queryset(self):
        opened = self.counts.filter(dimension=Dimension.PAGE).values("path")
        return opened.annotate(total=Sum("views")).order_by("-total", "path")

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "bars": self.bars(),
            "bar_width": BAR_STEP - BAR_GAP,
            "chart_width": 2 * BAR_GAP + BAR_STEP * (self.days // PERIODS[self.days]),
            "total": self.total(self.counts.filter(dimension=Dimension.PAGE)),
            "days": self.days,
            "tables": [
                (_("In which language"), self.most(Dimension.LANGUAGE)),
                (_("From which sites"), self.most(Dimension.SOURCE)),
            ],
        }

    @staticmethod
    def total(counts) -> int:
        return counts.aggregate(total=Sum("views"))["total"] or 0

    def most(self, dimension) -> list[tuple[str, int]]:
        values = self.counts.filter(dimension=dimension).values_list("value")
        return list(values.annotate(total=Sum("views")).order_by("-total", "value")[:MOST_VALUES])

    def bars(self) -> list[Bar]:
        """The pages opened over the period, a bar for so many days that the chart stays readable."""
        a_bar = PERIODS[self.days]
        views = [0] * (self.days // a_bar)
        by_day = self.counts.filter(dimension=Dimension.PAGE).values_list("day")
        for day, total in by_day.annotate(total=Sum("views")):
            if (place := (day - self.since).days // a_bar) < len(views):
                views[place] += total
        highest = max(views) or 1
        return [
            Bar(
                first_day=self.since + timedelta(days=place * a_bar),
                views=number,
                x=BAR_GAP + place * BAR_STEP,
                height=round(BAR_HEIGHT * number / highest),
            )
            for place, number in enumerate(views)
        ]

    @cached_property
    def titles(self) -> dict[str, str]:
        """The title of what is published at each address."""
        paths = self.counts.filter(dimension=Dimension.PAGE).values("path")
        return dict(SearchDocument.objects.filter(url__in=paths).values_list("url", "title"))

    @cached_property
    def columns(self):
        return [
            TitleColumn(
                "title",
                label=_("Title"),
                accessor=lambda row: self.titles.get(row["path"], row["path"]),
                get_url=lambda row: row["path"],
            ),
            Column("path", label=_("Address")),
            NumberColumn("total", label=_("Times opened")),
        ]


class AudienceMenuItem(MenuItem):
    def is_shown(self, request):
        return may_read(request.user)


class AudienceViewSet(ReportViewSet):
    url_prefix = "reports/audience"
    view_class = AudienceView
    menu_item_class = AudienceMenuItem
    menu_order = 180
