from django.urls import path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets import Button
from wagtail.log_actions import LogFormatter
from wagtail.snippets.action_menu import ActionMenuItem

from editorial.closing import CLOSED, REOPENED
from editorial.views.closing import close, may_close, may_reopen, reopen
from houses.models import House


@hooks.register("register_admin_urls")
def closing_urls():
    return [
        path("houses/<int:house_id>/close/", close, name="editorial_close_house"),
        path("houses/<int:house_id>/reopen/", reopen, name="editorial_reopen_house"),
    ]


@hooks.register("register_snippet_listing_buttons")
def close_or_reopen_from_the_list(snippet, user, next_url=None):
    for item in (CloseMenuItem, ReopenMenuItem):
        if isinstance(snippet, House) and item.is_for(user, snippet):
            yield Button(
                item.label, url=item.url_of(snippet), icon_name=item.icon_name, priority=60
            )


@hooks.register("register_snippet_action_menu_item")
def close_from_the_form(model):
    return CloseMenuItem() if model is House else None


@hooks.register("register_snippet_action_menu_item")
def reopen_from_the_form(model):
    return ReopenMenuItem() if model is House else None


class HouseMenuItem(ActionMenuItem):
    """A screen about one house, in the menu of its form.

    Parameters
    ----------
    is_for: whether a person may do that to a house.
    url_name: the screen.
    """

    order = 200
    url_name = ""

    @staticmethod
    def is_for(user, house: House) -> bool:
        raise NotImplementedError

    @classmethod
    def url_of(cls, house: House) -> str:
        return reverse(cls.url_name, args=[house.pk])

    def is_shown(self, context):
        is_edited = context["view"] == "edit"
        return is_edited and self.is_for(context["request"].user, context["instance"])

    def get_url(self, parent_context):
        return self.url_of(parent_context["instance"])


class CloseMenuItem(HouseMenuItem):
    name = "close-house"
    label = _("Close this house")
    icon_name = "lock"
    is_for = staticmethod(may_close)
    url_name = "editorial_close_house"


class ReopenMenuItem(HouseMenuItem):
    name = "reopen-house"
    label = _("Reopen this house")
    icon_name = "lock-open"
    is_for = staticmethod(may_reopen)
    url_name = "editorial_reopen_house"


@hooks.register("register_log_actions")
def log_closings(actions):
    @actions.register_action(CLOSED)
    class Closed(LogFormatter):
        label = _("Close a house")

        def format_message(self, entry):
            return gettext("Closed; %(heir)s took over") % {"heir": entry.data["heir"]["name"]}

    @actions.register_action(REOPENED)
    class Reopened(LogFormatter):
        label = _("Reopen a house")
        message = _("Opened again")
