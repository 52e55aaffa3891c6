from dataclasses import replace

from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe
from wagtail import hooks

from search import listing, statistics
from search.forms import SearchForm
from search.searching import Results, search


@require_safe
def search_page(request):
    """The search and, by the same address with filters, every listing of the site.

    htmx is given what changes only; `results.html` is that, within the page or alone.
    """
    form = SearchForm(request.GET, user=request.user)
    results, missing_page = _found(form, request.user)
    if listing.is_new(form.request):
        statistics.count(results)
    is_fragment = "HX-Request" in request.headers
    context = {
        "is_fragment": is_fragment,
        "form": form,
        "q": results.request.text,
        "results": results,
        "page_obj": listing.page_of(results),
        "missing_page": missing_page,
        "ignored": listing.ignored(form, results),
        "is_cut": listing.is_cut(form),
        "is_wordless": listing.is_wordless(results.request),
        "filters": listing.filters_of(results, request.GET),
        "chips": listing.chips(results, request.GET),
        "ways_out": [] if results.total else listing.ways_out(results, request.user),
        "emblem_seeds": {hit.house.image for hit in results.hits if hit.house},
        "canonical": listing.address_of(results.request),
        "all_pages": listing.address_of(results.request, page=1),
        "actions": _actions(results, request) if results.total else [],
    }
    template = "search/results.html" if is_fragment else "search/search_page.html"
    response = render(request, template, context)
    patch_vary_headers(response, ["HX-Request"])
    return response


def _actions(results: Results, request) -> list[tuple[str, dict]]:
    """What the apps above this one offer to do with what is found: a template and its context each."""
    actions = [action(results, request) for action in hooks.get_hooks("search_actions")]
    return [action for action in actions if action]


def _found(form: SearchForm, user) -> tuple[Results, int]:
    """Return what is found, and the page that was asked for where there is none so far: the last one is given."""
    results = search(form.request, user)
    asked = results.request.page
    if asked <= results.pages:
        return results, 0
    return search(replace(form.request, page=results.pages), user), asked
