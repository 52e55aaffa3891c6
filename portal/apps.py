from django.apps import AppConfig
from django.db.models.signals import post_migrate


class PortalConfig(AppConfig):
    name = "portal"
    verbose_name = "portal"

    def ready(self):
        from portal import (
            checks,  # noqa: F401  registers the system checks
            restrictions,
        )
        from portal.earlier_documents import take_over_documents
        from portal.languages import sync_locales
        from portal.publication import (
            connect_signals,
            name_kinds,
            publish_what_migrations_made,
        )

        connect_signals()
        restrictions.connect_signals()
        name_kinds()
        post_migrate.connect(sync_locales, sender=self)
        post_migrate.connect(take_over_documents, sender=self)
        post_migrate.connect(restrictions.restrict_translations, sender=self)
        post_migrate.connect(publish_what_migrations_made, sender=self)
