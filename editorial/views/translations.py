"""The screens of wagtail-localize, where a translation becomes a draft and its review puts it online."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.models import Page
from wagtail_localize.models import Translation
from wagtail_localize.views.submit_translations import SubmitPageTranslationView

from editorial.models import open_state
from editorial.translating import missing_passages, save_draft, translation_at
from editorial.views.in_language import mark_titles_in_messages


class TranslatePageView(SubmitPageTranslationView):
    """Whoever may change a text may have it translated."""

    title = gettext_lazy("Translate")

    def get_object(self):
        page = super().get_object()
        if not page.permissions_for_user(self.request.user).can_edit():
            raise PermissionDenied
        return page


def not_offered(request, **kwargs):
    """What would put a translation online without a review, or show those of other houses."""
    raise Http404


@require_POST
def save_translation(request, page_id: int):
    """Make a draft of the words translated so far and, asked to, submit it to the review."""
    page = get_object_or_404(Page, pk=page_id).specific
    translation = translation_at(page)
    if translation is None:
        raise Http404
    tester = page.permissions_for_user(request.user)
    if not tester.can_edit() or tester.page_locked():
        raise PermissionDenied
    missing = missing_passages(translation).values("context").distinct().count()
    if missing and (open_state(page) or "submit" in request.POST):
        messages.error(request, _why_not(missing))
    else:
        _save(request, translation, page)
    return redirect("wagtailadmin_pages:edit", page.pk)


def _why_not(missing: int) -> str:
    """What keeps an incomplete translation from its reviewers."""
    return ngettext(
        "%(count)s passage is still to be translated: a text in two languages is submitted to nobody. What you translated is kept.",
        "%(count)s passages are still to be translated: a text in two languages is submitted to nobody. What you translated is kept.",
        missing,
    ) % {"count": missing}


def _save(request, translation: Translation, page: Page) -> None:
    try:
        save_draft(translation, request.user)
    except ValidationError:
        message = _("Nothing was saved yet: the passages marked in red cannot be as they are.")
        messages.error(request, message)
        return
    page.refresh_from_db()
    title = page.get_admin_display_title()
    if "submit" in request.POST and open_state(page) is None:
        submit(page, request.user)
        messages.success(request, _("“%(title)s” is submitted to the review.") % {"title": title})
    else:
        messages.success(request, _("The draft of “%(title)s” is saved.") % {"title": title})
    mark_titles_in_messages(request, page)


def submit(page: Page, user) -> None:
    """Begin the review of the last version of `page`, or go on where changes were asked for."""
    state = page.current_workflow_state
    if state and state.status == state.STATUS_NEEDS_CHANGES:
        state.resume(user)
    else:
        page.get_workflow().start(page, user)
