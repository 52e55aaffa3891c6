"""How the log says what `editorial.audit` notes."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogFormatter

from editorial import audit
from houses.models import Role

# The name of the action where one chooses it, then what it says of what happened, by the data of the entry.
MESSAGES = {
    "editorial.login": (_("Logging in"), _("Logged in")),
    "editorial.logout": (_("Logging out"), _("Logged out")),
    "editorial.login_failed": (_("Login refused"), _("Login refused")),
    "editorial.login_put_off": (
        _("Too many refused logins"),
        _("Had to wait after too many refused logins"),
    ),
    "editorial.password_put_off": (
        _("New password asked for too often"),
        _("Had to wait after asking too often for a new password"),
    ),
    "editorial.password": (_("Password change"), _("Password changed")),
    "editorial.account.address": (_("Change of e-mail address"), _("E-mail address changed")),
    "editorial.account.create": (_("New account"), _("Account opened")),
    "editorial.account.delete": (_("Deleted account"), _("Account deleted")),
    "editorial.account.open": (_("Account opened again"), _("Account opened again")),
    "editorial.account.close": (_("Account closed"), _("Account closed")),
    "editorial.administrator.add": (_("New administrator"), _("Became an administrator")),
    "editorial.administrator.remove": (
        _("Administrator no longer"),
        _("Is no longer an administrator"),
    ),
    "editorial.group.add": (_("Added to a group"), _("Added to the group: %(names)s")),
    "editorial.group.remove": (_("Taken out of a group"), _("Taken out of the group: %(names)s")),
    "editorial.permission.add": (_("Permission given"), _("Permission given: %(names)s")),
    "editorial.permission.remove": (
        _("Permission withdrawn"),
        _("Permission withdrawn: %(names)s"),
    ),
    "editorial.membership.add": (
        _("New member of a house"),
        _("Joined %(house_name)s as %(role)s"),
    ),
    "editorial.membership.change": (
        _("Change of role in a house"),
        _("Is now %(role)s of %(house_name)s"),
    ),
    "editorial.membership.remove": (
        _("Member of a house no longer"),
        _("Left %(house_name)s, where they were %(role)s"),
    ),
}


@hooks.register("after_bulk_action")
def note_bulk_action(request, action_type, objects, action):
    audit.note_bulk_action(
        action_type, objects, action.cleaned_form.cleaned_data.get("mark_as_active")
    )


class DataFormatter(LogFormatter):
    """Says the data of the entry in the words of `message`."""

    def format_message(self, entry):
        data = entry.data
        if "role" in data:
            data = {**data, "role": Role(data["role"]).label}
        return str(self.message) % data


@hooks.register("register_log_actions")
def name_actions(actions):
    for action, (label, message) in MESSAGES.items():
        formatter = type("Formatter", (DataFormatter,), {"label": label, "message": message})
        actions.register_action(action)(formatter)
