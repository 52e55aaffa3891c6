"""The house and the network learn that somebody no longer agrees."""

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from editorial.consents.removal import Removal
from editorial.consents.taking_out import planned
from editorial.mailing import Message, post
from editorial.models import Consent, State
from editorial.people import house_of, leads, network_editors, who_may_read


def tell_expired(today) -> int:
    """Tell, once each, of the agreements that ended before `today`; return how many were told."""
    ended = Consent.objects.expired(today).filter(told_on=None).select_related("page")
    told = [consent for consent in ended if tell_ended(consent, today)]
    return len(told)


def tell_ended(consent: Consent, today=None, *, by=None) -> bool:
    """Tell of an agreement that has ended, unless the article says nothing of the person any more.

    Parameters
    ----------
    by: who recorded it, and needs not be told.

    Returns
    -------
    Whether anybody had to be told.
    """
    today = today or timezone.localdate()
    Consent.objects.filter(pk=consent.pk).update(told_on=today)
    if _is_renewed(consent, today) or not any(planned(consent.page, Removal.of(consent))):
        return False
    page = consent.page
    concerned = {*_house_leads(page), *network_editors(), *who_may_read(page, [page.owner])} - {by}
    event = f"consent:{consent.pk}:{consent.withdrawn_on or consent.until}"
    post(event, concerned, lambda person: _ended(consent), page=page)
    return True


def _is_renewed(consent: Consent, today) -> bool:
    """Whether the same person agrees again to all that the old agreement allowed."""
    others = Consent.objects.filter(page=consent.page, person_key=consent.person_key)
    return any(
        other.state_on(today) == State.VALID
        and set(other.covers) >= set(consent.covers)
        and all(
            getattr(other, what) or not getattr(consent, what)
            for what in ("to_text", "to_picture", "to_name")
        )
        for other in others.exclude(pk=consent.pk)
    )


def _house_leads(page):
    house = house_of(page)
    return leads(house) if house else []


def _ended(consent: Consent) -> Message:
    facts = {"who": consent.person, "title": consent.page.get_admin_display_title()}
    if consent.withdrawn_on:
        first = _("%(who)s no longer agrees to appear in “%(title)s”.") % facts
    else:
        facts["date"] = date_format(consent.until)
        first = _("%(who)s agreed to appear in “%(title)s” until %(date)s.") % facts
    rest = _("You can ask them again, or take the passage out of the article in one step.")
    url = reverse("editorial_take_out", args=[consent.pk])
    return Message("", [first, rest], action=_("See what to do"), url=url)
