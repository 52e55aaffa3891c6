"""Two people on one text: whoever saves last is told of the other's version, which stays in the history."""

from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_aware
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.utils import get_user_display_name
from wagtail.models import Page, Revision


def tell_of_crossed_version(request, page: Page) -> None:
    """Tell who just saved `page` that somebody else had, after the form was opened."""
    crossed = _crossed_version(request, page)
    if crossed is None:
        return
    who = get_user_display_name(crossed.user) if crossed.user else "—"
    message = _(
        "While you were writing, %(who)s saved another version of “%(title)s”. Nothing is lost: yours is now the last, theirs is kept in the history."
    )
    newest = page.get_latest_revision()
    compare = reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, crossed.pk, newest.pk])
    messages.warning(
        request,
        message % {"who": who, "title": page.get_admin_display_title()},
        buttons=[messages.button(compare, _("Compare the two"))],
    )


def _crossed_version(request, page: Page) -> Revision | None:
    """The last version by somebody else since the form, of which the date is posted, was opened."""
    try:
        opened = parse_datetime(request.POST.get("loaded_revision_created_at", ""))
    except ValueError:
        return None
    if opened is None or not is_aware(opened):
        return None
    newer = page.revisions.filter(created_at__gt=opened).exclude(user=request.user)
    return newer.order_by("-created_at").first()
