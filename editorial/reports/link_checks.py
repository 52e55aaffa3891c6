from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn

from editorial.models import LinkCheck, LinkRound, LinkUse
from editorial.reports.base import EditorialReport, PageTitleColumn
from editorial.reports.scope import HouseFilter


class BrokenLinkFilterSet(WagtailFilterSet):
    house = HouseFilter(path="page__path")

    class Meta:
        model = LinkUse
        fields = []


class BrokenLinksReport(EditorialReport):
    """Links that have failed on three days, and the pages that they are on."""

    page_title = _("Broken links")
    header_icon = "link-external"
    export_filename = "liens-brises"
    model = LinkUse
    results_template_name = "editorial/reports/broken_links.html"
    filterset_class = BrokenLinkFilterSet
    index_url_name = "editorial_broken_links"
    index_results_url_name = "editorial_broken_links_results"
    no_results_message = _("No link is known to be broken.")

    def get_queryset(self):
        broken = LinkCheck.objects.broken()
        return (
            LinkUse.objects.filter(link__in=broken, page__in=self.editable_pages(), page__live=True)
            .select_related("link", "page__locale")
            .order_by("link__first_failed_at", "link", "page")
        )

    def get_context_data(self, **kwargs):
        return {**super().get_context_data(**kwargs), "last_round": LinkRound.objects.first()}

    @cached_property
    def columns(self):
        return [
            PageTitleColumn(
                "title",
                label=_("Title"),
                accessor="page.title",
                get_url=lambda use: reverse("wagtailadmin_pages:edit", args=[use.page_id]),
            ),
            self.house_column("page.path"),
            Column("url", label=_("Address"), accessor="link.url"),
            Column("problem", label=_("Problem"), accessor="link.problem_label"),
            DateColumn("since", label=_("Since"), accessor="link.first_failed_at"),
            DateColumn("tried", label=_("Last tried"), accessor="link.last_checked_at"),
        ]
