from urllib.parse import urlencode

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages

from editorial.closing import (
    check_heir,
    close_house,
    estate_of,
    heir_of,
    pages_taken_offline,
    reopen_house,
)
from editorial.people import is_of_network
from houses.models import House

IS_UNDERSTOOD = _("I have read what will happen")


class ClosingForm(forms.Form):
    heir = forms.ModelChoiceField(
        label=_("Who takes over"),
        queryset=House.objects.none(),
        help_text=_("Another house, or the network itself."),
    )
    is_understood = forms.BooleanField(
        label=IS_UNDERSTOOD,
        help_text=_(
            "Only an administrator can open it again, and what it leaves does not come back by itself."
        ),
    )

    def __init__(self, house, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.house = house
        heirs = House.objects.open().visible().exclude(pk=house.pk)
        self.fields["heir"].queryset = heirs.order_by("-is_network", "name")

    def clean_heir(self):
        check_heir(self.house, self.cleaned_data["heir"])
        return self.cleaned_data["heir"]


class ReopeningForm(forms.Form):
    is_understood = forms.BooleanField(label=IS_UNDERSTOOD)


def may_close(user, house: House) -> bool:
    """Whether `user` may close `house`, which the network itself never is."""
    is_open = house.closed_on is None and not house.is_network
    return is_open and is_of_network(user)


def may_reopen(user, house: House) -> bool:
    return house.closed_on is not None and user.is_active and user.is_superuser


def close(request, house_id: int):
    """Say what happens when a house closes, ask who takes over, and do it."""
    house = get_object_or_404(House, pk=house_id)
    if not may_close(request.user, house):
        raise PermissionDenied
    form = ClosingForm(house, request.POST or None)
    if form.is_valid() and _closed(request, form):
        return redirect(reverse(House.snippet_viewset.get_url_name("list")))
    back = reverse(House.snippet_viewset.get_url_name("edit"), args=[house.pk])
    context = {"house": house, "estate": estate_of(house), "form": form, "back": back}
    return render(request, "editorial/admin/close_house.html", context)


def _closed(request, form) -> bool:
    house, heir = form.house, form.cleaned_data["heir"]
    try:
        close_house(house, heir, request.user)
    except ValidationError as error:
        form.add_error(None, error)
        return False
    told = gettext("%(house)s is closed. Its articles belong to %(heir)s.")
    messages.success(request, told % {"house": house, "heir": heir})
    return True


def reopen(request, house_id: int):
    """Say what happens when a closed house opens again, and do it."""
    house = get_object_or_404(House, pk=house_id)
    if not may_reopen(request.user, house):
        raise PermissionDenied
    form = ReopeningForm(request.POST or None)
    if form.is_valid() and _reopened(request, house, form):
        return redirect("team:team", house.pk)
    back = reverse(House.snippet_viewset.get_url_name("edit"), args=[house.pk])
    heir = heir_of(house)
    context = {"house": house, "heir": heir, "form": form, "back": back}
    context["pages"] = pages_taken_offline(house)
    context["articles"] = heir and _articles_of(heir)
    return render(request, "editorial/admin/reopen_house.html", context)


def _articles_of(house: House) -> str:
    """The address of the list of the articles of `house`, where several change house at once."""
    pages = [page.pk for page in house.pages.all()]
    return f"{reverse('articles_admin:index')}?{urlencode({'house': pages}, doseq=True)}"


def _reopened(request, house: House, form) -> bool:
    try:
        reopen_house(house, request.user)
    except ValidationError as error:
        form.add_error(None, error)
        return False
    told = gettext("%(house)s is open again. It has nobody yet: invite those who answer for it.")
    messages.success(request, told % {"house": house})
    return True
