from django import template
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.blocks import plain_text
from articles.reading_time import count_words, minutes_to_read
from portal.templatetags.portal_tags import french_spaces

register = template.Library()


@register.filter
def reading_time(body) -> str:
    """Return how long a stream of blocks takes to read, in whole minutes; empty where it says nothing."""
    words = count_words(plain_text(body))
    if not words:
        return ""
    minutes = minutes_to_read(words)
    return ngettext("%(count)d min read", "%(count)d min read", minutes) % {"count": minutes}


@register.simple_tag
def citation(page, site_name: str, address: str) -> str:
    """Return the words by which another text names an article: who wrote it, its title, where and when it is found."""
    date = page.published_on and date_format(page.published_on, "j F Y")
    title = _("“%(title)s”") % {"title": page.title}
    parts = [page.section.title, title, site_name, date, address]
    return french_spaces(", ".join(part for part in parts if part))
