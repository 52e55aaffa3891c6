"""The query string of a search: read once, here, for the page, the API, the feeds and the alerts."""

from django import forms
from django.conf import settings
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from search.dictionary import facet_values
from search.engines import NEWEST, RELEVANCE
from search.facets import NAMES, TOLD_BY_DOCUMENTS
from search.query import LONGEST
from search.searching import Request, seen_values
from search.text import readable

MOST_PAGES = 1000
PAGE_SIZE, LARGEST_PAGE = 10, 100
MOST_VALUES = 50  # of one facet


class QueryField(forms.CharField):
    """Any text is a query: what no text is made of counts as space."""

    def to_python(self, value):
        return readable(super().to_python(value))


class SearchForm(forms.Form):
    """What a query string asks for. A value that does not exist is left out, and is told.

    `unknown` holds the (parameter, value) pairs left out, once the form is validated. For `user`, by
    default anybody, the houses, the tags and the years that only texts hidden from them have do not exist.
    """

    q = QueryField(label=_("Words"), required=False)
    sort = forms.ChoiceField(
        label=_("Order"),
        required=False,
        choices=[(RELEVANCE, _("by relevance")), (NEWEST, _("newest first"))],
    )
    page = forms.IntegerField(label=_("Page"), required=False, min_value=1, max_value=MOST_PAGES)
    size = forms.IntegerField(
        label=_("Results a page"), required=False, min_value=1, max_value=LARGEST_PAGE
    )

    def __init__(self, data, *args, user=None, **kwargs):
        super().__init__(data, *args, **kwargs)
        self.user = user
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
        # A field of a form that was left empty asks for nothing.
        asked = list(filter(None, dict.fromkeys(self.data.getlist(facet))))
        if not asked:
            return ()
        known = self._known(facet)
        kept = tuple(value for value in asked if value in known)[:MOST_VALUES]
        self.unknown += [(facet, value) for value in asked if value not in kept]
        return kept

    def _known(self, facet: str) -> set[str]:
        if facet == "language":
            return {code for code, _name in settings.LANGUAGES}
        values = facet_values()
        if facet in TOLD_BY_DOCUMENTS:
            values = {pk: values[pk] for pk in seen_values(self.user) if pk in values}
        return {value.value for value in values.values() if value.facet == facet}

    def refusal(self, *, is_strict: bool = True) -> dict[str, str] | None:
        """Return the first thing that is wrong and where, for who asked; None where nothing is.

        A parameter that means nothing here, as addresses that are passed on often have, is wrong only
        where `is_strict`.
        """
        wrong = list(self.unknown)
        if is_strict:
            wrong += [(name, value) for name, value in self.data.items() if name not in PARAMETERS]
        for name, value in wrong:
            told = {"parameter": name[:LONGEST], "value": value[:LONGEST]}
            return {"error": self._explanation(name, told["value"]), **told}
        return None

    def _explanation(self, parameter: str, value: str) -> str:
        if parameter in self.errors:
            return " ".join(self.errors[parameter])
        if parameter in PARAMETERS:
            reason = gettext(
                "“%(value)s” is not among the values to choose, or too many are chosen."
            )
            return reason % {"value": value}
        return gettext("There is no parameter of this name.")

    @property
    def request(self) -> Request:
        """The search asked for."""
        cleaned = self.cleaned_data
        return Request(
            # The first words of a text that is too long say what is looked for.
            text=cleaned.get("q", "")[:LONGEST].rstrip(),
            languages=cleaned["languages"],
            filters=cleaned["filters"],
            sort=cleaned.get("sort") or RELEVANCE,
            page=cleaned.get("page") or 1,
            size=cleaned.get("size") or PAGE_SIZE,
        )


PARAMETERS = [*SearchForm.base_fields, *NAMES]
