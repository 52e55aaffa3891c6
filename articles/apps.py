from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ArticlesConfig(AppConfig):
    name = "articles"
    verbose_name = _("articles")

    def ready(self):
        from wagtail.signals import page_published, page_unpublished

        from articles.models import ArticlePage
        from articles.models.easy import put_online_with_article, take_offline_with_article
        from articles.search_labels import search_labels
        from articles.translations import follow_publication
        from search import sources

        sources.LABELS.append(search_labels)
        page_published.connect(follow_publication, sender=ArticlePage)
        page_published.connect(put_online_with_article, sender=ArticlePage)
        page_unpublished.connect(take_offline_with_article, sender=ArticlePage)
