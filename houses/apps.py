from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HousesConfig(AppConfig):
    name = "houses"
    verbose_name = _("houses")

    def ready(self):
        from houses.listed import connect_signals
        from houses.search_labels import search_labels
        from search import sources

        connect_signals()
        sources.LABELS.append(search_labels)
