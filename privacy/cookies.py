"""What the site keeps in a reader's browser, all of it: the page about personal data shows this list,
and a browser test compares it with what is found there."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.db import models
from django.utils.translation import gettext as _


class Place(models.TextChoices):
    COOKIE = "cookie", "cookie"
    LOCAL = "localStorage", "localStorage"
    SESSION = "sessionStorage", "sessionStorage"


@dataclass(frozen=True)
class Kept:
    """Something in the browser.

    Parameters
    ----------
    name: its key; what begins with it where it ends with an asterisk.
    when: at which act of the person it is put there.
    lasts: how long it stays, in words.
    """

    name: str
    place: Place
    purpose: str
    when: str
    lasts: str

    def is_called(self, name: str) -> bool:
        if self.name.endswith("*"):
            return name.startswith(self.name[:-1])
        return name == self.name


def all_kept() -> list[Kept]:
    return [*cookies(), *readers_choices(), *editors_comfort()]


def cookies() -> list[Kept]:
    in_days = _("%(count)d days")
    return [
        Kept(
            settings.SESSION_COOKIE_NAME,
            Place.COOKIE,
            _("knows that you are logged in"),
            _("when you log in"),
            in_days % {"count": settings.SESSION_COOKIE_AGE // 86400},
        ),
        Kept(
            settings.CSRF_COOKIE_NAME,
            Place.COOKIE,
            _("makes sure that a form was sent by you"),
            _("when you open a page with a form that changes something, such as logging in"),
            in_days % {"count": settings.CSRF_COOKIE_AGE // 86400},
        ),
        Kept(
            CookieStorage.cookie_name,
            Place.COOKIE,
            _("says on the next page that what you did is done"),
            _("when you save something in the houses' area"),
            _("until the next page"),
        ),
        Kept(
            "wagtail_sidebar_collapsed",
            Place.COOKIE,
            _("keeps the menu of the houses' area open or folded"),
            _("when you fold the menu"),
            _("until you close the browser"),
        ),
    ]


def readers_choices() -> list[Kept]:
    until_changed = _("until you change your mind or empty the browser")
    return [
        Kept(
            "maillage.theme",
            Place.LOCAL,
            _("keeps your choice of light or dark colours"),
            _("when you choose"),
            until_changed,
        ),
        Kept(
            "maillage.text-size",
            Place.LOCAL,
            _("keeps your choice of text size"),
            _("when you choose"),
            until_changed,
        ),
    ]


def editors_comfort() -> list[Kept]:
    in_area = _("when you work in the houses' area")
    return [
        Kept(
            "kept-text:*",
            Place.LOCAL,
            _("gives you back what you typed and could not save"),
            _("when the line breaks or your session ends while you write"),
            _("until it is saved, 30 days at most"),
        ),
        Kept(
            "kept-text-sent",
            Place.SESSION,
            _("knows which text was just sent"),
            _("when you save a text"),
            _("until the next page"),
        ),
        Kept(
            "wagtail:*",
            Place.LOCAL,
            _("keeps the drawings of the buttons, and which panels are open"),
            in_area,
            _("until you empty the browser"),
        ),
    ]
