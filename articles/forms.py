from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models import ArticlePage, Category, Tag, Typology
from houses.models import HousePage


class ArticleFilterForm(forms.Form):
    """The listing's query string. A value that no longer exists filters nothing, and is told.

    `unknown` holds the (label, value) pairs that were ignored, once the form is validated.
    """

    q = forms.CharField(label=_("Words"), required=False, max_length=200)
    category = forms.MultipleChoiceField(label=_("Category"), required=False)
    typology = forms.MultipleChoiceField(label=_("Typology"), required=False)
    house = forms.MultipleChoiceField(label=_("House"), required=False)
    tag = forms.MultipleChoiceField(label=_("Tag"), required=False)
    year = forms.MultipleChoiceField(label=_("Year"), required=False)

    # Parameter -> the method of ArticlePageQuerySet that applies it.
    FACETS = {
        "category": "in_category",
        "typology": "of_typology",
        "house": "of_house",
        "tag": "tagged",
        "year": "of_year",
    }

    def __init__(self, data, *args, **kwargs):
        super().__init__(data, *args, **kwargs)
        self.unknown = []
        self.fields["category"].choices = [
            (term.slug, term.label) for term in Category.objects.all()
        ]
        self.fields["typology"].choices = [
            (term.slug, term.label) for term in Typology.objects.all()
        ]
        house_pages = HousePage.objects.published().select_related("house").order_by("title")
        self.house_pages = {page.house.slug: page for page in house_pages}
        self.fields["house"].choices = [
            (slug, page.title) for slug, page in self.house_pages.items()
        ]
        self.fields["tag"].choices = [(tag.slug, tag.label) for tag in self._tags(data)]
        self.fields["year"].choices = [(str(year), str(year)) for year in self._years()]

    def _years(self):
        """From this year to that of the oldest article, whose date is read from the index."""
        dated = ArticlePage.objects.published().filter(published_on__isnull=False)
        oldest = dated.order_by("published_on").values_list("published_on", flat=True).first()
        return range(timezone.localdate().year, oldest.year - 1, -1) if oldest else []

    def _tags(self, data):
        """The tags asked for only: there are too many to list."""
        slugs = [slug for slug in data.getlist("tag") if "\0" not in slug]
        return Tag.objects.filter(slug__in=slugs)

    def clean(self):
        cleaned = super().clean()
        for name in self.FACETS:
            if name in self.errors:
                known = dict(self.fields[name].choices)
                values = self.data.getlist(name)
                cleaned[name] = [value for value in values if value in known]
                self.unknown += [(self.fields[name].label, v) for v in values if v not in known]
        # Too long a search is cut rather than refused: its first words say what is looked for.
        cleaned.setdefault("q", _cut(self.data.get("q", ""), self.fields["q"].max_length))
        return cleaned

    def chosen(self) -> list[tuple[str, str, str]]:
        """(name, value, label) of each value that filters the listing, in the order of the form."""
        return [
            (name, value, dict(self.fields[name].choices)[value])
            for name in self.FACETS
            for value in self.cleaned_data[name]
        ]

    def filter(self, articles):
        """Return the `articles` that the valid values keep."""
        for name, method in self.FACETS.items():
            if values := self.cleaned_data[name]:
                wanted = [self.house_pages[slug] for slug in values] if name == "house" else values
                articles = getattr(articles, method)(*wanted)
        for word in self.cleaned_data["q"].split():
            articles = articles.mentioning(word)
        return articles


def _cut(words: str, longest: int) -> str:
    """Return `words` as a search can take them: no null character, which PostgreSQL refuses, and not too long."""
    return words.replace("\0", " ")[:longest]
