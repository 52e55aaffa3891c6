from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ArticlesConfig(AppConfig):
    name = "articles"
    verbose_name = _("articles")

    def ready(self):
        from articles.search_labels import search_labels
        from search import sources

        sources.LABELS.append(search_labels)
