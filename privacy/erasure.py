"""A person forgotten by all apps at once."""

from dataclasses import replace

from django.db import transaction
from wagtail.log_actions import LogContext, log
from wagtail.models import Site

from portal.personal_data import Person, declared

ERASED = "compte-efface"  # begins the user name of an account whose person was forgotten


@transaction.atomic
def erase(person: Person, *, by=None, with_namesakes: bool = False) -> None:
    """Forget `person` wherever something is kept of them; that it was done is logged, not of whom.

    Parameters
    ----------
    by: who does it; None where it is done because the account is no longer used.
    with_namesakes: also what is known by a name alone, which another person may bear too.
    """
    if not with_namesakes:
        person = replace(person, name="")
    with LogContext(user=by):
        for kind in declared():
            if kind.erase:
                kind.erase(person, by)
        log(Site.objects.get(is_default_site=True), "privacy.erase", user=by)


def erase_accounts(accounts) -> None:
    for account in accounts:
        erase(Person.of(account))
