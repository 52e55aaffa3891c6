"""What the editorial work does when something happens elsewhere."""

from wagtail.admin.signal_handlers import (
    task_submission_email_notifier,
    workflow_approval_email_notifier,
    workflow_rejection_email_notifier,
    workflow_submission_email_notifier,
)
from wagtail.models import Page
from wagtail.signals import page_published

from editorial import notifications, review, signals


def follow_revision(sender, instance, created, update_fields, **kwargs):
    """A version was written, new or over the last one; what publishing notes on it is no change."""
    is_of_page = issubclass(instance.base_content_type.model_class() or object, Page)
    if is_of_page and (created or update_fields is None):
        review.follow(instance)


def connect_notifications():
    """Our mails in place of Wagtail's, which go to people who have nothing to do with the article."""
    for notifier in (
        task_submission_email_notifier,
        workflow_submission_email_notifier,
        workflow_approval_email_notifier,
        workflow_rejection_email_notifier,
    ):
        notifier.valid_classes = ()
    signals.review_asked.connect(notifications.ask_for_review)
    signals.review_decided.connect(notifications.tell_decision)
    page_published.connect(notifications.tell_publication)
