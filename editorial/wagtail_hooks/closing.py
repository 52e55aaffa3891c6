from django.urls import path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets import Button
from wagtail.log_actions import LogFormatter
from wagtail.snippets.action_menu import ActionMenuItem

from editorial.views.closing import close, may_close
from houses.models import House


@hooks.register("register_admin_urls")
def closing_urls():
    return [path("houses/<int:house_id>/close/", close, name="editorial_close_house")]


@hooks.register("register_snippet_listing_buttons")
def close_from_the_list(snippet, user, next_url=None):
    if isinstance(snippet, House) and may_close(user, snippet):
        url = reverse("editorial_close_house", args=[snippet.pk])
        yield Button(_("Close this house"), url=url, icon_name="lock", priority=60)


@hooks.register("register_snippet_action_menu_item")
def close_from_the_form(model):
    return CloseMenuItem() if model is House else None


class CloseMenuItem(ActionMenuItem):
    name = "close-house"
    label = _("Close this house")
    icon_name = "lock"
    order = 200

    def is_shown(self, context):
        is_edited = context["view"] == "edit"
        return is_edited and may_close(context["request"].user, context["instance"])

    def get_url(self, parent_context):
        return reverse("editorial_close_house", args=[parent_context["instance"].pk])


@hooks.register("register_log_actions")
def log_closings(actions):
    @actions.register_action("editorial.close_house")
    class Closed(LogFormatter):
        label = _("Close a house")

        def format_message(self, entry):
            return gettext("Closed; %(heir)s took over") % {"heir": entry.data["heir"]["name"]}
