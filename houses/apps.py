from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HousesConfig(AppConfig):
    name = "houses"
    verbose_name = _("houses")

    def ready(self):
        from houses.search_labels import search_labels
        from search import sources

        sources.LABELS.append(search_labels)
