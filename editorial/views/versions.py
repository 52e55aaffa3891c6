"""The versions of an article, read by its house: their history, any two side by side, one as it was."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.pages.history import PageHistoryView
from wagtail.admin.views.pages.revisions import RevisionsCompareView, RevisionsView
from wagtail.models import Page

from editorial.views.in_language import TitleInItsLanguageMixin

LISTED = 100  # versions to choose from


class ReadByHouseMixin:
    """Who may write for the house reads it; who may edit the article does more."""

    def get_object(self, queryset=None):
        page = get_object_or_404(Page, pk=self.pk).specific
        tester = page.permissions_for_user(self.request.user)
        if not tester.can_view_revisions():
            raise PermissionDenied
        if not tester.can_edit():
            self.edit_url_name = self.revisions_revert_url_name = None
        return page


class ArticleHistoryView(TitleInItsLanguageMixin, ReadByHouseMixin, PageHistoryView):
    @cached_property
    def header_buttons(self):
        return super().header_buttons if self.edit_url_name else []


class ArticleVersionView(ReadByHouseMixin, RevisionsView):
    pass


class ArticleCompareView(TitleInItsLanguageMixin, ReadByHouseMixin, RevisionsCompareView):
    template_name = "editorial/admin/compare.html"
    page_title = _("Compare two versions")

    def get(self, request, *args, **kwargs):
        chosen = [request.GET.get(name, "") for name in ("before", "after")]
        if all(number.isdecimal() for number in chosen):
            return redirect(request.resolver_match.view_name, self.object.pk, *chosen)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        revisions = self.object.revisions.select_related("user").order_by("-created_at", "-id")
        return {
            **super().get_context_data(**kwargs),
            "versions": revisions.defer("content")[:LISTED],
            "live": self.object.live_revision_id,
            "before": self._number(self.revision_id_a),
            "after": self._number(self.revision_id_b),
            "may_edit": bool(self.edit_url_name),
        }

    def _number(self, revision_id) -> int | None:
        """The number of a version, which the address may call by what it is."""
        numbers = self.object.revisions.order_by("created_at", "id").values_list("pk", flat=True)
        named = {
            "live": self.object.live_revision_id,
            "earliest": numbers.first(),
            "latest": numbers.last(),
        }
        return named[revision_id] if revision_id in named else int(revision_id)
