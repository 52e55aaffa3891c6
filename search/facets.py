"""By what documents are filtered, in the order of the page."""

from typing import NamedTuple

from django.utils.translation import gettext_lazy as _


class Facet(NamedTuple):
    name: str
    label: str


FACETS = [
    Facet("kind", _("Kind")),
    Facet("typology", _("Kind of text")),
    Facet("category", _("Category")),
    Facet("house", _("House")),
    Facet("department", _("Department")),
    Facet("tag", _("Tag")),
    Facet("year", _("Year")),
    Facet("language", _("Language")),
]
NAMES = [facet.name for facet in FACETS]
# What only documents tell: whoever may see none of those that have such a value is not told that it is.
TOLD_BY_DOCUMENTS = ("house", "tag", "year")
# What the kinds of documents are called; page types add theirs (portal.apps).
KINDS: dict[str, str] = {}
