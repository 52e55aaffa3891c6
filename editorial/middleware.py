from django.http import HttpResponsePermanentRedirect
from django.shortcuts import render

from editorial.withdrawal import now_at, withdrawn_from


def withdrawn_pages(get_response):
    """Where nothing else answers, say that the page was withdrawn, or lead to where it was published again."""

    def middleware(request):
        response = get_response(request)
        if response.status_code != 404:
            return response
        address = withdrawn_from(request.path)
        if address is None:
            return response
        if url := now_at(address):
            return HttpResponsePermanentRedirect(url)
        return render(request, "editorial/withdrawn.html", status=410)

    return middleware
