"""The search for programs: JSON, and what a browser needs to add the site to its search engines."""

from dataclasses import asdict
from functools import wraps

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from search.forms import SearchForm
from search.openapi import description
from search.rate import seconds_to_wait
from search.searching import Hit, Results, label_of, search
from search.suggest import suggestions

METHODS = ("GET", "HEAD", "OPTIONS")
OPENSEARCH = "opensearch"
SUGGESTIONS_A_SEARCH = 5  # are asked for, one a letter


def api(limit: int):
    """Make of a view, which returns what to say in JSON, one of the API.

    Parameters
    ----------
    limit: requests a minute that one address may make.
    """

    def decorate(view):
        @csrf_exempt  # nothing is changed
        @wraps(view)
        def answer(request):
            # Neither the browser nor a cookie decides: one address has one answer.
            with translation.override(language_of(request)):
                response = _answer(request, view, limit)
                response["Content-Language"] = translation.get_language()
            return with_headers(request, response)

        return answer

    return decorate


def language_of(request) -> str:
    """Return the language asked for, by default the first of the site."""
    known = dict(settings.LANGUAGES)
    asked = [code for code in request.GET.getlist("language") if code in known]
    return asked[0] if asked else settings.LANGUAGE_CODE


def _answer(request, view, limit: int) -> HttpResponse:
    if request.method == "OPTIONS":
        return HttpResponse(
            status=204, headers={"Allow": ", ".join(METHODS), "Access-Control-Max-Age": 86400}
        )
    if request.method not in METHODS:
        refused = {"error": gettext("This address can only be read.")}
        return JsonResponse(refused, status=405, headers={"Allow": ", ".join(METHODS)})
    if wait := seconds_to_wait(request, view.__name__, limit):
        refused = {"error": gettext("Too many requests from your address: please wait a moment.")}
        return JsonResponse(refused, status=429, headers={"Retry-After": wait})
    return view(request)


def with_headers(request, response: HttpResponse) -> HttpResponse:
    """Return `response` with who may read it, from which sites, and for how long it may be kept."""
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Allow-Methods"] = ", ".join(METHODS)
    response["X-Robots-Tag"] = "noindex"
    patch_vary_headers(response, ["Cookie"])
    if request.user.is_authenticated:
        response["Cache-Control"] = "private, no-store"
    elif response.status_code == 200:
        response["Cache-Control"] = "public, max-age=60"
    else:
        response["Cache-Control"] = "no-store"
    return response


@api(limit=settings.API_REQUESTS_A_MINUTE)
def search_documents(request):
    """Answer a search: the parameters are those of the page."""
    form = SearchForm(request.GET, user=request.user)
    if refused := form.refusal():
        return JsonResponse(refused, status=400)
    return JsonResponse(described(search(form.request, request.user), request))


@api(limit=settings.API_REQUESTS_A_MINUTE * SUGGESTIONS_A_SEARCH)
def suggest(request):
    """Answer what a visitor may be about to type."""
    text = request.GET.get("q", "")
    found = suggestions(text, request.user, translation.get_language())
    if request.GET.get("format") == OPENSEARCH:
        completions = [text, [suggestion.label for suggestion in found]]
        return JsonResponse(completions, safe=False, content_type="application/x-suggestions+json")
    return JsonResponse({"suggestions": [suggestion._asdict() for suggestion in found]})


@api(limit=settings.API_REQUESTS_A_MINUTE)
def openapi(request):
    return JsonResponse(description(request.build_absolute_uri("/")))


@require_safe
@cache_control(public=True, max_age=86400)
def opensearch_description(request):
    """Tell a browser how to search here."""
    context = {"root": request.build_absolute_uri("/").rstrip("/"), "label": gettext("Search")}
    return render(
        request,
        "search/opensearch.xml",
        context,
        content_type="application/opensearchdescription+xml; charset=utf-8",
    )


def described(results: Results, request) -> dict:
    """Return the results as they are sent."""
    return {
        "total": results.total,
        "page": results.request.page,
        "pages": results.pages,
        "engine": results.engine,
        "degraded": results.degraded,
        "relaxed": results.relaxed,
        "partial": results.partial,
        "suggestion": results.suggestion,
        "results": [_described_hit(hit, request) for hit in results.hits],
        "facets": {
            facet.name: [asdict(choice) for choice in facet.choices] for facet in results.facets
        },
    }


def _described_hit(hit: Hit, request) -> dict:
    document = hit.document
    labelled = {
        facet: [{"value": value.value, "label": label_of(value)} for value in values]
        for facet, values in hit.values.items()
    }
    return {
        "id": document.pk,
        "source_id": document.source_id,
        "kind": document.kind,
        "language": document.language,
        "url": request.build_absolute_uri(document.url),
        "title": document.title,
        "excerpt": hit.excerpt,
        "published_on": document.published_on,
        "house": next(iter(labelled.get("house", [])), None),
        "categories": labelled.get("category", []),
        "typologies": labelled.get("typology", []),
        "tags": labelled.get("tag", []),
        "score": round(hit.score, 4),
    }
