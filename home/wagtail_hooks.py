from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.site_summary import SummaryItem

from home import personal_data
from home.panels import WelcomePanel

hooks.register("personal_data", personal_data.declare)


@hooks.register("construct_homepage_panels")
def welcome(request, panels):
    """In place of Wagtail's own, which list every text of a person that is under review, without end."""
    panels[:] = [WelcomePanel(request.user)]


@hooks.register("construct_main_menu", order=1000)
def name_the_tree(request, items):
    """The tree of pages is, for an editor, the plan of the site."""
    for item in items:
        if item.name == "explorer":
            item.label = _("Site plan")


@hooks.register("construct_help_menu", order=1000)
def no_product_news(request, items):
    """What is new in the software, and its guide in English, are of no help to write an article."""
    items[:] = [item for item in items if not item.name.startswith(("whats-new", "editor-guide"))]


@hooks.register("construct_homepage_summary_items", order=1000)
def no_counts(request, items: list[SummaryItem]):
    """Numbers of pages and pictures mean nothing to those who write."""
    items.clear()
