"""What is not published yet is known to those who may write or edit around it; in the admin, others are
answered as if it were not there.

Wagtail's own screens check who may edit a page, but they name any page in passing: in choosers, in
refusals, in confirmations. The middleware answers a request that asks for a hidden page as it
answers one for no page; `BasePage` names and locates itself by what is public.
"""

from contextlib import contextmanager
from contextvars import ContextVar

from django.db.models import Q
from django.http import Http404
from wagtail.models import Page
from wagtail.permissions import page_permission_policy
from wagtail_localize.models import Translation

# Any of these at a page or above it opens its draft.
RIGHTS = {"add", "change", "publish", "bulk_delete", "lock", "unlock"}
# Wagtail's screens that are about a page: by the namespace or the beginning of the name of their address. So is any
# screen of ours whose address has a `page_id`.
SCREENS = ("wagtailadmin_pages:", "wagtailadmin_choose_page", "wagtailadmin_explore")
# What these call the pages that they are about, in the address and in forms.
ARGUMENTS = {"page_id", "parent_page_id", "page_to_move_id", "destination_id", "pk"}
FIELDS = {"id", "target_pages[]", "new_parent_page"}

_request: ContextVar = ContextVar("admin_request", default=None)


@contextmanager
def read_by_who_asks(request):
    """Hide from the person of this `request`, within this block, the drafts that are not for them."""
    token = _request.set(request)
    try:
        yield
    finally:
        _request.reset(token)


def is_hidden(page: Page) -> bool:
    """Whether the person who asks must know nothing of `page` but what is public. Outside the admin nobody asks."""
    request = _request.get()
    return request is not None and not may_see(request.user, page)


def may_see(user, page: Page) -> bool:
    return page_permission_policy.user_has_any_permission_for_instance(user, RIGHTS, page)


def known_to(user, pages):
    """Those of `pages` that are public, and those whose drafts `user` may see."""
    own = page_permission_policy.instances_user_has_any_permission_for(user, RIGHTS)
    return pages.filter(Q(live=True) | Q(pk__in=own.values("pk")))


def refuse_hidden(request, arguments: dict) -> None:
    """Raise Http404 where the request is about a page of which the person must know nothing, or about none."""
    screen, user = request.resolver_match.view_name, request.user
    if screen.startswith(SCREENS) or "page_id" in arguments:
        asked = {str(value) for name, value in arguments.items() if name in ARGUMENTS}
        asked |= {pk for field in FIELDS for pk in request.GET.getlist(field)}
        asked |= {pk for field in FIELDS for pk in request.POST.getlist(field)}
        _check(asked, lambda page: page.live or may_see(user, page))
    elif "translation_id" in arguments:
        # It tells the words that are not online yet, public page or not.
        _check(_translated(arguments["translation_id"]), lambda page: may_see(user, page))
    elif screen == "wagtail_bulk_action" and arguments["model_name"] == "page":
        # It names those it refuses by their draft, public or not; «all» is all of a section.
        asked = set(request.GET.getlist("id"))
        if "all" in asked:
            asked = {request.GET.get("childOf") or Page.objects.get(depth=1).pk}
        _check(asked, lambda page: may_see(user, page))


def _translated(translation_id: int) -> list[int]:
    """The page that is translated, if there are both."""
    translations = Translation.objects.filter(pk=translation_id)
    keys = translations.values_list("source__object", "target_locale")
    return [
        pk
        for key, locale in keys
        for pk in Page.objects.filter(translation_key=key, locale=locale).values_list(
            "pk", flat=True
        )
    ]


def _check(keys, is_known) -> None:
    numbers = {int(key) for key in keys if str(key).isdecimal()}
    if numbers and numbers != {p.pk for p in Page.objects.filter(pk__in=numbers) if is_known(p)}:
        raise Http404
