from django.conf import settings
from django.utils.functional import cached_property
from wagtail.admin.ui.components import Component
from wagtail.permissions import page_permission_policy

from articles.models import ArticlePage
from houses.models import HousePage

DRAFTS, LATEST = 6, 5


class WelcomePanel(Component):
    """What matters to the person who logs in: where to write, what waits for them, what their house told last."""

    name = "welcome"
    template_name = "home/admin/welcome_panel.html"
    order = 50

    def __init__(self, user):
        self.user = user

    @cached_property
    def house_pages(self):
        """The pages, in the language that houses write first, of those that the person belongs to."""
        pages = HousePage.objects.filter(
            house__memberships__user=self.user, locale__language_code=settings.LANGUAGE_CODE
        )
        return list(pages.select_related("house"))

    def get_context_data(self, parent_context):
        editable = page_permission_policy.instances_user_has_permission_for(self.user, "change")
        drafts = editable.filter(owner=self.user, has_unpublished_changes=True).select_related(
            "locale"
        )
        return {
            "user": self.user,
            "house_pages": self.house_pages,
            "drafts": drafts.order_by("-latest_revision_created_at")[:DRAFTS],
            "latest": self._latest(),
        }

    def _latest(self):
        """The last articles put online: by the person's houses, by every house for a network editor."""
        articles = (
            ArticlePage.objects.published()
            .defer_streamfields()
            .select_related("locale")
            .order_by("-last_published_at")
        )
        return (articles.of_house(*self.house_pages) if self.house_pages else articles)[:LATEST]
