"""Where those who write give an article to read outside, and read the answers."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.models import Page

from editorial import reading
from editorial.link_forms import ReviewLinkForm
from editorial.models import LinkState, ReviewLink


def readers(request, page_id: int):
    """The links given for a page, what was answered, and the form of a new one."""
    page = get_object_or_404(Page.objects.select_related("latest_revision"), pk=page_id)
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    may_give = reading.may_give_to_read(request.user, page)
    form = ReviewLinkForm(request.POST or None)
    if request.method == "POST":
        _refuse_unless_readable(page, may_give)
        if form.is_valid() and _sent(form, page, request.user):
            told = _("The link was sent to %(name)s.") % {"name": form.instance.name}
            messages.success(request, told)
            return redirect("editorial_readers", page.pk)
    context = {
        "page": page,
        "form": form,
        "links": reading.links_of(page),
        "may_give": may_give,
        "is_online": reading.is_online(page),
    }
    return render(request, "editorial/admin/readers.html", context)


def _refuse_unless_readable(page: Page, may_give: bool) -> None:
    if not may_give or reading.is_online(page) or page.latest_revision is None:
        raise PermissionDenied


def _sent(form: ReviewLinkForm, page: Page, user) -> bool:
    link = form.save(commit=False)
    link.bind(page, form.cleaned_data["days"])
    if reading.send(link, user):
        return True
    form.add_error(
        "email",
        _("This person already has a link to this text: send it again, or withdraw it first."),
    )
    return False


@require_POST
def revoke_link(request, link_id):
    link = _link_of(request, link_id)
    reading.revoke(link, request.user)
    messages.success(
        request, _("The link of %(name)s opens nothing any more.") % {"name": link.name}
    )
    return redirect("editorial_readers", link.page_id)


@require_POST
def resend_link(request, link_id):
    link = _link_of(request, link_id)
    if link.state == LinkState.OPEN:
        reading.resend(link, request.user)
        messages.success(request, _("The link was sent again to %(name)s.") % {"name": link.name})
    else:
        messages.warning(
            request, _("This link no longer waits for an answer: send a new one instead.")
        )
    return redirect("editorial_readers", link.page_id)


def _link_of(request, link_id) -> ReviewLink:
    link = get_object_or_404(ReviewLink.objects.whole(), pk=link_id)
    if not reading.may_give_to_read(request.user, link.page):
        raise PermissionDenied
    return link
