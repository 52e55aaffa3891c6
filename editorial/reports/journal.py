from dataclasses import dataclass
from itertools import batched

import django_filters
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db.models import IntegerField, Q, Value
from django.forms import CheckboxSelectMultiple
from django.utils.html import escape
from django.utils.translation import gettext_lazy as _
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.filters import ContentTypeFilter, DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.coreutils import get_content_type_label
from wagtail.log_actions import registry
from wagtail.models import ModelLogEntry, Page, PageLogEntry

from editorial.people import is_of_network, sections_changed_by
from editorial.reports.base import EditorialReport, ReportViewSet
from editorial.reports.scope import houses_for, in_houses
from houses.models import House, Role
from portal.languages import mark_titles

LOGS = [PageLogEntry, ModelLogEntry]
BATCH = 500  # entries


def led_by(user):
    return House.objects.filter(memberships__user=user, memberships__role=Role.LEAD)


def may_read(user) -> bool:
    return user.is_superuser or bool(sections_changed_by(user))


def of_houses(log_model, houses) -> Q:
    """The condition of being about the pages of `houses`, or about who belongs to them."""
    # What is gone is in no house any more: its entry says where it was (`editorial.audit`).
    noted = Q(data__house__in=list(houses.values_list("pk", flat=True)))
    if log_model is not PageLogEntry:
        return noted
    pages = Page.objects.order_by().filter(in_houses(houses))
    return Q(page_id__in=pages.values("pk")) | Q(noted, deleted=True)


def readable_by(user) -> list:
    """The entries of each log that `user` may read: all of them, or those on the pages of the houses they lead."""
    if is_of_network(user):
        return [log_model.objects.all() for log_model in LOGS]
    mine = of_houses(PageLogEntry, led_by(user))
    return [PageLogEntry.objects.filter(mine), ModelLogEntry.objects.none()]


class JournalFilterSet(WagtailFilterSet):
    label = django_filters.CharFilter(label=_("Name of the object"), lookup_expr="icontains")
    house = django_filters.ModelChoiceFilter(
        label=_("House"), queryset=lambda request: houses_for(request.user), method="keep_house"
    )
    user = django_filters.ModelChoiceFilter(label=_("Person"), queryset=get_user_model().objects)
    action = django_filters.MultipleChoiceFilter(label=_("Action"), widget=CheckboxSelectMultiple)
    object_type = ContentTypeFilter(label=_("Kind of object"), method="keep_type")
    timestamp = django_filters.DateFromToRangeFilter(label=_("Date"), widget=DateRangePickerWidget)

    class Meta:
        model = PageLogEntry
        fields = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        logs = readable_by(self.request.user)
        users = set().union(*(entries.get_user_ids() for entries in logs))
        actions = set().union(*(entries.get_actions() for entries in logs))
        types = set().union(*(entries.get_content_type_ids() for entries in logs))
        self.filters["user"].queryset = (
            get_user_model().objects.filter(pk__in=users).order_by("username")
        )
        self.filters["action"].extra["choices"] = [
            (name, label) for name, label in registry.get_choices() if name in actions
        ]
        self.filters["object_type"].queryset = ContentType.objects.filter(pk__in=types)

    def keep_house(self, entries, name, house):
        return entries.filter(of_houses(entries.model, House.objects.filter(pk=house.pk)))

    def keep_type(self, entries, name, content_type):
        return entries.filter_on_content_type(content_type)


@dataclass(frozen=True)
class Line:
    """One entry of either log, with the address where its object is changed by those who may."""

    entry: PageLogEntry | ModelLogEntry
    url: str | None
    titles: dict[str, str]  # of pages, with their language

    @property
    def person(self) -> str:
        """The name that the person had then."""
        return self.entry.data.get("person") or self.entry.user_display_name

    @property
    def kind(self) -> str:
        return get_content_type_label(self.entry.content_type)


class TitlesColumn(TitleColumn):
    """Words that may name pages: each title is shown with its language."""

    def get_cell_context_data(self, line, parent_context):
        context = super().get_cell_context_data(line, parent_context)
        context["value"] = mark_titles(escape(str(context["value"])), line.titles)
        return context


def titles_in(entry) -> set[str]:
    """The titles of pages that `entry` may name: that of its object, others it had, those it was copied or moved from."""
    told = [entry.label]
    for part in entry.data.values():
        told += part.values() if isinstance(part, dict) else []
    return {text for text in told if isinstance(text, str)}


def languages_of(titles) -> dict[str, str]:
    """The language of those of `titles` that a page bears."""
    return dict(
        Page.objects.order_by()
        .filter(title__in=titles)
        .values_list("title", "locale__language_code")
    )


class JournalView(EditorialReport):
    """Who did what and when: on pages, on everything else, and who logged in."""

    page_title = _("Log")
    header_icon = "history"
    export_filename = "journal"
    filterset_class = JournalFilterSet
    no_results_message = _("Nothing of the kind happened.")

    columns = [
        Column("timestamp", label=_("When"), accessor="entry.timestamp"),
        Column("person", label=_("Who")),
        TitlesColumn("message", label=_("What"), accessor="entry.message"),
        TitlesColumn(
            "label", label=_("About what"), accessor="entry.label", get_url=lambda line: line.url
        ),
        Column("kind", label=_("Kind of object")),
        Column("comment", label=_("Comment left"), accessor="entry.comment"),
    ]

    def dispatch(self, request, *args, **kwargs):
        if not may_read(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_filtered_queryset(self):
        """The keys of the entries of both logs, latest first: rows of two tables make no queryset of either."""
        parts = [
            self.filter_queryset(
                entries.values("pk", "timestamp").annotate(
                    log=Value(number, output_field=IntegerField())
                )
            ).order_by()
            for number, entries in enumerate(readable_by(self.request.user))
        ]
        return parts[0].union(*parts[1:], all=True).order_by("-timestamp", "-pk")

    def paginate_queryset(self, queryset, page_size):
        paginator, page, rows, is_paginated = super().paginate_queryset(queryset, page_size)
        lines = self.lines(rows, AdminURLFinder(self.request.user))
        return paginator, page, list(lines), is_paginated

    def as_spreadsheet(self, queryset, spreadsheet_format):
        return super().as_spreadsheet(self.lines(queryset), spreadsheet_format)

    @staticmethod
    def lines(rows, url_finder=None):
        """The entries that `rows` are the keys of, in the same order; with addresses and titles where a finder is given."""
        for batch in batched(rows, BATCH, strict=False):
            found, titles = {}, {}
            for number, log_model in enumerate(LOGS):
                keys = [row["pk"] for row in batch if row["log"] == number]
                entries = log_model.objects.filter(pk__in=keys).select_related(
                    "content_type", "user__wagtail_userprofile"
                )
                pairs = entries.with_instances() if url_finder else ((e, None) for e in entries)
                for entry, instance in pairs:
                    url = url_finder.get_edit_url(instance) if instance else None
                    found[number, entry.pk] = Line(entry, url, titles)
            if url_finder:
                titles |= languages_of(
                    set().union(*(titles_in(line.entry) for line in found.values()))
                )
            yield from (found[row["log"], row["pk"]] for row in batch)


class JournalMenuItem(MenuItem):
    def is_shown(self, request):
        return may_read(request.user)


class JournalViewSet(ReportViewSet):
    url_prefix = "reports/journal"
    view_class = JournalView
    menu_item_class = JournalMenuItem
    menu_order = 190
