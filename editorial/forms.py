from django import forms

from editorial.models import MailPreference


class MailPreferenceForm(forms.ModelForm):
    class Meta:
        model = MailPreference
        fields = ["rhythm"]
        widgets = {"rhythm": forms.RadioSelect}
