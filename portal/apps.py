from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "portal"
    verbose_name = "portal"

    def ready(self):
        from portal import checks  # noqa: F401  registers the system checks
        from portal.publication import connect_signals, name_kinds

        connect_signals()
        name_kinds()
