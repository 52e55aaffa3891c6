"""A house closes: what it leaves goes to another one, addresses kept, in one transaction; or it opens again."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry, Page

from editorial import withdrawal
from editorial.mailing import Message, post
from editorial.moving import check_can_take, move_to_house
from editorial.people import members
from houses.models import House, HousePage
from portal.models import Picture

CLOSED, REOPENED = "editorial.close_house", "editorial.reopen_house"


@dataclass(frozen=True)
class Estate:
    """What a house leaves."""

    articles: int
    drafts: int
    pictures: int
    documents: int
    memberships: list


def estate_of(house: House) -> Estate:
    pages = _pages_below(house)
    online = pages.live().count()
    files = {"collection__in": _collections(house)}
    return Estate(
        articles=online,
        drafts=pages.count() - online,
        pictures=Picture.objects.filter(**files).count(),
        documents=get_document_model().objects.filter(**files).count(),
        memberships=list(house.memberships.select_related("user", "house")),
    )


def check_heir(house: House, heir: House) -> None:
    """Raise a ValidationError where `heir` cannot take what `house` leaves."""
    check_can_take(heir, _pages_below(house))


@transaction.atomic
def close_house(house: House, heir: House, user) -> None:
    """Give all that `house` leaves to `heir`, end its memberships and take its page offline.

    Raises
    ------
    ValidationError: it was closed in the meantime, or `heir` cannot take what it leaves.
    """
    house = House.objects.select_for_update().get(pk=house.pk)
    if house.closed_on:
        raise ValidationError(gettext("This house was closed in the meantime."))
    check_heir(house, heir)
    moved = move_to_house(_pages_below(house), heir, user)
    _redirect_pages(house, heir, user)
    _hand_files(house, heir)
    _tell_members(house, heir)
    house.memberships.all().delete()
    house.closed_on = timezone.localdate()
    house.save()
    data = {"heir": {"id": heir.pk, "name": heir.name}, "articles": moved}
    log(instance=house, action=CLOSED, user=user, data=data)


def heir_of(house: House) -> House | None:
    """The house that took over when `house` closed, None where it is no more."""
    closings = ModelLogEntry.objects.for_instance(house).filter(action=CLOSED)
    last = closings.order_by("timestamp").last()
    return last and House.objects.filter(pk=last.data["heir"]["id"]).first()


def pages_taken_offline(house: House) -> list[HousePage]:
    """The pages of `house` whose address leads to another one's since it closed."""
    return [page for page in house.pages.all() if not page.live and withdrawal.is_led_away(page)]


@transaction.atomic
def reopen_house(house: House, user) -> None:
    """Put the page of `house` online again, as it was, and let it have people and articles; what it left stays where it is.

    Raises
    ------
    ValidationError: it was opened again in the meantime.
    """
    house = House.objects.select_for_update().get(pk=house.pk)
    if house.closed_on is None:
        raise ValidationError(gettext("This house was opened again in the meantime."))
    house.closed_on = None
    house.save()
    for page in pages_taken_offline(house):
        # What was public is in the page's own row; a draft that came after it stays in the history.
        revision = page.save_revision(user=user, clean=False)
        revision.publish(user=user, skip_permission_checks=True)
    log(instance=house, action=REOPENED, user=user)


def _pages_below(house: House):
    return Page.objects.filter(
        pk__in=[page.pk for above in house.pages.all() for page in above.get_children()]
    ).order_by("path")


def _collections(house: House):
    return house.collection.get_descendants(inclusive=True) if house.collection else []


def _redirect_pages(house: House, heir: House, user) -> None:
    """Have every address of the page of `house` lead to that of `heir`, in the same language where it has one."""
    pages_of_heir = {page.locale_id: page for page in HousePage.objects.filter(house=heir)}
    for page in house.pages.all():
        target = pages_of_heir.get(page.locale_id) or next(iter(pages_of_heir.values()))
        Redirect.objects.filter(redirect_page=page.pk).update(redirect_page=target)
        if page.live:
            reason = gettext("The house closed; %(heir)s took over.") % {"heir": heir}
            withdrawal.withdraw(page, user, reason=reason, leads_to=target)


def _hand_files(house: House, heir: House) -> None:
    """File the pictures and documents of `house` with those of `heir`; sub-collections go as they are."""
    if house.collection is None:
        return
    for model in (Picture, get_document_model()):
        model.objects.filter(collection=house.collection).update(collection=heir.collection)
    for collection in list(house.collection.get_children()):
        collection.refresh_from_db()
        heir.collection.refresh_from_db()
        collection.move(heir.collection, "sorted-child")


def _tell_members(house: House, heir: House) -> None:
    def write(person):
        return Message(
            subject=gettext("%(house)s closed") % {"house": house},
            paragraphs=[
                gettext("%(house)s closed. Its articles now belong to %(heir)s.")
                % {"house": house, "heir": heir},
                gettext("You can no longer change them. Thank you for having written them."),
            ],
        )

    post(f"house-closed:{house.pk}:{timezone.now().isoformat()}", members(house), write)
