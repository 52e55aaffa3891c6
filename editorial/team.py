"""The team of a house: who may change it, and what each change does. A house keeps somebody who answers for it."""

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.admin.utils import get_user_display_name
from wagtail.log_actions import LogContext, log

from editorial.mailing import Message, post, post_to_address
from editorial.models import Invitation
from editorial.models.invitations import VALID_FOR
from editorial.people import account_of, is_of_network, leads
from houses.models import House, Membership, Role


class LastLead(Exception):
    """The change would leave the house without a lead."""


class NotOpen(Exception):
    """The invitation was accepted, withdrawn, sent again or has expired in the meantime."""


def belongs(user, house: House) -> bool:
    return house.memberships.filter(user=user).exists()


def manages(user, house: House) -> bool:
    """Whether `user` decides who belongs to `house`: its leads, and those who answer for every house."""
    is_lead = house.memberships.filter(user=user, role=Role.LEAD)
    return is_of_network(user) or is_lead.exists()


def hold(house: House) -> None:
    """Let one change at a time be made to the team of `house`, until the transaction ends."""
    House.objects.select_for_update().get(pk=house.pk)


@transaction.atomic
def change_role(membership: Membership, role: str, *, by) -> None:
    hold(membership.house)
    if role != Role.LEAD:
        _keep_a_lead(membership, by)
    membership.role = role
    with LogContext(user=by):
        membership.save()


@transaction.atomic
def remove(membership: Membership, *, by) -> None:
    """Take a person out of the house; their rights end with their next request."""
    hold(membership.house)
    _keep_a_lead(membership, by)
    with LogContext(user=by):
        membership.delete()


@transaction.atomic
def hand_over(own: Membership, to: Membership, *, then: str | None) -> None:
    """Make `to` a lead; the person of `own` has the role `then` from now on, or leaves where it is None."""
    change_role(to, Role.LEAD, by=own.user)
    if then is None:
        remove(own, by=own.user)
    elif then != own.role:
        change_role(own, then, by=own.user)


def _keep_a_lead(membership: Membership, by) -> None:
    """Administrators alone may leave a house without a lead, those who repair it afterwards."""
    others = leads(membership.house).exclude(pk=membership.user_id)
    if membership.role == Role.LEAD and not by.is_superuser and not others.exists():
        raise LastLead


@transaction.atomic
def send(invitation: Invitation, *, by) -> None:
    """Write to the person invited; the link of an earlier mail no longer works."""
    action = "wagtail.edit" if invitation.pk else "wagtail.create"
    token = invitation.renew()
    event = f"invitation:{invitation.token_hash}"

    def write(person=None):
        return _invitation_message(invitation, token, by)

    account = account_of(invitation.email)
    if account and account.is_active:
        post(event, [account], write, is_vital=True)
    else:
        post_to_address(event, invitation.email, write(), language=get_language())
    log(invitation, action, user=by)


def _invitation_message(invitation: Invitation, token: str, by) -> Message:
    values = {
        "house": invitation.house.name,
        "person": get_user_display_name(by),
        "role": invitation.get_role_display(),
        "days": VALID_FOR.days,
    }
    return Message(
        subject=_("Invitation to %(house)s") % values,
        paragraphs=[
            _("%(person)s invites you to join %(house)s as a %(role)s.") % values,
            _("The link below is yours alone and works once, within %(days)d days.") % values,
            _("If you do not know what this is about, ignore this message: nothing happens."),
        ],
        action=_("Accept the invitation"),
        url=reverse("editorial:invitation", args=[token]),
        is_secret=True,
    )


def revoke(invitation: Invitation, *, by) -> None:
    invitation.revoked_at = timezone.now()
    invitation.save()
    log(invitation, "wagtail.delete", user=by)


@transaction.atomic
def accept(invitation: Invitation, user) -> Membership:
    """Make `user` a member as the invitation says. Raise NotOpen where it can no longer be accepted."""
    now = timezone.now()
    mine = Invitation.objects.open().filter(
        pk=invitation.pk, token_hash=invitation.token_hash, sent_at__gt=now - VALID_FOR
    )
    if not mine.update(accepted_at=now):
        raise NotOpen
    with LogContext(user=user):
        if user.pk is None:
            user.save()
        membership = Membership.objects.create(
            user=user, house=invitation.house, role=invitation.role
        )
    if invitation.invited_by:
        _tell_who_invited(invitation, user)
    return membership


def _tell_who_invited(invitation: Invitation, user) -> None:
    def write(person):
        values = {"person": get_user_display_name(user), "house": invitation.house.name}
        return Message(
            subject=_("%(person)s has joined %(house)s") % values,
            paragraphs=[_("%(person)s has accepted your invitation to %(house)s.") % values],
            action=_("See the team"),
            url=reverse("team:team", args=[invitation.house_id]),
        )

    post(f"invitation-accepted:{invitation.pk}", [invitation.invited_by], write)
