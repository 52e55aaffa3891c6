"""What is asked about a person who agrees, or no longer does."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput

from editorial.consents.removal import NOBODY
from editorial.models import Consent

PROOF_SIZE = 10  # megabytes


class ConsentForm(forms.ModelForm):
    """An agreement, and which passages of the article it is for.

    Parameters
    ----------
    known: the passages of the article (`passages.known_passages`).
    """

    covers = forms.MultipleChoiceField(
        label=_("For these passages"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "A quotation with the same name is recognised by itself. Tick the pictures that show the person."
        ),
    )

    class Meta:
        model = Consent
        fields = [
            *("person", "role", "to_text", "to_name", "to_picture", "covers"),
            *("given_on", "until", "proof", "reference", "note"),
        ]
        widgets = {
            "given_on": AdminDateInput,
            "until": AdminDateInput,
            # Without a link to the file, which has no address.
            "proof": forms.FileInput,
            "note": forms.Textarea({"rows": 3}),
        }

    def __init__(self, *args, known, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["covers"].choices = [(passage.id, passage.label) for passage in known]
        if not known:
            del self.fields["covers"]

    def clean_proof(self):
        proof = self.cleaned_data["proof"]
        if proof and proof.size > PROOF_SIZE * 1024 * 1024:
            raise forms.ValidationError(
                _("This file is too large: %(size)d megabytes at most.") % {"size": PROOF_SIZE}
            )
        return proof

    def clean_covers(self):
        """With those of passages that are in no version any more: one may come back."""
        offered = {value for value, _label in self.fields["covers"].choices}
        gone = [passage for passage in self.instance.covers if passage not in offered]
        return [*self.cleaned_data["covers"], *gone]

    def save(self, commit=True):
        if "until" in self.changed_data:
            self.instance.told_on = None
        if "proof" in self.changed_data and self.initial.get("proof"):
            self.initial["proof"].delete(save=False)
            self.instance.proof = self.cleaned_data["proof"]
        return super().save(commit)


class TakeOutForm(forms.Form):
    """Whether a quotation goes, or stays without the name."""

    REMOVE, ANONYMISE = "remove", "anonymise"

    how = forms.ChoiceField(
        label=_("The quotations"),
        choices=[
            (ANONYMISE, _("Keep what was said, without the name")),
            (REMOVE, _("Take out what was said too")),
        ],
        initial=ANONYMISE,
        widget=forms.RadioSelect,
        help_text=_("Pictures of the person are taken out in both cases."),
    )
    words = forms.CharField(
        label=_("In place of the name"),
        max_length=100,
        required=False,
        initial=NOBODY,
        help_text=_("Words by which nobody is recognised, for example «a volunteer»."),
    )

    @property
    def chosen_words(self) -> str:
        """What stands in place of the name, empty where the quotations go; before a choice, what is offered."""
        if not self.is_bound:
            return str(NOBODY)
        if not self.is_valid() or self.cleaned_data["how"] == self.REMOVE:
            return ""
        return self.cleaned_data["words"] or str(NOBODY)


class EraseForm(TakeOutForm):
    with_passages = forms.BooleanField(
        label=_("Also take what they said, and their pictures, out of the articles"),
        required=False,
        help_text=_("Out of what is online, of the drafts and of all earlier versions."),
    )

    field_order = ["with_passages", "how", "words"]
