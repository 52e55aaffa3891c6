"""The addresses of what is taken away: PDFs, and the code that leads back from paper."""

import re
from functools import wraps

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, render
from django.utils import translation
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe

from articles.models import ArticlePage
from houses.models import HousePage
from printing import documents, pdf, qr
from search.rate import seconds_to_wait

YEAR = 365 * 24 * 3600  # seconds
FRESH = 60  # seconds for which others may keep a PDF: an article may be withdrawn
BUSY_FOR = 10  # seconds after which to come back
OF_THE_SITE = re.compile(r"/(?!/)[!-~]{0,299}")


def as_pdf(view):
    """Make of a view, which returns a `Document` or None, one that answers it as a PDF."""

    @require_safe
    @wraps(view)
    def answer(request, *args, **kwargs):
        if not pdf.is_available():
            return _refused(request, gettext("This site cannot make PDFs."), status=501)
        if wait := seconds_to_wait(request, "pdf", settings.PDF_REQUESTS_A_MINUTE):
            words = gettext("Too many requests from your address: please wait a moment.")
            return _refused(request, words, status=429, wait=wait)
        request.is_preview = False  # pages ask, as Wagtail's own view tells them
        document = view(request, *args, **kwargs)
        if document is None:
            raise Http404
        try:
            content = pdf.pdf_of(document.html, request.build_absolute_uri("/"))
        except pdf.Busy:
            words = gettext("Somebody else's PDF is being made: please try again in a moment.")
            return _refused(request, words, status=503, wait=BUSY_FOR)
        except pdf.TooSlow:
            words = gettext(
                "Making this PDF took too long, and was stopped: print the page itself."
            )
            return _refused(request, words, status=503, wait=pdf.SLOW_FOR)
        except pdf.TooLong:
            words = gettext("This is too long for one PDF: print it article by article.")
            return _refused(request, words, status=501)
        return _response(document, content)

    return answer


def _response(document, content: bytes) -> HttpResponse:
    return HttpResponse(
        content,
        content_type="application/pdf",
        headers={
            "Content-Disposition": f'inline; filename="{document.name}.pdf"',
            "Cache-Control": f"public, max-age={FRESH}",
            "Link": f'<{document.address}>; rel="canonical"',
            "X-Robots-Tag": "noindex",
        },
    )


def _refused(request, words: str, *, status: int, wait: int = 0) -> HttpResponse:
    headers = {"Cache-Control": "no-store"}
    if wait:
        headers["Retry-After"] = str(wait)
    response = render(request, "printing/refused.html", {"words": words}, status=status)
    for name, value in headers.items():
        response[name] = value
    return response


@as_pdf
def article_pdf(request, pk):
    article = get_object_or_404(ArticlePage.objects.to_serve().published(), pk=pk)
    with translation.override(article.locale.language_code):
        return documents.of_article(article, request)


@as_pdf
def search_pdf(request):
    return documents.of_search(request)


@as_pdf
def year_pdf(request, slug, year):
    pages = HousePage.objects.to_serve().published()
    house_page = get_object_or_404(pages, slug=slug, locale__language_code=get_language())
    return documents.of_year(house_page, year, request)


@require_safe
def qr_svg(request):
    """Draw the code that leads to an address of this site, and of no other."""
    to = request.GET.get("to", "")
    if not OF_THE_SITE.fullmatch(to):
        return HttpResponseBadRequest("to: a path of this site, of 300 characters at most.")
    if wait := seconds_to_wait(request, "qr", settings.API_REQUESTS_A_MINUTE):
        words = gettext("Too many requests from your address: please wait a moment.")
        headers = {"Retry-After": wait, "Cache-Control": "no-store"}
        return HttpResponse(words, content_type="text/plain", status=429, headers=headers)
    drawing = qr.svg(request.build_absolute_uri(to))
    response = HttpResponse(drawing, content_type="image/svg+xml")
    patch_cache_control(response, public=True, max_age=YEAR, immutable=True)
    return response
