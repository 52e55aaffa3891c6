from django.urls import path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.log_actions import LogFormatter

from editorial.models import open_state
from editorial.panels import WaitingPanel
from editorial.review import is_restarted_by
from editorial.views import review_page
from editorial.views.review import why_undecided


@hooks.register("register_admin_urls")
def review_urls():
    return [path("review/<int:page_id>/", review_page, name="editorial_review")]


@hooks.register("construct_homepage_panels", order=100)
def waiting(request, panels):
    panels.insert(0, WaitingPanel(request.user))


@hooks.register("before_edit_page")
def warn_of_the_review(request, page):
    """What a change would do is said before it is made: the form saves by itself while one types."""
    if (
        request.method == "GET"
        and (state := open_state(page))
        and is_restarted_by(state, request.user)
    ):
        messages.info(
            request,
            gettext("This text is being reviewed: if you change it, the review starts again."),
        )


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
