"""The query string of a search: read once, here, for the page, the API, the feeds and the alerts."""

from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from search.dictionary import facet_values
from search.engines import NEWEST, RELEVANCE
from search.facets import NAMES
from search.query import LONGEST
from search.searching import Request

MOST_PAGES = 1000
PAGE_SIZE, LARGEST_PAGE = 10, 100
MOST_VALUES = 50  # of one facet


class SearchForm(forms.Form):
    """What a query string asks for. A value that does not exist is left out, and is told.

    `unknown` holds the (parameter, value) pairs left out, once the form is validated.
    """

    q = forms.CharField(label=_("Words"), required=False)
    sort = forms.ChoiceField(
        label=_("Order"),
        required=False,
        choices=[(RELEVANCE, _("by relevance")), (NEWEST, _("newest first"))],
    )
    page = forms.IntegerField(label=_("Page"), required=False, min_value=1, max_value=MOST_PAGES)
    size = forms.IntegerField(
        label=_("Results a page"), required=False, min_value=1, max_value=LARGEST_PAGE
    )

    def __init__(self, data, *args, **kwargs):
        super().__init__(data, *args, **kwargs)
        self.unknown: list[tuple[str, str]] = []
        self.is_valid()

    def clean(self):
        cleaned = super().clean()
        for name in self.errors:
            self.unknown.append((name, self.data.get(name, "")))
        cleaned["filters"] = {
            name: values
            for name in NAMES
            if (values := self._existing(name)) and name != "language"
        }
        cleaned["languages"] = self._existing("language") or (get_language(),)
        return cleaned

    def _existing(self, facet: str) -> tuple[str, ...]:
        """Return the values asked for of a facet that exist, each once."""
        asked = list(dict.fromkeys(self.data.getlist(facet)))[:MOST_VALUES]
        if not asked:
            return ()
        if facet == "language":
            known = dict(settings.LANGUAGES).keys()
        else:
            known = {value.value for value in facet_values().values() if value.facet == facet}
        self.unknown += [(facet, value) for value in asked if value not in known]
        return tuple(value for value in asked if value in known)

    @property
    def request(self) -> Request:
        """The search asked for."""
        cleaned = self.cleaned_data
        return Request(
            # The first words of a text that is too long say what is looked for.
            text=" ".join(cleaned.get("q", "").replace("\0", " ").split())[:LONGEST],
            languages=cleaned["languages"],
            filters=cleaned["filters"],
            sort=cleaned.get("sort") or RELEVANCE,
            page=cleaned.get("page") or 1,
            size=cleaned.get("size") or PAGE_SIZE,
        )
