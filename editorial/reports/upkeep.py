"""What the reports of what is to be kept true have in common: a house at a time, exported as they are shown."""

from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django_filters import ModelChoiceFilter
from wagtail.admin.views.reports import ReportView
from wagtail.permissions import page_permission_policy

from houses.models import HousePage

# What a spreadsheet would take for the beginning of a formula, in a text typed by anybody.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


class HouseFilter(ModelChoiceFilter):
    """Rows about the pages of one house; `field_name` leads to the tree path of a row's page."""

    def __init__(self, **kwargs):
        open_houses = HousePage.objects.filter(house__closed_on=None).order_by("title")
        super().__init__(label=_("House"), queryset=open_houses, **kwargs)

    def filter(self, rows, house_page):
        if house_page is None:
            return rows
        return rows.filter(**{f"{self.field_name}__startswith": house_page.path}).distinct()


class UpkeepReport(ReportView):
    any_permission_required = ["add", "change", "publish"]
    permission_policy = page_permission_policy
    export_name = ""

    def pages(self):
        """The pages that the person may change."""
        return page_permission_policy.instances_user_has_permission_for(self.request.user, "change")

    @cached_property
    def house_names(self) -> dict[str, str]:
        """The name of each house by the tree path of its page."""
        return dict(HousePage.objects.values_list("path", "title"))

    def house_of(self, page) -> str:
        return self.house_names.get(page.path[: -page.steplen], "")

    @cached_property
    def list_export(self):
        return [column.name for column in self.columns]

    def get_filename(self):
        return f"{self.export_name}-{timezone.localdate().isoformat()}"

    def get_heading(self, queryset, field):
        return next(str(column.label) for column in self.columns if column.name == field)

    def to_row_dict(self, item):
        return {column.name: _exported(column.get_value(item)) for column in self.columns}


def _exported(value):
    if hasattr(value, "tzinfo") and value.tzinfo:
        return timezone.make_naive(value).replace(microsecond=0)
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA_SIGNS) else value
