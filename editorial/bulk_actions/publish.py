from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from editorial.bulk_actions.base import ExplainedBulkAction
from editorial.consents import missing_in_words
from editorial.notifications import tell_publication_by
from editorial.obstacles import obstacles
from editorial.revisions import newest, writer_of


class PublishReadBulkAction(ExplainedBulkAction):
    """Put online what others wrote: nobody publishes a text of which they wrote the last change."""

    display_name = _("Publish")
    aria_label = _("Publish the selected articles")
    action_type = "publish"
    form_class = forms.Form
    action_priority = 40
    icon = "upload"
    title = _("Publish articles")
    introduction = _("Have you read them all? These will be online at once:")
    left_out = _("These will not be published:")
    button = _("Publish")

    def why_not(self, page):
        user = self.request.user
        rights = page.permissions_for_user(user)
        if not rights.answers_for_what_is_online():
            return gettext("Only the network editors put texts online.")
        if page.live and not page.has_unpublished_changes:
            return gettext("Nothing is waiting: what is online is the last version.")
        if rights.page_locked():
            return gettext("Somebody has locked it to work on it.")
        revision = newest(page)
        if revision is None:
            return gettext("Nothing is written in it yet.")
        if writer_of(revision) == user:
            return gettext("You wrote its last change: somebody else has to read it.")
        return _what_is_missing(revision)

    def object_context(self, page):
        """The article, and who did not agree to appear in it."""
        context = super().object_context(page)
        if lacking := missing_in_words(newest(page).as_object()):
            context["warning"] = gettext("without the agreement of: %(who)s") % {
                "who": ", ".join(lacking)
            }
        return context

    @classmethod
    def execute_action(cls, objects, user=None, **kwargs):
        for page in objects:
            if review := page.current_workflow_state:
                review.cancel(user=user)
            revision = newest(page)
            revision.publish(user=user, skip_permission_checks=True)
            tell_publication_by(user, type(page).objects.get(pk=page.pk), revision)
        return len(objects), 0

    def get_success_message(self, num_parent_objects, num_child_objects):
        return ngettext(
            "%(count)d article was published.",
            "%(count)d articles were published.",
            num_parent_objects,
        ) % {"count": num_parent_objects}


def _what_is_missing(revision) -> str:
    """Return what keeps a draft, which may be saved unfinished, from being published."""
    version = revision.as_object()
    try:
        version.full_clean()
    except ValidationError as error:
        return gettext("It is not complete: %(what)s") % {"what": " ".join(error.messages)}
    return " ".join(obstacles(version))
