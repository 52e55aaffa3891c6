"""«My house» in the menu, and the team of each house from the list of houses."""

from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui import menus

from editorial.people import is_of_network
from editorial.views import team
from houses.models import House

urlpatterns = [
    path("", team.my_house, name="mine"),
    path("<int:house_id>/", team.team, name="team"),
    path("<int:house_id>/invite/", team.invite, name="invite"),
    path("members/<int:pk>/role/", team.change_role, name="change_role"),
    path("members/<int:pk>/remove/", team.remove, name="remove"),
    path("members/<int:pk>/hand-over/", team.hand_over, name="hand_over"),
    path("invitations/<int:pk>/resend/", team.resend, name="resend"),
    path("invitations/<int:pk>/revoke/", team.revoke, name="revoke"),
]


@hooks.register("register_admin_urls")
def team_urls():
    return [path("team/", include((urlpatterns, "team")))]


class MyHouseMenuItem(MenuItem):
    def is_shown(self, request):
        return request.user.memberships.exists()


@hooks.register("register_admin_menu_item")
def my_house_menu_item():
    return MyHouseMenuItem(_("My house"), reverse("team:mine"), icon_name="home", order=105)


@hooks.register("register_snippet_listing_buttons")
def team_of_house(snippet, user, next_url=None):
    if isinstance(snippet, House) and is_of_network(user):
        address = reverse("team:team", args=[snippet.pk])
        yield menus.MenuItem(_("Team"), address, icon_name="group", priority=15)
