import django_filters
from django.db.models import Exists, OuterRef, Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.coreutils import get_content_languages
from wagtail.models import Page

from editorial.reports.base import EditorialReport, ReportViewSet
from editorial.reports.scope import HouseFilter, visible_to


def missing_in(language: str) -> Q:
    """The condition of being in another language than `language`, and not online in that one."""
    versions = Page.objects.order_by().filter(live=True, locale__language_code=language)
    return ~Q(locale__language_code=language) & ~Exists(
        versions.filter(translation_key=OuterRef("translation_key"))
    )


class MissingTranslationFilterSet(WagtailFilterSet):
    house = HouseFilter()
    language = django_filters.ChoiceFilter(
        label=_("Missing in"),
        choices=lambda: get_content_languages().items(),
        method="keep_missing",
    )

    class Meta:
        model = Page
        fields = []

    def keep_missing(self, pages, name, language):
        return pages.filter(missing_in(language))


class MissingTranslationsView(EditorialReport):
    """What is online in one language and not in the others."""

    page_title = _("Missing translations")
    header_icon = "globe"
    export_filename = "traductions-manquantes"
    filterset_class = MissingTranslationFilterSet
    no_results_message = _("Everything is in every language.")

    def get_queryset(self):
        languages = list(get_content_languages())
        missing = Q(pk__in=[])
        for language in languages:
            missing |= missing_in(language)
        return (
            Page.objects.filter(visible_to(self.request.user), missing, live=True, depth__gt=1)
            .annotate(
                **{f"lacks_{number}": missing_in(code) for number, code in enumerate(languages)}
            )
            .select_related("locale")
            .order_by("-last_published_at", "-pk")
        )

    @cached_property
    def columns(self):
        languages = get_content_languages()

        def missing(page):
            return ", ".join(
                str(label)
                for number, label in enumerate(languages.values())
                if getattr(page, f"lacks_{number}")
            )

        return [
            self.title_column(),
            self.house_column(),
            Column(
                "language",
                label=_("Language"),
                accessor=lambda page: languages.get(page.locale.language_code),
            ),
            Column("missing", label=_("Missing in"), accessor=missing),
            Column("last_published_at", label=_("Put online")),
        ]


class MissingTranslationsViewSet(ReportViewSet):
    url_prefix = "reports/translations"
    view_class = MissingTranslationsView
    menu_order = 170
