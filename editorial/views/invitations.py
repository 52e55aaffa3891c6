"""The screen to which an invitation leads: a new person makes their account, others log in and accept."""

from django.contrib import messages
from django.contrib.auth import get_user_model, login
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from editorial import team
from editorial.models import Invitation
from editorial.people import account_of
from editorial.team_forms import AccountForm

TEMPLATE = "editorial/invitation.html"


@sensitive_post_parameters("password1", "password2")
@never_cache
def invitation(request, token: str):
    response = _answer(request, Invitation.objects.of_token(token))
    # The address of this screen is a key: others get the name of the site at most. With
    # "no-referrer" browsers would send no origin either, and forms could not be told from forgeries.
    response["Referrer-Policy"] = "strict-origin"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _answer(request, found: Invitation | None):
    if reason := _why_closed(found):
        return render(request, TEMPLATE, {"reason": reason}, status=410 if found else 404)
    context = {"invitation": found}
    if request.user.is_authenticated:
        context["is_member"] = team.belongs(request.user, found.house)
        if request.method == "POST" and not context["is_member"]:
            return _accept(request, found, request.user)
        return render(request, TEMPLATE, context)
    if account := account_of(found.email):
        return render(request, TEMPLATE, {**context, "account": account})
    name = found.email.lower()
    person = get_user_model()(
        username=name, email=name, first_name=found.first_name, last_name=found.last_name
    )
    form = AccountForm(request.POST or None, instance=person)
    if request.method == "POST" and form.is_valid():
        return _accept(request, found, form.save(commit=False))
    return render(request, TEMPLATE, {**context, "form": form})


def _why_closed(found: Invitation | None) -> str:
    """Why the link leads nowhere, in words; empty where the invitation can be accepted."""
    if found is None:
        return _(
            "This link is not one of ours, or a newer one was sent: look for the last message, and copy its link whole."
        )
    if found.accepted_at:
        return _("This invitation was accepted already: log in.")
    if found.revoked_at:
        return _("This invitation was withdrawn by those who sent it.")
    if found.is_expired:
        return _("This invitation has expired. Ask who invited you to send it again.")
    return ""


def _accept(request, found: Invitation, user):
    is_new = user.pk is None
    try:
        team.accept(found, user)
    except team.NotOpen:
        reason = _("This invitation can no longer be accepted.")
        return render(request, TEMPLATE, {"reason": reason}, status=410)
    if is_new:
        login(request, user)
    messages.success(request, _("Welcome to %(house)s.") % {"house": found.house.name})
    return redirect("wagtailadmin_home")
