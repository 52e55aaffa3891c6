from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PrintingConfig(AppConfig):
    name = "printing"
    verbose_name = _("printing")

    def ready(self):
        from printing import checks  # noqa: F401  registers itself
        from printing.years import connect_signals

        connect_signals()
