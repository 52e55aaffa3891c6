import json
import re
from unicodedata import normalize
from urllib.parse import urljoin

from django import template
from django.conf import settings
from django.utils.html import format_html, strip_tags
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, get_language_info
from wagtail.images.templatetags import wagtailimages_tags
from wagtail.models import Page

from portal import languages

register = template.Library()

NBSP, NARROW_NBSP = "\u00a0", "\u202f"
BEFORE_SIGNS = re.compile(r"(?<=\w|[)»”%€]) ([;!?])")
BEFORE_COLON = re.compile(r" ([:»%€])")
AFTER_QUOTE = re.compile(r"« ")
# Languages that write the names of languages with a capital.
CAPITALISED = ("en", "de", "nl")
PAGE_EDITED = re.compile(r"/pages/(\d+)/edit/$")
ARIA = re.compile(r' aria-[a-z]+="[^"]*"')
JSON_ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


@register.simple_tag(takes_context=True)
def language_choices(context):
    """Return the languages to switch to, each with the address of this page in it."""
    request, original = context["request"], context.get("original")
    return languages.choices(request, original or context.get("page"))


@register.simple_tag(takes_context=True)
def language_meta(context, page):
    """Return what tells machines the language of `page` and where its translations are."""
    request, here = context["request"], get_language()
    found = dict(languages.translations_of(page, request))
    metas = [("og:locale", here), *(("og:locale:alternate", code) for code in found)]
    lines = [
        format_html('<meta property="{}" content="{}">', name, languages.territorial(code))
        for name, code in metas
    ]
    if found:
        found[here] = address = page.get_full_url(request)
        codes = [(code, code) for code in sorted(found)]
        codes += [("x-default", settings.LANGUAGE_CODE)] * (settings.LANGUAGE_CODE in found)
        lines += [
            format_html(
                '<link rel="alternate" hreflang="{}" href="{}">',
                name,
                urljoin(address, found[code]),
            )
            for name, code in codes
        ]
    return mark_safe("\n  ".join(lines))


@register.filter
def language_in_sentence(code):
    """Return the name of a language in that of the moment, as it is written within a sentence."""
    name = get_language_info(code)["name_translated"]
    return name if get_language() in CAPITALISED else name.lower()


@register.simple_tag
def lang_if_other(language=settings.LANGUAGE_CODE):
    """Return the attribute of a passage in another language than the page, by default in the first one."""
    return languages.lang_if_other(language)


@register.filter
def in_language_of(text, page):
    """Return a text of `page`, which says its language where the screen is in another one."""
    return languages.in_its_language(text, page.locale.language_code)


@register.filter
def display_title(page):
    """Return the title of `page` as those know it who write it, in its language."""
    return in_language_of(page.get_admin_display_title(), page)


register.filter(languages.mark_titles)


@register.simple_tag
def chosen_title(title, edit_url):
    """Return the title of what was chosen in a window, in its language where this is a page, changed at `edit_url`."""
    changed = PAGE_EDITED.search(edit_url or "")
    page = changed and Page.objects.select_related("locale").filter(pk=changed[1]).first()
    return in_language_of(title, page) if page else title


@register.filter
def without_tags(text):
    """Return what is HTML as plain words, and what is plain as it is."""
    return mark_safe(strip_tags(text)) if hasattr(text, "__html__") else text


@register.filter
def id_of_labelled(panel):
    """Return the id of the field of `panel` that a label can be of: what is chosen in a window is kept in a hidden one."""
    field = getattr(panel, "bound_field", None)
    is_hidden = field is not None and getattr(field.field.widget, "input_type", "") == "hidden"
    return "" if is_hidden else panel.id_for_label()


@register.filter
def without_aria(html):
    """Return a hidden field without what describes it, which nobody hears."""
    return mark_safe(ARIA.sub("", html))


@register.filter(expects_localtime=True)
def to_the_second(moment):
    """Return a moment, or a day, as machines read it."""
    return moment.isoformat(timespec="seconds") if hasattr(moment, "hour") else moment.isoformat()


@register.filter
def french_spaces(text):
    """Make the spaces that French sets beside its signs unbreakable, in a text or in HTML."""
    if not (get_language() or "").startswith("fr"):
        return text
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
