from django.conf import settings
from django.core.checks import Error, register

from search.engines.client import read_url


@register()
def check_search_url(app_configs, **kwargs):
    if not settings.SEARCH_URL:
        return []
    try:
        read_url(settings.SEARCH_URL)
    except ValueError as error:
        return [
            Error(
                f"SEARCH_URL does not name a search engine. {error}",
                hint="For example opensearch://127.0.0.1:9200, or "
                "elasticsearch+tls://user:password@search.example.org:9200/maillage.",
                id="search.E001",
            )
        ]
    return []
