"""What is kept about people, kind by kind: what the register of processing says of it (GDPR, article 30), and
what is done so that it is true. Each app declares its own kinds by the hook `personal_data`.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.models import Q, QuerySet
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail import hooks

YEAR, MONTH = 365, 30  # days


class Basis(models.TextChoices):
    """Why it is lawful to keep it (GDPR, article 6)."""

    CONSENT = "consent", _("the person's consent")
    SERVICE = "service", _("the service that the person takes part in")
    INTEREST = "interest", _("the legitimate interest of the network")


@dataclass(frozen=True)
class Person:
    """Somebody as they are known before anything is erased: by an account, an address, a name."""

    account: models.Model | None = None
    email: str = ""
    username: str = ""
    name: str = ""

    @classmethod
    def found(cls, text: str) -> "Person | None":
        """The person whose user name or e-mail address is `text`; None where it is neither."""
        known = Q(username__iexact=text) | Q(email__iexact=text)
        account = get_user_model().objects.filter(known).first() if text else None
        if account:
            return cls.of(account)
        return cls(email=text) if "@" in text else None

    @classmethod
    def of(cls, account) -> "Person":
        return cls(account, account.email, account.get_username(), account.get_full_name())

    def __str__(self):
        return self.name or self.username or self.email


@dataclass(frozen=True)
class Rows:
    """The rows of a model that are about people.

    Parameters
    ----------
    model: its label, «app.Model».
    of: the fields, or ways to them, that say whose a row is: an account, an e-mail address or a name.
    shown: the fields that the person may have a copy of.
    mentions: texts with many things in them, where the address of the person is looked for.
    """

    model: str
    of: tuple[str, ...]
    shown: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()

    def about(self, person: Person) -> QuerySet:
        model = apps.get_model(self.model)
        condition = Q(pk__in=[])
        for path in self.of:
            condition |= _points_to(model, path, person)
        texts = {f"{name}_as_text": Cast(name, models.TextField()) for name in self.mentions}
        if person.email:
            for name in texts:
                condition |= Q(**{f"{name}__icontains": person.email})
        return model._default_manager.alias(**texts).filter(condition).order_by("pk")

    def copied(self, person: Person) -> list[dict[str, str]]:
        """What is held of the person, each fact by its name."""
        return [
            {_label(row, name): str(getattr(row, name)) for name in self.shown}
            for row in self.about(person)
        ]


@dataclass(frozen=True, kw_only=True)
class PersonalData:
    """One kind of data about people.

    Parameters
    ----------
    name, facts, people: what is kept, in which details, about whom.
    purpose, basis, readers: why, by which right, and who sees it.
    days: after which it goes by itself; 0 where nothing is counted in days.
    kept: how long where `days` does not say it, and why so long.
    erased: what becomes of it when a person asks to be forgotten.
    outdated: the rows that are too old, given the moment before which they are.
    forget: what is done to these rows; they are deleted where nothing is said.
    erase: forgets a person, given who does it; None where the rows keep an account without a name.
    """

    name: str
    facts: str
    people: str
    purpose: str
    basis: Basis
    readers: str
    kept: str
    erased: str
    rows: tuple[Rows, ...]
    days: int = 0
    outdated: Callable[[datetime], QuerySet] | None = None
    forget: Callable[[QuerySet], object] = QuerySet.delete
    erase: Callable[[Person, models.Model], None] | None = None

    @property
    def period(self) -> str:
        """How long it is kept at most, in words; empty where it is not counted."""
        if not self.days:
            return ""
        if self.days % YEAR == 0:
            years = self.days // YEAR
            return ngettext("%(count)d year", "%(count)d years", years) % {"count": years}
        months = self.days // MONTH
        return ngettext("%(count)d month", "%(count)d months", months) % {"count": months}

    def too_old(self, now: datetime) -> QuerySet | None:
        return self.outdated(now - timedelta(days=self.days)) if self.outdated else None

    def copied(self, person: Person) -> list[dict[str, str]]:
        return [row for rows in self.rows for row in rows.copied(person)]


def declared() -> Iterator[PersonalData]:
    """All the kinds, those of accounts first, the log last: it tells of what is done to the others."""
    for declare in hooks.get_hooks("personal_data"):
        yield from declare()


def _points_to(model, path: str, person: Person) -> Q:
    """The condition that what is at the end of `path` is the person."""
    field = _field_at(model, path)
    if field.primary_key or field.is_relation:
        return Q(**{path: person.account.pk}) if person.account else Q(pk__in=[])
    known = person.email if isinstance(field, models.EmailField) else person.name
    return Q(**{f"{path}__iexact": known}) if known else Q(pk__in=[])


def _field_at(model, path: str):
    *steps, name = path.split("__")
    for step in steps:
        model = model._meta.get_field(step).related_model
    return model._meta.pk if name == "pk" else model._meta.get_field(name)


def _label(row, name: str) -> str:
    try:
        return str(row._meta.get_field(name).verbose_name)
    except FieldDoesNotExist:
        return name
