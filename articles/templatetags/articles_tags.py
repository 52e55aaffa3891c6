from django import template
from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.blocks import plain_text
from articles.footnotes import number_notes
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


@register.tag
def footnotes(parser, token):
    """Number the notes of what stands between this and ``endfootnotes``, and list them after it.

    ``{% footnotes page.pk %}`` where a document has the notes of several texts.
    """
    _tag, *text = token.split_contents()
    inside = parser.parse(("endfootnotes",))
    parser.delete_first_token()
    return FootnotesNode(inside, parser.compile_filter(text[0]) if text else None)


class FootnotesNode(template.Node):
    def __init__(self, nodelist, text):
        self.nodelist, self.text = nodelist, text

    def render(self, context):
        text = f"{self.text.resolve(context)}-" if self.text else ""
        html, notes = number_notes(self.nodelist.render(context), text)
        if not notes:
            return html
        return html + render_to_string("articles/footnotes.html", {"notes": notes, "text": text})
