import django_filters
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.coreutils import get_content_languages
from wagtail.models import Page
from wagtail_localize.models import Translation

from editorial.reports.base import EditorialReport, ReportViewSet
from editorial.reports.scope import HouseFilter, visible_to
from editorial.translating import changes_of, is_behind


class OutdatedTranslationFilterSet(WagtailFilterSet):
    house = HouseFilter()
    language = django_filters.ChoiceFilter(
        label=_("Language"),
        choices=lambda: get_content_languages().items(),
        field_name="locale__language_code",
    )

    class Meta:
        model = Page
        fields = []


class PassagesColumn(Column):
    """The passages that changed in the source: the words that were translated struck out, the new ones."""

    cell_template_name = "editorial/reports/passages.html"

    def get_cell_context_data(self, page, parent_context):
        context = super().get_cell_context_data(page, parent_context)
        return {**context, "changes": page.changes, "source_language": page.source_language}

    def get_value(self, page):
        """As in a file, where nothing can be struck out."""
        return "\n".join(
            f"{change.label} : {' '.join(change.before)} → {' '.join(change.after)}"
            for change in page.changes
        )


class OutdatedTranslationsView(EditorialReport):
    """Translations of which the source says something else, or more."""

    page_title = _("Translations to look at again")
    header_icon = "wagtail-localize-language"
    export_filename = "traductions-a-revoir"
    filterset_class = OutdatedTranslationFilterSet
    no_results_message = _("Every translation says what its source says.")

    def get_queryset(self):
        return (
            Page.objects.filter(visible_to(self.request.user), is_behind())
            .select_related("locale")
            .order_by("-latest_revision_created_at", "-pk")
        )

    def decorate_paginated_queryset(self, pages):
        return with_changes(pages)

    @cached_property
    def columns(self):
        languages = get_content_languages()
        return [
            self.title_column(),
            self.house_column(),
            Column(
                "language",
                label=_("Language"),
                accessor=lambda page: languages.get(page.locale.language_code),
            ),
            Column("count", label=_("Passages"), accessor=lambda page: len(page.changes)),
            PassagesColumn("passages", label=_("What changed in the source")),
        ]


def with_changes(pages) -> list[Page]:
    """Give `pages`, each a translation, what changed in their source and its language, as `changes` and `source_language`."""
    pages = list(pages)
    translations = Translation.objects.filter(
        source__object__in={page.translation_key for page in pages}, enabled=True
    ).select_related("source__locale", "source__specific_content_type")
    changes = changes_of(translations)
    of_page = {
        (each.source.object_id, each.target_locale_id): (
            changes[each.pk],
            each.source.locale.language_code,
        )
        for each in translations
    }
    for page in pages:
        page.changes, page.source_language = of_page.get(
            (page.translation_key, page.locale_id), ([], None)
        )
    return pages


class OutdatedTranslationsViewSet(ReportViewSet):
    url_prefix = "reports/outdated"
    view_class = OutdatedTranslationsView
    menu_order = 171
