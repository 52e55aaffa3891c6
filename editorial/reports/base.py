"""What all reports are: a table of what the person may see, which is exported column by column."""

from datetime import timedelta

from django.urls import path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.utils import get_user_display_name
from wagtail.admin.views.reports import ReportView
from wagtail.admin.viewsets.base import ViewSet
from wagtail.coreutils import multigetattr
from wagtail.permissions import page_permission_policy

from houses.models import HousePage
from portal.languages import in_its_language

# What a spreadsheet would take for the beginning of a formula, in a text typed by anybody.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


class PageTitleColumn(TitleColumn):
    """The title of a page, shown with its language, which is at the end of a dotted path from a row; exported without."""

    def __init__(self, name, language="page.locale.language_code", **kwargs):
        super().__init__(name, **kwargs)
        self.language = language

    def get_cell_context_data(self, instance, parent_context):
        context = super().get_cell_context_data(instance, parent_context)
        language = multigetattr(instance, self.language)
        context["value"] = in_its_language(context["value"], language)
        return context


class EditorialReport(ReportView):
    """A table whose columns are shown and exported alike."""

    @cached_property
    def list_export(self):
        return [column.name for column in self.columns]

    def get_filename(self):
        return f"{self.export_filename}-{timezone.localdate().isoformat()}"

    def get_heading(self, queryset, field):
        return next(str(column.label) for column in self.columns if column.name == field)

    def to_row_dict(self, item):
        return {column.name: exported(column.get_value(item)) for column in self.columns}

    def write_csv_row(self, writer, row_dict):
        return super().write_csv_row(
            writer, {name: without_formula(value) for name, value in row_dict.items()}
        )

    def editable_pages(self):
        """The pages that the person may change."""
        return page_permission_policy.instances_user_has_permission_for(self.request.user, "change")

    # Columns

    def title_column(self, page="", **kwargs):
        """The title of the page at the end of the dotted path `page` from a row, with a link for who may change it."""
        steps = page.split(".") if page else []

        def page_of(row):
            for step in steps:
                row = getattr(row, step)
            return row

        return PageTitleColumn(
            "title",
            language=".".join([*steps, "locale.language_code"]),
            label=_("Title"),
            accessor=lambda row: page_of(row).get_admin_display_title(),
            get_url=lambda row: self.edit_url(page_of(row)),
            **kwargs,
        )

    def house_column(self, path="path"):
        """The house of the page whose tree path is at the end of the dotted path `path` from a row."""
        *steps, field = path.split(".")

        def name_of(row):
            for step in steps:
                row = getattr(row, step)
            return self.house_name(getattr(row, field))

        return Column("house", label=_("House"), accessor=name_of)

    def edit_url(self, page):
        """Where `page` is changed, None for who may not; the rights were read once, no page is asked."""
        may_change = page_permission_policy.user_has_permission_for_instance(
            self.request.user, "change", page
        )
        return reverse("wagtailadmin_pages:edit", args=[page.pk]) if may_change else None

    def house_name(self, path: str) -> str:
        """The name of the house that the page at `path` of the tree belongs to; empty for the site's own pages."""
        ends = range(HousePage.steplen, len(path) + 1, HousePage.steplen)
        return next((self.sections[path[:end]] for end in ends if path[:end] in self.sections), "")

    @cached_property
    def sections(self) -> dict[str, str]:
        """The name of the house at each tree path of a house page."""
        return dict(HousePage.objects.values_list("path", "house__name"))


class ReportViewSet(ViewSet):
    """The addresses of one report and its place in the menu of reports."""

    menu_hook = "register_reports_menu_item"
    view_class = None

    @cached_property
    def name(self):
        return f"report_{self.url_prefix.rsplit('/', 1)[-1]}"

    @cached_property
    def menu_label(self):
        return self.view_class.page_title

    @cached_property
    def icon(self):
        return self.view_class.header_icon

    def get_urlpatterns(self):
        names = {
            "index_url_name": self.get_url_name("index"),
            "index_results_url_name": self.get_url_name("results"),
        }
        return [
            path("", self.view_class.as_view(**names), name="index"),
            path("results/", self.view_class.as_view(results_only=True, **names), name="results"),
        ]


def person_name(user) -> str:
    return get_user_display_name(user) if user else ""


def days_since(moment) -> int:
    """Whole days passed since `moment`."""
    return (timezone.now() - moment) // timedelta(days=1)


def exported(value):
    """Return `value` as a spreadsheet shows it: a moment is that of the clock on the wall, a mark a word."""
    if isinstance(value, bool):
        return _("yes") if value else ""
    if hasattr(value, "tzinfo") and value.tzinfo:
        return timezone.make_naive(value).replace(microsecond=0)
    return value


def without_formula(value):
    """Return `value` so that a spreadsheet reads a text and never runs it."""
    if isinstance(value, str) and value.startswith(FORMULA_SIGNS):
        return f"'{value}"
    return value
