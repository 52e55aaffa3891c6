from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from houses.models import House, Membership


class HouseViewSet(SnippetViewSet):
    model = House
    icon = "home"
    menu_label = _("Houses")
    list_display = ["name", "commune", "department_name", "email", "closed_on"]
    list_filter = ["department"]
    list_per_page = 50
    copy_view_enabled = False


class MembershipViewSet(SnippetViewSet):
    model = Membership
    icon = "group"
    menu_label = _("Members of the houses")
    list_display = ["user", "house", "role"]
    list_filter = ["house", "role"]
    copy_view_enabled = False
    panels = [FieldRowPanel([FieldPanel("user"), FieldPanel("house"), FieldPanel("role")])]

    def get_queryset(self, request):
        return Membership.objects.select_related("user", "house")


class HousesViewSetGroup(SnippetViewSetGroup):
    menu_label = _("Houses")
    menu_icon = "home"
    menu_order = 120
    items = [HouseViewSet, MembershipViewSet]
