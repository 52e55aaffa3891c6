from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from wagtail import hooks
from wagtail.admin.ui.menus.pages import PageMenuItem
from wagtail.log_actions import LogFormatter

from editorial import reading
from editorial.views import readers, resend_link, revoke_link


@hooks.register("register_admin_urls")
def link_urls():
    return [
        path("readers/<int:page_id>/", readers, name="editorial_readers"),
        path("readers/link/<uuid:link_id>/revoke/", revoke_link, name="editorial_revoke_link"),
        path("readers/link/<uuid:link_id>/resend/", resend_link, name="editorial_resend_link"),
    ]


class ReadersMenuItem(PageMenuItem):
    label = gettext_lazy("Outside readers")
    icon_name = "glasses"
    url_name = "editorial_readers"

    def is_shown(self, user):
        return self.page.permissions_for_user(user).can_edit()


@hooks.register("register_page_header_buttons")
def readers_button(page, user, view_name, next_url=None):
    yield ReadersMenuItem(page=page, priority=66)


@hooks.register("register_log_actions")
def link_log_actions(actions):
    class LinkFormatter(LogFormatter):
        """What happened to the link of a reader, who has no account: the entry names them."""

        def format_message(self, log_entry):
            return self.message % log_entry.data

    @actions.register_action(reading.SENT)
    class SentFormatter(LinkFormatter):
        label = gettext_lazy("Give to read outside")
        message = gettext_lazy("Sent to read to %(name)s (%(email)s)")

    @actions.register_action(reading.REVOKED)
    class RevokedFormatter(LinkFormatter):
        label = gettext_lazy("Withdraw a reading link")
        message = gettext_lazy("Withdrew the reading link of %(name)s (%(email)s)")

    @actions.register_action(reading.ANSWERED)
    class AnsweredFormatter(LogFormatter):
        label = gettext_lazy("Answer of an outside reader")

        def format_message(self, log_entry):
            told = {
                "approve": _("%(name)s, outside reader: it can be published as it is"),
                "request_changes": _("%(name)s, outside reader, asks for changes"),
            }
            return told[log_entry.data["verdict"]] % log_entry.data

        def format_comment(self, log_entry):
            colon = pgettext("before a quotation", ":")
            parts = log_entry.data["part_comments"]
            told = [f"{part['label']}{colon} {part['text']}" for part in parts]
            return " — ".join(filter(None, [log_entry.data["comment"], *told]))
