import json
import re
from unicodedata import normalize
from urllib.parse import urljoin

from django import template
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from wagtail.images.templatetags import wagtailimages_tags

register = template.Library()

NBSP, NARROW_NBSP = "\u00a0", "\u202f"
BEFORE_SIGNS = re.compile(r"(?<=\w|[)»”%€]) ([;!?])")
BEFORE_COLON = re.compile(r" ([:»%€])")
AFTER_QUOTE = re.compile(r"« ")
JSON_ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


@register.filter
def french_spaces(text):
    """Make the spaces that French sets beside its signs unbreakable, in a text or in HTML."""
    is_html = hasattr(text, "__html__")
    spaced = BEFORE_SIGNS.sub(NARROW_NBSP + r"\1", str(text))
    spaced = AFTER_QUOTE.sub("«" + NBSP, BEFORE_COLON.sub(NBSP + r"\1", spaced))
    return mark_safe(spaced) if is_html else spaced


@register.filter
def shortened(text, length):
    """Return `text`, cut to so many characters, for every card of a list: Django's filter looks at each letter."""
    # A letter and its accent are one character, which is not cut in two.
    text = normalize("NFC", text)
    return text if len(text) <= length else text[: length - 1] + "…"


@register.tag
def picture(parser, token):
    """Wagtail's tag, with filters that are made once and not again at each picture."""
    node = wagtailimages_tags.image(parser, token)
    filters = node.get_filters()
    node.get_filters = lambda: filters
    return node


@register.simple_tag(takes_context=True)
def absolute(context, url):
    """Return `url` with the scheme and host of the request, for sharing and feeds."""
    return urljoin(context["request"].build_absolute_uri("/"), url)


@register.simple_tag(takes_context=True)
def current_if(context, href):
    """Return aria-current where the visitor is at `href` or below."""
    here = context["request"].path
    href = href.partition("?")[0]
    if href == here:
        return mark_safe(' aria-current="page"')
    if len(href) > 1 and here.startswith(href):
        return mark_safe(' aria-current="true"')
    return ""


@register.simple_tag(takes_context=True)
def structured_data(context, page):
    """Return the page's schema.org objects, its breadcrumbs first, as a script that runs nothing."""
    request = context["request"]
    steps = [*page.breadcrumbs, page]
    breadcrumbs = {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": position,
                "name": step.title,
                "item": step.get_full_url(request),
            }
            for position, step in enumerate(steps, start=1)
        ],
    }
    graph = [breadcrumbs, *page.structured_data(request)]
    data = json.dumps({"@context": "https://schema.org", "@graph": graph}, ensure_ascii=False)
    return format_html(
        '<script type="application/ld+json">{}</script>', mark_safe(data.translate(JSON_ESCAPES))
    )
