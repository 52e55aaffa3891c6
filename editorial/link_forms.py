from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from editorial.models import Duration, ReviewAnswer, ReviewLink, Verdict
from editorial.parts import Part

COMMENT_LENGTH = 5000


class LineField(forms.CharField):
    """A text of one line, whatever was sent: it is shown in mails and lists."""

    def to_python(self, value):
        return " ".join(super().to_python(value).split())


class ReviewLinkForm(forms.ModelForm):
    """To whom a page is given to read, and for how long."""

    name = LineField(label=gettext_lazy("Name of the reader"), max_length=150)
    days = forms.TypedChoiceField(
        label=gettext_lazy("The link opens for"),
        choices=Duration.choices,
        coerce=int,
        initial=Duration.FORTNIGHT,
    )

    class Meta:
        model = ReviewLink
        fields = ["name", "email", "message"]
        widgets = {"message": forms.Textarea(attrs={"rows": 4})}

    field_order = ["name", "email", "days", "message"]


class AnswerForm(forms.ModelForm):
    """What a reader says of a page: an opinion, a word on the whole, a word on each part."""

    name = LineField(
        label=gettext_lazy("Your name"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    verdict = forms.ChoiceField(
        label=gettext_lazy("Your opinion"), choices=Verdict.choices, widget=forms.RadioSelect
    )

    class Meta:
        model = ReviewAnswer
        fields = ["verdict", "comment", "name"]

    def __init__(self, data=None, *, parts: list[Part], **kwargs):
        super().__init__(data, **kwargs)
        self.parts = parts
        self.fields["comment"] = self._comment_field(self.fields["comment"].label, rows=5)
        for part in parts:
            label = _("Your comment on “%(part)s”") % {"part": part.label}
            self.fields[f"comment-{part.key}"] = self._comment_field(label, rows=3)

    @staticmethod
    def _comment_field(label, rows):
        widget = forms.Textarea(attrs={"rows": rows})
        return forms.CharField(
            label=label, max_length=COMMENT_LENGTH, required=False, widget=widget
        )

    def clean(self):
        cleaned = super().clean()
        said = cleaned.get("comment") or self._part_comments()
        if cleaned.get("verdict") == Verdict.REQUEST_CHANGES and not said and not self.errors:
            self.add_error(
                "comment", _("Say what should be changed, here or beside the part it is about.")
            )
        return cleaned

    def save(self, commit=True):
        self.instance.part_comments = self._part_comments()
        return super().save(commit)

    def _part_comments(self) -> list[dict]:
        return [
            {"label": part.label, "beginning": part.beginning, "path": part.path, "text": text}
            for part in self.parts
            if (text := self.cleaned_data.get(f"comment-{part.key}"))
        ]

    def rows(self):
        """(part, its field) pairs, for the page."""
        return [(part, self[f"comment-{part.key}"]) for part in self.parts]


def written_comments(data) -> list[str]:
    """Return the comments that were sent, whatever they were sent to: their author must not lose them."""
    return [
        text[:COMMENT_LENGTH]
        for key, text in data.items()
        if key.startswith("comment") and text.strip()
    ]
