from django.urls import path
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogFormatter

from editorial.views import review_page


@hooks.register("register_admin_urls")
def review_urls():
    return [path("review/<int:page_id>/", review_page, name="editorial_review")]


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
            return format_html(_("Refused: “{}”"), entry.data.get("comment", ""))

        def format_comment(self, entry):
            return entry.data.get("comment", "")
