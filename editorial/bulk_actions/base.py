from django.utils.translation import gettext

from articles.bulk_actions import ListingBulkAction
from portal.templatetags.portal_tags import display_title, in_language_of


class ExplainedBulkAction(ListingBulkAction):
    """An action that says, of each text that it leaves out, why."""

    template_name = "editorial/admin/confirm_bulk.html"
    icon = ""
    title = ""
    introduction = ""
    left_out = ""
    button = ""

    def __init__(self, request, model):
        super().__init__(request, model)
        self.reasons = {}

    def why_not(self, page) -> str:
        """Return why `page` is left out, in the user's words; empty where it is not."""
        raise NotImplementedError

    def check_perm(self, page):
        self.reasons[page.pk] = self.why_not(page)
        return not self.reasons[page.pk]

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        for skipped in context["items_with_no_access"]:
            page = skipped["item"]
            skipped["why"] = self.reasons[page.pk]
            skipped["title"] = self._shown_title(page, skipped["can_edit"])
        return context

    @staticmethod
    def _shown_title(page, can_edit: bool) -> str:
        """What others write and have not published is named to nobody else."""
        if can_edit:
            return display_title(page.specific_deferred)
        return (
            in_language_of(page.title, page) if page.live else gettext("A draft of another house")
        )
