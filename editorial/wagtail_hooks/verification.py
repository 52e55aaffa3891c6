from django.urls import path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogFormatter

from editorial.models import Answer
from editorial.reports.verification import VerificationReport
from editorial.verification import last_answer_columns
from editorial.views.verification import verify


@hooks.register("register_admin_urls")
def verification_urls():
    return [
        path("verification/", VerificationReport.as_view(), name="editorial_to_verify"),
        path(
            "verification/results/",
            VerificationReport.as_view(results_only=True),
            name="editorial_to_verify_results",
        ),
        path("verification/<int:page_id>/", verify, name="editorial_verify"),
    ]


@hooks.register("register_reports_menu_item")
def verification_report():
    return MenuItem(
        _("Articles to verify"),
        reverse("editorial_to_verify"),
        name="articles-to-verify",
        icon_name="history",
        order=200,
    )


@hooks.register("article_annotations")
def with_last_answer():
    return last_answer_columns()


@hooks.register("article_notes")
def what_the_house_says(article, request):
    """What the house said last of its article, for its readers."""
    if not getattr(article, "verified_at", None):
        return None
    return "editorial/verification_note.html", {
        "answer": article.verified_answer,
        "answered_at": article.verified_at,
        "is_updated": article.last_published_at > article.verified_at,
    }


@hooks.register("register_log_actions")
def log_verifications(actions):
    @actions.register_action("editorial.verify")
    class Verified(LogFormatter):
        label = _("Is it still true?")

        def format_message(self, entry):
            answer = Answer(entry.data["answer"]).label
            return gettext("Is it still true? “%(answer)s”") % {"answer": answer}

        def format_comment(self, entry):
            return entry.data["note"]
