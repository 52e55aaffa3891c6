from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render

from editorial.forms import StartForm
from editorial.people import houses_to_write_for
from editorial.writing.starts import STARTS, STARTS_BY_NAME, begin


def write(request):
    """Choose how an article begins, and for which house; the draft is made, and opened."""
    house_pages = list(houses_to_write_for(request.user))
    if not house_pages:
        raise PermissionDenied
    form = StartForm(house_pages, request.POST or None, initial={"house": request.GET.get("house")})
    if request.method != "POST" or not form.is_valid():
        return render(request, "editorial/admin/write.html", {"form": form, "starts": STARTS})
    house_page = form.house_page
    start = STARTS_BY_NAME.get(form.cleaned_data["start"])
    if start is None:
        return redirect("wagtailadmin_pages:add", "articles", "articlepage", house_page.pk)
    article = begin(start, house_page, request.user)
    return redirect("wagtailadmin_pages:edit", article.pk)
