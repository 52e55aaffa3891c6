from django.urls import path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.log_actions import LogFormatter

from editorial.panels import WaitingPanel
from editorial.views import review_page
from editorial.views.review import why_undecided


@hooks.register("register_admin_urls")
def review_urls():
    return [path("review/<int:page_id>/", review_page, name="editorial_review")]


@hooks.register("construct_homepage_panels", order=100)
def waiting(request, panels):
    panels.insert(0, WaitingPanel(request.user))


@hooks.register("before_edit_page")
def decide_on_what_was_read(request, page):
    """A decision posted with the editor's form holds for the text that was on the screen; else the text alone is saved, and they are told."""
    if request.method != "POST" or "action-workflow-action" not in request.POST:
        return
    problem = why_undecided(page, request.user, request.POST)
    if problem:
        messages.warning(request, problem)
        data = request.POST.copy()
        del data["action-workflow-action"]
        request.POST = data


@hooks.register("register_log_actions")
def log_actions(actions):
    actions.register_action(
        "editorial.restart",
        _("Start the review again"),
        _("The text changed during its review, which begins again"),
    )

    @actions.register_action("editorial.decline")
    class Declined(LogFormatter):
        label = _("Refuse")

        def format_message(self, entry):
            return gettext("Refused: “%(why)s”") % {"why": entry.data.get("comment", "")}

        def format_comment(self, entry):
            return entry.data.get("comment", "")
