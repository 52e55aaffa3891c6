"""What the editorial work adds to the first screen of those who log in."""

from wagtail.admin.ui.components import Component

from editorial.models import waiting_for

SHOWN = 6


class WaitingPanel(Component):
    """The texts that wait for this person's decision, the oldest first."""

    name = "waiting"
    template_name = "editorial/admin/waiting_panel.html"
    order = 40

    def __init__(self, user):
        self.user = user

    def get_context_data(self, parent_context):
        states = waiting_for(self.user).select_related("page__locale", "house")
        return {"states": states[:SHOWN], "count": states.count()}
