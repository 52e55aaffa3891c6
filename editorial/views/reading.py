"""What an outside reader sees: the page as it will be, beside what they may answer."""

from functools import wraps

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.shortcuts import redirect, render
from django.utils.csp import CSP
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_deny
from django.views.decorators.csp import csp_override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from editorial import reading
from editorial.link_forms import AnswerForm, written_comments
from editorial.parts import parts_of

# The page that is read is the only thing framed; nothing else of the site may be.
READING_CSP = {**settings.SECURE_CSP, "frame-src": [CSP.SELF], "frame-ancestors": [CSP.NONE]}

# Relative to the address of the link: the token is written nowhere in what is shown.
PAGE_PATH = "page/"


def for_the_reader_alone(view):
    """Have what `view` shows be kept by no cache, listed by no search engine, told to no other site.

    The visitor is nobody in particular: whoever is logged in sees what the reader sees.
    """

    @wraps(view)
    def wrapper(request, token):
        request.user = AnonymousUser()
        response = view(request, token)
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
        return response

    return never_cache(wrapper)


# The token alone says who answers: there is no cookie that another site could make a browser send. Nor
# could there be a check, for without a referrer the browser does not say either where a form comes from.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@xframe_options_deny
@csp_override(READING_CSP)
@for_the_reader_alone
def read(request, token: str):
    """The page and the form beside it, then what was answered."""
    link = reading.opened_by(token)
    if link is None:
        return _closed(request)
    with override(link.page.locale.language_code):
        if link.given_answer:
            return _answered(request, link)
        page = link.page.latest_revision.as_object()
        form = AnswerForm(
            request.POST if request.method == "POST" else None,
            parts=list(parts_of(page)),
            initial={"name": link.name},
        )
        form.instance.link = link
        if form.is_valid():
            if reading.keep_answer(form.save(commit=False)):
                return redirect(request.path)
            link = reading.opened_by(token)  # answered, or gone, since it was read above
            return _answered(request, link) if link else _closed(request)
        context = {"form": form, "link": link, "title": page.title, "page_path": PAGE_PATH}
        return render(request, "editorial/read/read.html", context)


@require_safe
@for_the_reader_alone
def read_page(request, token: str):
    """The page itself, as it will be once published."""
    link = reading.opened_by(token)
    if link is None:
        return _closed(request)
    page = link.page.latest_revision.as_object()
    request.is_preview = True
    with override(link.page.locale.language_code):
        response = page.serve_preview(request, page.default_preview_mode)
        return response.render()


def _answered(request, link):
    """What was answered, once and for all; what somebody else writes after is given back to them."""
    answer = link.given_answer
    kept = {text for _about, text in answer.quotes}
    context = {
        "answer": answer,
        "title": link.page.draft_title,
        "page_path": PAGE_PATH,
        "lost": [text for text in written_comments(request.POST) if text.strip() not in kept],
    }
    return render(request, "editorial/read/answered.html", context)


def _closed(request):
    """The same for all that opens nothing, whatever the reason; it gives back what was written.

    Gone rather than not found: for an address that is not found, the site looks for a redirect.
    """
    context = {"written": written_comments(request.POST)}
    return render(request, "editorial/read/closed.html", context, status=410)
