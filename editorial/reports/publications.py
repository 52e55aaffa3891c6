from collections import Counter
from dataclasses import dataclass

import django_filters
from django.db.models import Count
from django.db.models.functions import ExtractMonth, ExtractYear
from django.utils import timezone
from django.utils.dates import MONTHS, MONTHS_AP
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column

from articles.models import ArticlePage
from editorial.reports.base import EditorialReport, ReportViewSet
from editorial.reports.published import online_articles
from editorial.reports.scope import HouseFilter, visible_to

BAR_WIDTH, BAR_GAP, BAR_HEIGHT = 36, 12, 140  # units of the drawing


@dataclass(frozen=True)
class HouseYear:
    """How many articles of a house are online of each month of a year, by the number of the month."""

    house: str
    months: Counter

    @property
    def total(self) -> int:
        return self.months.total()


@dataclass(frozen=True)
class Bar:
    """One month of the chart, in units of the drawing."""

    label: str
    count: int
    x: int
    height: int

    @property
    def y(self) -> int:
        return BAR_HEIGHT - self.height


def chart_of(months: Counter) -> list[Bar]:
    highest = max(months.values(), default=0) or 1
    return [
        Bar(
            label=MONTHS_AP[month],
            count=months[month],
            x=BAR_GAP + (month - 1) * (BAR_WIDTH + BAR_GAP),
            height=round(BAR_HEIGHT * months[month] / highest),
        )
        for month in MONTHS
    ]


def years_of(articles) -> list[tuple[int, str]]:
    """The years in which `articles` were published, latest first, as choices."""
    years = articles.exclude(day=None).values_list(ExtractYear("day"), flat=True).distinct()
    return [(year, str(year)) for year in sorted(years, reverse=True)]


class PublicationFilterSet(WagtailFilterSet):
    year = django_filters.TypedChoiceFilter(label=_("Year"), coerce=int, method="keep_all")
    house = HouseFilter()

    class Meta:
        model = ArticlePage
        fields = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        visible = online_articles().filter(visible_to(self.request.user))
        self.filters["year"].extra["choices"] = years_of(visible)

    def keep_all(self, articles, name, year):
        """The view keeps the year: there is always one."""
        return articles


class PublicationsView(EditorialReport):
    """How many articles each house put online, month by month."""

    page_title = _("Publications by house and month")
    header_icon = "calendar-alt"
    export_filename = "publications"
    filterset_class = PublicationFilterSet
    results_template_name = "editorial/reports/publications_results.html"
    paginate_by = None
    is_filtering = False  # how many rows are left says nothing: the figure counts the articles
    no_results_message = _("Nothing was put online that year.")

    @cached_property
    def year(self) -> int:
        is_chosen = self.filters.is_valid() and self.filters.form.cleaned_data["year"]
        return is_chosen or timezone.localdate().year

    def get_page_subtitle(self):
        return str(self.year)

    def get_filename(self):
        return f"{self.export_filename}-{self.year}"

    def get_filtered_queryset(self) -> list[HouseYear]:
        articles = self.filter_queryset(online_articles().filter(visible_to(self.request.user)))
        counts = (
            articles.filter(day__year=self.year)
            .annotate(month=ExtractMonth("day"))
            .values("section", "month")
            .annotate(articles=Count("pk"))
        )
        houses = {}
        for section, month, number in counts.values_list("section", "month", "articles"):
            houses.setdefault(self.house_name(section), Counter())[month] += number
        rows = [HouseYear(house, months) for house, months in sorted(houses.items())]
        if len(rows) > 1:
            rows.append(HouseYear(_("All houses"), sum((row.months for row in rows), Counter())))
        return rows

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        rows = context["object_list"]
        return context | {
            "year": self.year,
            "bars": chart_of(rows[-1].months) if rows else [],
            "bar_width": BAR_WIDTH,
            "chart_width": BAR_GAP + len(MONTHS) * (BAR_WIDTH + BAR_GAP),
            "total": rows[-1].total if rows else 0,
        }

    @cached_property
    def columns(self):
        months = [
            Column(
                f"month_{month}",
                label=MONTHS_AP[month],
                accessor=lambda row, month=month: row.months[month],
            )
            for month in MONTHS
        ]
        return [Column("house", label=_("House")), *months, Column("total", label=_("Total"))]


class PublicationsViewSet(ReportViewSet):
    url_prefix = "reports/publications"
    view_class = PublicationsView
    menu_order = 140
