from django.http import QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_safe

from search.forms import SearchForm
from search.searching import Results, search


@require_safe
def search_page(request):
    """The search and, by the same address with filters, every listing of the site."""
    form = SearchForm(request.GET)
    results = search(form.request, request.user)
    template = (
        "search/results.html" if request.headers.get("HX-Request") else "search/search_page.html"
    )
    context = {
        "form": form,
        "results": results,
        "chips": chips(request.GET, results),
        "asks_for_missing_page": results.request.page > results.pages,
    }
    return render(request, template, context)


def chips(query: QueryDict, results: Results) -> list[tuple[str, str]]:
    """Return (label, address without it) of each value that filters the results."""
    return [
        (choice.label, without(query, facet.name, choice.value))
        for facet in results.facets
        for choice in facet.choices
        if choice.selected
    ]


def without(query: QueryDict, name: str, value: str) -> str:
    """Return the query string without one value of a parameter, back on the first page."""
    query = query.copy()
    query.setlist(name, [other for other in query.getlist(name) if other != value])
    query.pop("page", None)
    return f"?{query.urlencode()}"
