from django import forms
from django.utils.translation import gettext_lazy as _


class PersonForm(forms.Form):
    q = forms.CharField(
        label=_("User name or e-mail address"),
        max_length=254,
        help_text=_("Of the person who asks what is kept about them, or to be forgotten."),
    )


class EraseForm(forms.Form):
    with_namesakes = forms.BooleanField(
        label=_("Also what bears the same name without an account or an address"),
        help_text=_(
            "Consents and answers of readers. Look at the list first: another person may have this name."
        ),
        required=False,
    )
    confirm = forms.BooleanField(
        label=_("Erase this person for good"),
        error_messages={"required": _("Tick the box to confirm: this cannot be undone.")},
    )
