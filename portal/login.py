"""The form that opens the houses' area."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.auth import LoginForm as WagtailLoginForm


class LoginForm(WagtailLoginForm):
    """Wagtail's, whose fields a browser or a keeper of passwords can fill in; it named one in English only."""

    password = forms.CharField(
        label=_("Password"),
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        strip=False,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["username"].widget.attrs["autocomplete"] = "username"

    def full_clean(self):
        super().full_clean()
        if self.errors:
            # What is wrong takes the focus (portal/form_errors.html).
            self.fields["username"].widget.attrs.pop("autofocus", None)
