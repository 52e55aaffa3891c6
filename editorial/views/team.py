"""The screens of a house's team, in the admin: who is who, roles, handing over, invitations."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin.utils import get_user_display_name

from editorial import team as rules
from editorial.models import Invitation
from editorial.team_forms import HandOverForm, InvitationForm
from houses.models import House, Membership, Role


def my_house(request):
    """The team of the person's house; where they have several, which one?"""
    houses = House.objects.filter(memberships__user=request.user)
    if not houses:
        raise PermissionDenied
    if len(houses) == 1:
        return redirect("team:team", houses[0].pk)
    return render(request, "editorial/admin/my_houses.html", {"houses": houses})


def team(request, house_id: int):
    house = get_object_or_404(House, pk=house_id)
    is_manager = rules.manages(request.user, house)
    if not is_manager and not rules.belongs(request.user, house):
        raise PermissionDenied
    memberships = list(
        house.memberships.select_related("user").order_by("-role", "user__last_name", "pk")
    )
    own = next((each for each in memberships if each.user_id == request.user.pk), None)
    context = {
        "house": house,
        "memberships": memberships,
        "own": own,
        "is_manager": is_manager,
        "may_hand_over": own and own.role == Role.LEAD,
        "invitations": list(house.invitations.open()) if is_manager else [],
    }
    return render(request, "editorial/admin/team.html", context)


def invite(request, house_id: int):
    house = get_object_or_404(House, pk=house_id)
    _check_manages(request, house)
    invitation = Invitation(house=house, invited_by=request.user)
    with transaction.atomic():
        rules.hold(house)
        form = InvitationForm(request.POST or None, instance=invitation)
        is_sent = request.method == "POST" and form.is_valid()
        if is_sent:
            rules.send(form.save(commit=False), by=request.user)
    if is_sent:
        messages.success(
            request, _("The invitation is on its way to %(email)s.") % {"email": invitation.email}
        )
        return redirect("team:team", house.pk)
    return render(request, "editorial/admin/invite.html", {"house": house, "form": form})


@require_POST
def resend(request, pk: int):
    invitation = _invitation(request, pk)
    invitation.invited_by = request.user
    rules.send(invitation, by=request.user)
    messages.success(
        request,
        _("A new link is on its way to %(email)s; the one before no longer works.")
        % {"email": invitation.email},
    )
    return redirect("team:team", invitation.house_id)


@require_POST
def revoke(request, pk: int):
    invitation = _invitation(request, pk)
    rules.revoke(invitation, by=request.user)
    messages.success(
        request,
        _("The invitation is withdrawn: the link sent to %(email)s no longer works.")
        % {"email": invitation.email},
    )
    return redirect("team:team", invitation.house_id)


def change_role(request, pk: int):
    membership = _membership(request, pk)
    role = Role.CONTRIBUTOR if membership.role == Role.LEAD else Role.LEAD
    values = _values(membership)
    if request.method == "POST":
        done = _("%(person)s is now %(role)s of %(house)s.") % {**values, "role": role.label}
        return _changed(
            request, membership, done, lambda: rules.change_role(membership, role, by=request.user)
        )
    if role == Role.LEAD:
        title = _("Make %(person)s a lead") % values
        consequences = [
            _("%(person)s will be able to edit every article of the house and to review them."),
            _("%(person)s will be able to choose who belongs to the team, you included."),
        ]
    else:
        title = _("Make %(person)s a contributor") % values
        consequences = [
            _("%(person)s will no longer be able to edit the articles of others nor review them."),
            _("%(person)s will no longer be able to choose who belongs to the team."),
            _("%(person)s can still write articles and edit their own."),
        ]
    return _confirm(request, membership, title, consequences)


def remove(request, pk: int):
    membership = _membership(request, pk)
    values = _values(membership)
    if request.method == "POST":
        done = _("%(person)s no longer belongs to %(house)s.") % values
        return _changed(
            request, membership, done, lambda: rules.remove(membership, by=request.user)
        )
    consequences = [
        _("%(person)s will no longer be able to see the drafts of the house nor edit anything."),
        _("Their rights end at once, even if they are logged in."),
        _("What they wrote stays, under their name. Their account stays too."),
    ]
    is_own = membership.user == request.user
    title = _("Leave %(house)s") if is_own else _("Remove %(person)s from %(house)s")
    return _confirm(request, membership, title % values, consequences, is_serious=True)


def hand_over(request, pk: int):
    membership = _membership(request, pk)
    own = membership.house.memberships.filter(user=request.user, role=Role.LEAD).first()
    if own is None or own == membership:
        raise PermissionDenied
    form = HandOverForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        then = form.cleaned_data["then"]
        then = None if then == HandOverForm.LEAVE else then
        done = _("%(person)s now answers for %(house)s.") % _values(membership)
        return _changed(
            request, membership, done, lambda: rules.hand_over(own, membership, then=then)
        )
    title = _("Hand %(house)s over to %(person)s") % _values(membership)
    consequences = [
        _("%(person)s will be able to edit every article of the house and to review them."),
        _("%(person)s will be able to choose who belongs to the team, you included."),
    ]
    return _confirm(request, membership, title, consequences, form=form)


def _check_manages(request, house: House) -> None:
    if not rules.manages(request.user, house):
        raise PermissionDenied


def _membership(request, pk: int) -> Membership:
    membership = get_object_or_404(Membership.objects.select_related("house", "user"), pk=pk)
    _check_manages(request, membership.house)
    return membership


def _invitation(request, pk: int) -> Invitation:
    invitation = get_object_or_404(Invitation.objects.open().select_related("house"), pk=pk)
    _check_manages(request, invitation.house)
    return invitation


def _values(membership: Membership) -> dict[str, str]:
    return {
        "person": get_user_display_name(membership.user),
        "house": membership.house.name,
    }


def _confirm(request, membership, title, consequences, **extra):
    values = _values(membership)
    context = {
        "title": title,
        "consequences": [sentence % values for sentence in consequences],
        "house": membership.house,
        **extra,
    }
    return render(request, "editorial/admin/confirm_team_change.html", context)


def _changed(request, membership, done: str, change):
    """Make a change, say what was done or why it could not be, and lead back to who may still see the team."""
    try:
        change()
    except rules.LastLead:
        messages.error(
            request,
            _(
                "%(person)s is the only lead of %(house)s. Make somebody else a lead first: "
                "a house never stays without anybody who answers for it."
            )
            % _values(membership),
        )
        return redirect("team:team", membership.house_id)
    messages.success(request, done)
    house = membership.house
    is_seen = rules.manages(request.user, house) or rules.belongs(request.user, house)
    return redirect("team:team", house.pk) if is_seen else redirect("wagtailadmin_home")
