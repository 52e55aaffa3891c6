"""What a person says of themself on the account screen."""

from wagtail.admin.forms.account import NameEmailForm
from wagtail.admin.views.account import NameEmailSettingsPanel

PURPOSES = {"first_name": "given-name", "last_name": "family-name", "email": "email"}


class KnownNameForm(NameEmailForm):
    """The browser can fill in what it knows of the person, and a screen reader or a picture can say what it is."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs["autocomplete"] = PURPOSES[name]


def connect():
    """Wagtail has no setting for this form."""
    NameEmailSettingsPanel.form_class = KnownNameForm
