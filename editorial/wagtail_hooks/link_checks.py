from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from editorial.reports.link_checks import BrokenLinksReport


@hooks.register("register_admin_urls")
def broken_link_urls():
    return [
        path("broken-links/", BrokenLinksReport.as_view(), name="editorial_broken_links"),
        path(
            "broken-links/results/",
            BrokenLinksReport.as_view(results_only=True),
            name="editorial_broken_links_results",
        ),
    ]


@hooks.register("register_reports_menu_item")
def broken_links_report():
    return MenuItem(
        _("Broken links"),
        reverse("editorial_broken_links"),
        name="broken-links",
        icon_name="link-external",
        order=210,
    )
