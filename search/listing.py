"""What the page offers around the results: filters and chips, and the ways out of an empty result."""

from dataclasses import dataclass, replace

from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.utils.translation import get_language

from search.facets import NAMES
from search.forms import SearchForm
from search.query import LONGEST, parse
from search.searching import Choice, FacetChoices, Request, Results, search

UNFOLDED = 3  # filters whose first values are shown at once
SHOWN = 7  # values of these
# Fewer values than this are not worth folding, nor a field to look for one among them.
WORTH_FOLDING, WORTH_LOOKING = SHOWN + 3, 13
MOST_WAYS_OUT = 5
# What the links of a filter keep of the query string, beside the filters themselves.
OPEN, PAGE = "open", "page"


@dataclass(frozen=True)
class Filter:
    """A facet as the page shows it.

    Parameters
    ----------
    shown: the values in sight; folded: the number of those that are not.
    is_open: whether all the values were asked for; toggle: the address that asks for the contrary.
    """

    name: str
    label: str
    shown: list[Choice]
    folded: int
    is_open: bool
    toggle: str

    @property
    def has_finder(self) -> bool:
        """Whether so many values are in sight that a field helps to find one."""
        return len(self.shown) >= WORTH_LOOKING


def filters_of(results: Results, query: QueryDict) -> list[Filter]:
    """Return the filters that can still change something, in the order of the facets."""
    facets = [replace(facet, choices=_as_asked(facet, query)) for facet in results.facets]
    useful = [facet for facet in facets if len(facet.choices) > 1 or _selected(facet)]
    return [_filter(facet, query, place < UNFOLDED) for place, facet in enumerate(useful)]


def _as_asked(facet: FacetChoices, query: QueryDict) -> list[Choice]:
    """Return the values of a facet, selected where the query string says so: a language may be by default."""
    asked = query.getlist(facet.name)
    return [
        choice
        if choice.selected == (choice.value in asked)
        else replace(choice, selected=not choice.selected)
        for choice in facet.choices
    ]


def _selected(facet: FacetChoices) -> list[Choice]:
    return [choice for choice in facet.choices if choice.selected]


def _filter(facet: FacetChoices, query: QueryDict, is_unfolded: bool) -> Filter:
    is_open = facet.name in query.getlist(OPEN)
    if is_open or (is_unfolded and len(facet.choices) < WORTH_FOLDING):
        shown = facet.choices
    elif is_unfolded or _selected(facet):
        first = sorted(facet.choices, key=lambda choice: not choice.count)[:SHOWN]
        shown = first + [choice for choice in _selected(facet) if choice not in first]
    else:
        shown = []
    folded = len(facet.choices) - len(shown)
    return Filter(facet.name, facet.label, shown, folded, is_open, toggled(query, OPEN, facet.name))


def chips(results: Results, query: QueryDict) -> list[tuple[str, str]]:
    """Return (label, address without it) of each value that filters the results."""
    return [
        (choice.label, toggled(query, facet.name, choice.value))
        for facet in results.facets
        for choice in _as_asked(facet, query)
        if choice.selected
    ]


def toggled(query: QueryDict, name: str, value: str) -> str:
    """Return the address with this value of a parameter, or without it if it is there, on the first page."""
    query = query.copy()
    others = [other for other in query.getlist(name) if other != value]
    query.setlist(name, others if len(others) < len(query.getlist(name)) else [*others, value])
    query.pop(PAGE, None)
    return f"?{query.urlencode()}"


def address_of(request: Request, **changed) -> str:
    """Return the query string of a search, every parameter in its place, so that it has one only."""
    request = replace(request, **changed)
    query = QueryDict(mutable=True)
    if request.text:
        query["q"] = request.text
    for name in NAMES:
        query.setlist(name, request.filters.get(name, ()))
    if request.languages != (get_language(),):
        query.setlist("language", request.languages)
    if request.page > 1:
        query[PAGE] = request.page
    return f"?{query.urlencode()}" if query else ""


def ways_out(results: Results, user) -> list[tuple[list[str], int, str]]:
    """Return (labels, number of results, address) of the search without each of its filters, the best first.

    Where none alone is in the way, without all of them, then with no label. One more search for
    each filter, and so only for an empty result.
    """
    filters = results.request.filters
    found = [
        (_labels(results, name), *_without(results.request, {name}, user))
        for name in list(filters)[:MOST_WAYS_OUT]
    ]
    if len(filters) > 1 and not any(total for _labels_, total, _href in found):
        found = [([], *_without(results.request, set(filters), user))]
    return sorted((way for way in found if way[1]), key=lambda way: -way[1])


def _without(request: Request, names: set[str], user) -> tuple[int, str]:
    """Return the number of results of a search without these filters, and its address."""
    kept = {name: values for name, values in request.filters.items() if name not in names}
    total = search(replace(request, filters=kept, page=1, size=1), user).total
    return total, address_of(request, filters=kept, page=1)


def _labels(results: Results, name: str) -> list[str]:
    (facet,) = (facet for facet in results.facets if facet.name == name)
    return [choice.label for choice in _selected(facet)]


def page_of(results: Results) -> Page:
    """Return the place of the results among all the pages."""
    paginator = Paginator(range(results.total), results.request.size)
    return paginator.get_page(results.request.page)


def ignored(form: SearchForm, results: Results) -> list[tuple[str, str]]:
    """Return (label of the parameter, value) of what was asked for in vain."""
    labels = {facet.name: facet.label for facet in results.facets}
    labels |= {name: field.label for name, field in form.fields.items()}
    return [(labels[name], value) for name, value in form.unknown]


def is_cut(form: SearchForm) -> bool:
    """Whether the query was too long to be looked for whole."""
    return len(form.cleaned_data.get("q", "")) > LONGEST


def is_wordless(request: Request) -> bool:
    """Whether what is typed holds no word that could be found."""
    return bool(request.text) and not parse(request.text, request.languages[0])


def is_new(request: Request) -> bool:
    """Whether somebody looks for these words, rather than among what they found."""
    return request.page == 1 and not request.filters and not is_wordless(request)
