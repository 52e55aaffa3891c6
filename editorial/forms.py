from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale

from editorial.models import MailPreference
from editorial.people import names_to_choose
from editorial.writing.starts import STARTS

RADIOS = 6  # at most; beyond, a list that opens


class MailPreferenceForm(forms.ModelForm):
    class Meta:
        model = MailPreference
        fields = ["rhythm"]
        widgets = {"rhythm": forms.RadioSelect}


class StartForm(forms.Form):
    """How an article begins, and for which house."""

    house = forms.ChoiceField(
        label=_("House"),
        help_text=_("The one that answers for the article. Its people see the draft."),
        error_messages={"required": _("Choose the house you write for.")},
    )
    start = forms.ChoiceField(
        choices=[*((start.name, start.label) for start in STARTS), ("blank", "")],
        error_messages={
            "required": _("Choose a start."),
            "invalid_choice": _("This start is not in the list: choose one of these."),
        },
    )

    def __init__(self, house_pages, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._house_pages = {str(page.pk): page for page in house_pages}
        house = self.fields["house"]
        if len({page.house_id for page in house_pages}) == 1 and not self.initial.get("house"):
            # Of one house, the page in the language most of its texts are written in.
            first = Locale.get_default().pk
            self.initial["house"] = min(house_pages, key=lambda page: page.locale_id != first).pk
        if len(house_pages) == 1:
            house.widget = forms.HiddenInput()
        elif len(house_pages) <= RADIOS:
            house.widget = forms.RadioSelect()
        choices = [(str(key), name) for key, name in names_to_choose(house_pages).items()]
        house.choices = choices if len(choices) <= RADIOS else [("", "—"), *choices]

    @property
    def house_page(self):
        return self._house_pages[self.cleaned_data["house"]]
