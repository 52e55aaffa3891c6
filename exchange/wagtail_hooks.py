from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from editorial.people import may_write
from exchange.forms import may_publish_everywhere


class PasteMenuItem(MenuItem):
    def is_shown(self, request):
        return may_write(request.user)


class ImportMenuItem(MenuItem):
    def is_shown(self, request):
        return may_publish_everywhere(request.user)


@hooks.register("register_admin_urls")
def admin_urls():
    return [path("exchange/", include("exchange.urls"))]


@hooks.register("register_admin_menu_item")
def paste_menu_item():
    return PasteMenuItem(
        _("Paste an article"), reverse("exchange:paste"), icon_name="clipboard-list", order=115
    )


@hooks.register("register_admin_menu_item")
def import_menu_item():
    return ImportMenuItem(
        _("Import a file"), reverse("exchange:import"), icon_name="upload", order=140
    )
