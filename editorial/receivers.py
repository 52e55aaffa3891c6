"""What the editorial work does when something happens elsewhere."""

from django.db.models.signals import post_save
from wagtail.admin.signal_handlers import (
    task_submission_email_notifier,
    workflow_approval_email_notifier,
    workflow_rejection_email_notifier,
    workflow_submission_email_notifier,
)
from wagtail.admin.views.account import NotificationsSettingsPanel
from wagtail.admin.views.pages.edit import EditView
from wagtail.models import Comment, CommentReply, Page
from wagtail.signals import page_published

from editorial import notifications, review, signals
from editorial.models import NotPublishable
from editorial.obstacles import obstacles


def follow_revision(sender, instance, created, update_fields, raw, **kwargs):
    """A version was written, new or over the last one; what publishing notes on it is no change."""
    if raw or not (created or update_fields is None):
        return
    if issubclass(instance.base_content_type.model_class() or object, Page):
        review.follow(instance)


def tell_of_comment(sender, instance, created, raw, **kwargs):
    if created and not raw:
        notifications.tell_comment(instance)


def tell_of_reply(sender, instance, created, raw, **kwargs):
    if created and not raw:
        notifications.tell_reply(instance)


def refuse_before_its_time(sender, version, **kwargs):
    """What quotes or shows people who did not agree stays a draft, where the network has chosen so; and what waits for an article."""
    if problems := obstacles(version):
        raise NotPublishable(" ".join(problems))


def silence_wagtail():
    """Wagtail's own mails go to people who have nothing to do with the article, at once, and are lost where the server is down."""
    for notifier in (
        task_submission_email_notifier,
        workflow_submission_email_notifier,
        workflow_approval_email_notifier,
        workflow_rejection_email_notifier,
    ):
        notifier.valid_classes = ()
    EditView.send_commenting_notifications = lambda view, changes: None
    NotificationsSettingsPanel.is_active = lambda panel: False


def connect_notifications():
    signals.about_to_publish.connect(refuse_before_its_time)
    signals.review_asked.connect(notifications.ask_for_review)
    signals.review_decided.connect(notifications.tell_decision)
    post_save.connect(tell_of_comment, sender=Comment)
    post_save.connect(tell_of_reply, sender=CommentReply)
    page_published.connect(notifications.tell_publication)
