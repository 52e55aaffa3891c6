from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class HousesConfig(AppConfig):
    name = "houses"
    verbose_name = _("houses")

    def ready(self):
        from houses.search_labels import name_departments, search_labels
        from search import sources

        sources.LABELS.append(search_labels)
        post_migrate.connect(name_departments, sender=self)
