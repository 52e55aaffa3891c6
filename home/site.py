from urllib.parse import urlsplit

from django.conf import settings
from wagtail.models import Site

PORTS = {"http": 80, "https": 443}


def sync_site(**kwargs) -> None:
    """Give the default site the host and port of BASE_URL, from which full addresses are made."""
    address = urlsplit(settings.BASE_URL)
    port = address.port or PORTS[address.scheme]
    site = Site.objects.filter(is_default_site=True).first()
    if site and (site.hostname, site.port) != (address.hostname, port):
        site.hostname, site.port = address.hostname, port
        site.site_name = site.site_name or settings.WAGTAIL_SITE_NAME
        site.save()
