"""Logging in and asking for a new password, so many times in so many minutes.

What is counted is one account from one address: nobody is kept out by what others try from elsewhere.
"""

from math import ceil

from django.core.exceptions import ValidationError
from django.utils.translation import ngettext
from wagtail.admin.forms.auth import PasswordResetForm

from editorial.audit import note_too_many
from portal.login import LoginForm
from search import rate

WINDOW = 10 * 60  # seconds
LOGINS = 10  # refused in a window
MAILS = 3  # with a link to choose a new password, in a window


class LimitedLoginForm(LoginForm):
    """The one of the portal, which after too many refusals says when to try again; logging in clears them."""

    def clean(self):
        name = self.cleaned_data.get("username", "")
        check_not_too_often(self.request, "login", name, LOGINS)
        cleaned = super().clean()
        if self.get_user():
            rate.forget(self.request, door("login", name), WINDOW)
        return cleaned


class LimitedPasswordResetForm(PasswordResetForm):
    def __init__(self, *args, request, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["email"].widget.attrs["autocomplete"] = "email"
        self.request = request

    def clean(self):
        cleaned = super().clean()
        if address := cleaned.get("email"):
            check_not_too_often(self.request, "password", address, MAILS)
        return cleaned


def door(what: str, account: str) -> str:
    return f"{what} {account.casefold()}"


def check_not_too_often(request, what: str, account: str, limit: int) -> None:
    """Count that somebody tries `what` for `account`. Raise a ValidationError where they have to wait."""
    wait = rate.seconds_to_wait(request, door(what, account), limit, WINDOW)
    if not wait:
        return
    # Once a window: the journal is no place to fill at will.
    if not rate.seconds_to_wait(request, door(f"journal {what}", account), 1, WINDOW):
        note_too_many(what, account)
    minutes = ceil(wait / 60)
    raise ValidationError(
        ngettext(
            "Too many attempts one after the other. Try again in %(minutes)d minute.",
            "Too many attempts one after the other. Try again in %(minutes)d minutes.",
            minutes,
        )
        % {"minutes": minutes}
    )
