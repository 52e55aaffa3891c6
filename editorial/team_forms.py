from django import forms
from django.contrib.auth import get_user_model
from django.contrib.auth.forms import BaseUserCreationForm
from django.utils.translation import gettext_lazy as _

from editorial.models import Invitation
from houses.models import Role


class InvitationForm(forms.ModelForm):
    class Meta:
        model = Invitation
        fields = ["email", "first_name", "last_name", "role"]
        widgets = {"role": forms.RadioSelect}
        help_texts = {
            "email": _("We write there; the person then chooses a password."),
            "role": _(
                "A contributor writes articles; a lead also reviews those of the house and chooses its team."
            ),
        }

    def clean_email(self):
        email, house = self.cleaned_data["email"].lower(), self.instance.house
        if house.memberships.filter(user__email__iexact=email).exists():
            raise forms.ValidationError(_("This person already belongs to this house."))
        if house.invitations.open().filter(email__iexact=email).exists():
            raise forms.ValidationError(
                _("An invitation to this address waits already: send it again from the list.")
            )
        return email


class HandOverForm(forms.Form):
    LEAVE = "leave"

    then = forms.ChoiceField(
        label=_("And you?"),
        choices=[
            (Role.LEAD.value, _("I stay a lead too.")),
            (Role.CONTRIBUTOR.value, _("I become a contributor: I write, I no longer review.")),
            (LEAVE, _("I leave the house: I can no longer edit anything in it.")),
        ],
        initial=Role.LEAD.value,
        widget=forms.RadioSelect,
    )


class AccountForm(BaseUserCreationForm):
    """What a person invited says of themselves; they log in by the address they were invited at."""

    class Meta:
        model = get_user_model()
        fields = ["first_name", "last_name"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, token in (("first_name", "given-name"), ("last_name", "family-name")):
            self.fields[name].required = True
            self.fields[name].widget.attrs["autocomplete"] = token

    def clean(self):
        name = self.instance.get_username()
        if get_user_model().objects.filter(username__iexact=name).exists():
            raise forms.ValidationError(
                _("Somebody already logs in by this address: log in, then open the link again.")
            )
        return super().clean()
