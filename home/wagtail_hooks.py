from wagtail import hooks
from wagtail.admin.site_summary import SummaryItem

from home.panels import WelcomePanel


@hooks.register("construct_homepage_panels")
def welcome(request, panels):
    panels.insert(0, WelcomePanel(request.user))


@hooks.register("construct_homepage_summary_items")
def no_counts(request, items: list[SummaryItem]):
    """Numbers of pages and pictures mean nothing to those who write."""
    items.clear()
