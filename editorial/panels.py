"""What the editorial work adds to the first screen of those who log in."""

from wagtail.admin.ui.components import Component
from wagtail.models import TaskState

from editorial.models import ReviewState

SHOWN = 6


class WaitingPanel(Component):
    """The texts that wait for this person's decision, the oldest first."""

    name = "waiting"
    template_name = "editorial/admin/waiting_panel.html"
    order = 40

    def __init__(self, user):
        self.user = user

    def get_context_data(self, parent_context):
        asked = TaskState.objects.reviewable_by(self.user)
        states = ReviewState.objects.filter(pk__in=asked.values("pk"))
        states = states.select_related("page", "house").order_by("started_at")
        return {"states": states[:SHOWN], "count": states.count()}
