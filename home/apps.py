from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = _("Home")

    def ready(self):
        from home.frame import connect_signals
        from home.permissions import sync_roles
        from home.site import sync_site

        connect_signals()
        post_migrate.connect(sync_roles, sender=self)
        post_migrate.connect(sync_site, sender=self)
