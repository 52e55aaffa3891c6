"""The languages that the site is written in: those of the settings, each with a row of its own."""

from wagtail.coreutils import get_content_languages
from wagtail.models import Locale


def sync_locales(**kwargs) -> None:
    """Have a row for each language of the settings; repaired after each migration. None is taken away: pages may be in it."""
    for code in get_content_languages():
        Locale.objects.get_or_create(language_code=code)
