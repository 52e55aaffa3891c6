"""The languages of the site, and the addresses of one page in each: French ones bear no prefix, the others do."""

import re
from functools import partial
from typing import NamedTuple

from django.conf import settings
from django.db.models import CharField, F, OuterRef, QuerySet, StringAgg, Subquery, Value
from django.db.models.functions import Cast, Concat
from django.urls import translate_url
from django.utils.html import escape, format_html
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, get_language_info, override, to_locale
from wagtail.models import Locale, Page

from portal.visibility import publicly_visible, restricted_paths

# Where the public of a language mostly is, if not in the country that bears its name.
TERRITORIES = {"en": "GB"}
BETWEEN_TAGS = re.compile(r"(?<![^>])[^<]+")
BETWEEN_FIELDS, BETWEEN_PAGES = " ", "\n"


class Translation(NamedTuple):
    """A page in another language, that anybody may see, and its path on the site."""

    language: str
    url: str


class Choice(NamedTuple):
    """A language that a visitor may switch to, named in itself."""

    language: str
    name: str
    url: str


def sync_locales(**kwargs) -> None:
    """Have a row for each language of the settings. None is taken away: pages may be in it."""
    for code, _name in settings.LANGUAGES:
        Locale.objects.get_or_create(language_code=code)


def locale_of(language: str) -> QuerySet:
    """Return the key of a language's row, to be compared with within another query."""
    return Locale.objects.filter(language_code=language).values("pk")[:1]


def lang_if_other(language: str | None) -> str:
    """Return the attribute of what is in `language`, with a space before it; empty where the page around it is too."""
    is_other = language and language != get_language()
    return format_html(' lang="{}"', language) if is_other else ""


def in_its_language(text: str, language: str | None) -> str:
    """Return `text`, as HTML that says its language where the page around it is in another one."""
    attribute = lang_if_other(language)
    return format_html("<span{}>{}</span>", attribute, text) if attribute else text


def mark_titles(html: str, titles: dict[str, str]) -> str:
    """Return `html` where each of `titles`, given with their language, says it if its words have it."""
    marked = {
        escape(title): in_its_language(title, language)
        for title, language in titles.items()
        if title and lang_if_other(language)
    }
    if not marked:
        return html
    # The longest first: one title may begin as another does.
    known = re.compile("|".join(map(re.escape, sorted(marked, key=len, reverse=True))))
    mark = partial(known.sub, lambda title: marked[title[0]])
    return mark_safe(BETWEEN_TAGS.sub(lambda words: mark(words[0]), html))


def territorial(language: str) -> str:
    """Return a language as sharing sites write it, with a territory: ``fr_FR``, ``en_GB``."""
    locale = to_locale(language)
    return locale if "_" in locale else f"{locale}_{TERRITORIES.get(locale, locale.upper())}"


def translations_column() -> Subquery:
    """Return the column that tells of the live translations of a page: `translations_told` reads it.

    Read with the page, it spares a query.
    """
    others = Page.objects.order_by().filter(
        translation_key=OuterRef("translation_key"), live=True, alias_of__isnull=True
    )
    told = Concat(
        *(Cast("pk", CharField()), Value(BETWEEN_FIELDS)),
        *(F("locale__language_code"), Value(BETWEEN_FIELDS)),
        *(F("path"), Value(BETWEEN_FIELDS), F("url_path")),
        output_field=CharField(),
    )
    return Subquery(
        others.exclude(pk=OuterRef("pk"))
        .values("translation_key")
        .annotate(told=StringAgg(told, Value(BETWEEN_PAGES)))
        .values("told")
    )


def translations_told(column: str | None, request) -> list[Translation]:
    """Return the translations that anybody may see, as `translations_column` tells of them."""
    rows = [row.split(BETWEEN_FIELDS) for row in (column or "").split(BETWEEN_PAGES) if row]
    hidden = tuple(restricted_paths()) if rows else ()
    return sorted(
        Translation(language, Page(pk=pk, path=path, url_path=url_path).get_url(request))
        for pk, language, path, url_path in rows
        if not path.startswith(hidden)
    )


def translations_of(page: Page, request) -> list[Translation]:
    """Return the translations of `page` that anybody may see."""
    if not hasattr(page, "translations_read"):
        found = Page.objects.filter(publicly_visible(), translation_key=page.translation_key)
        found = found.filter(alias_of__isnull=True).exclude(pk=page.pk).select_related("locale")
        page.translations_read = sorted(
            Translation(other.locale.language_code, other.get_url(request)) for other in found
        )
    return page.translations_read


def choices(request, page=None) -> list[Choice]:
    """Return the same address in each language: that of the translation of `page` where there is one.

    Elsewhere it is made from the address asked for; it leads to a page that says what exists.
    """
    here, known = request.get_full_path(), {}
    if getattr(request, "is_preview", False):
        return []
    if page and page.pk:
        known = dict(translations_of(page, request)) if page.live else {}
    with override(get_language()):
        found = [
            Choice(
                code,
                get_language_info(code)["name_local"].capitalize(),
                here if code == get_language() else known.get(code) or translate_url(here, code),
            )
            for code, _name in settings.LANGUAGES
        ]
    # An address that is the same in all of them, as that of a review link, is in one language only.
    return found if len({choice.url for choice in found}) > 1 else []


def twins(pks, locale_id: int) -> dict[int, int]:
    """Return, by the key of each of these pages, that of its translation in a language, where there is one.

    In the first language, what is chosen is taken as it is: it costs no query.
    """
    if get_language() == settings.LANGUAGE_CODE:
        return {pk: pk for pk in pks}
    originals = Page.objects.filter(pk__in=[pk for pk in pks if pk]).values("translation_key")
    rows = Page.objects.filter(translation_key__in=originals, alias_of__isnull=True)
    rows = list(rows.order_by("pk").values_list("pk", "translation_key", "locale"))
    here = {key: pk for pk, key, locale in rows if locale == locale_id}
    return {pk: here[key] for pk, key, _locale in rows if key in here}
