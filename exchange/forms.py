from django import forms
from django.core.validators import FileExtensionValidator
from django.utils.translation import gettext_lazy as _
from wagtail.permissions import page_permission_policy

from editorial.people import houses_to_write_for, names_to_choose
from exchange.errors import LineError
from exchange.pasting import LONGEST, department_code, match_houses, read_capture
from houses.departments import DEPARTMENT_CHOICES
from houses.models import HouseIndexPage, HousePage

LARGEST = 50 * 1024 * 1024  # bytes


def may_publish_everywhere(user) -> bool:
    """Whether `user` has the right to publish below every house, as network editors have."""
    return any(
        page_permission_policy.user_has_permission_for_instance(user, "publish", directory)
        for directory in HouseIndexPage.objects.all()
    )


class PasteForm(forms.Form):
    """The text of an article, as it was copied."""

    text = forms.CharField(
        label=_("Text of the article"),
        max_length=LONGEST,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 24}),
        help_text=_(
            "The title first. Copy the whole page: what belongs to the site it comes from is left out."
        ),
    )

    def clean_text(self):
        try:
            self.capture = read_capture(self.cleaned_data["text"])
        except LineError as error:
            raise forms.ValidationError(str(error)) from error
        return self.cleaned_data["text"]


class CorrectForm(forms.Form):
    """What was recognised, to be corrected before the draft is made."""

    house = forms.ModelChoiceField(
        label=_("House"), queryset=HousePage.objects.none(), empty_label=None
    )
    title = forms.CharField(label=_("Title"), max_length=255)
    summary = forms.CharField(
        label=_("In brief"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    date = forms.DateField(
        label=_("Date of publication"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    event = forms.CharField(label=_("Told at"), max_length=255, required=False)
    event_place = forms.CharField(label=_("Where it took place"), max_length=255, required=False)
    event_date = forms.DateField(
        label=_("When it took place"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    speaker = forms.CharField(label=_("Told by"), max_length=255, required=False)
    speaker_role = forms.CharField(label=_("In which capacity"), max_length=255, required=False)
    commune = forms.CharField(label=_("Commune"), max_length=100, required=False)
    department = forms.ChoiceField(
        label=_("Department"), choices=[("", "—"), *DEPARTMENT_CHOICES], required=False
    )
    categories = forms.CharField(
        label=_("Categories"),
        required=False,
        help_text=_("One a line."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    typologies = forms.CharField(
        label=_("Typologies"),
        required=False,
        help_text=_("One a line."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    tags = forms.CharField(
        label=_("Tags"),
        required=False,
        help_text=_("One a line."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    EVENT = ("event", "event_place", "event_date", "speaker", "speaker_role")
    LISTS = ("categories", "typologies", "tags")

    def __init__(self, user, *args, **kwargs):
        super().__init__(*args, **kwargs)
        house = self.fields["house"]
        house.queryset = houses_to_write_for(user)
        names = names_to_choose(house.queryset)
        house.label_from_instance = lambda house_page: names[house_page.pk]

    @staticmethod
    def initial_of(capture, user) -> dict:
        """Return the values that the form opens with."""
        allowed = houses_to_write_for(user)
        known, _unknown = match_houses(capture.houses)
        house_page = allowed.filter(house__in=known).first() or allowed.first()
        return {
            "house": house_page and house_page.pk,
            "title": capture.title,
            "summary": capture.summary,
            "date": capture.published_on,
            **{name: getattr(capture, name) for name in CorrectForm.EVENT},
            "commune": capture.commune,
            "department": department_code(capture.department),
            **{name: "\n".join(getattr(capture, name)) for name in CorrectForm.LISTS},
        }

    def corrections(self) -> dict:
        """Return the values as `import_capture` takes them."""
        data = self.cleaned_data
        lists = {
            name: [line.strip() for line in data[name].splitlines() if line.strip()]
            for name in self.LISTS
        }
        fields = {
            name: data[name] for name in ("title", "summary", "date", "commune", "department")
        }
        return {**fields, **lists, "event": {name: data[name] for name in self.EVENT}}

    def clean(self):
        cleaned = super().clean()
        for name in self.LISTS:
            if any(len(line) > 100 for line in cleaned.get(name, "").splitlines()):
                self.add_error(name, _("A label has 100 characters at most."))
        return cleaned


class ImportForm(forms.Form):
    """A file of articles, and what to do of it."""

    file = forms.FileField(
        label=_("File of articles"),
        help_text=_("JSON Lines, one article a line: .jsonl or .jsonl.gz."),
        validators=[FileExtensionValidator(["jsonl", "gz"])],
    )
    source = forms.SlugField(
        label=_("Where they come from"),
        required=False,
        max_length=100,
        help_text=_(
            "A short name. With the article's own identifier, it keeps a second import from doubling them. Left empty, the name of the file."
        ),
    )
    publish = forms.BooleanField(label=_("Put the articles online"), required=False)
    new_terms = forms.BooleanField(
        label=_("Create the categories, typologies and tags that are missing"),
        required=False,
        initial=True,
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(
                _("The file is larger than 50 MB: use the command instead.")
            )
        return file
