from collections.abc import Iterator
from typing import NamedTuple

from django.conf import settings
from django.core.exceptions import ValidationError
from django.urls import translate_url
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.models import Page

from portal.fields import other_languages
from portal.languages import locale_of
from portal.visibility import publicly_visible


class NavigationLink(NamedTuple):
    text: str
    href: str
    # Of the text, where it is not that of the moment.
    language: str = ""


def pages_of(raw_links) -> dict[int, Page]:
    """Return the pages that stored links lead to, by the key that is stored, those that visitors may see.

    In the language of the moment where there is a translation.
    """
    ids = {link["value"].get("page") for link in raw_links} - {None}
    pages = Page.objects.filter(publicly_visible(), pk__in=ids).in_bulk()
    if get_language() == settings.LANGUAGE_CODE or not pages:
        return pages
    keys = [page.translation_key for page in pages.values()]
    translated = Page.objects.filter(publicly_visible(), translation_key__in=keys)
    here = {
        page.translation_key: page
        for page in translated.filter(alias_of__isnull=True, locale=locale_of(get_language()))
    }
    return {pk: here.get(page.translation_key, page) for pk, page in pages.items()}


def links_of(raw_links, pages) -> Iterator[NavigationLink]:
    """Yield the links of a stored list; those to a page that is not among `pages` are left out.

    The stored values are read rather than the blocks, which would read the pages of each list apart.
    """
    for link in raw_links:
        value = link["value"]
        page = pages.get(value.get("page"))
        if page or value.get("page") is None:
            text, language = _text_of(value, page)
            yield NavigationLink(text, page.url if page else address_here(value["url"]), language)


def _text_of(value: dict, page) -> tuple[str, str]:
    """Return what a link says, in the language of the moment where it can, and the language if it cannot."""
    here = get_language()
    if here == settings.LANGUAGE_CODE:
        return value["label"] or page.title, ""
    if text := (value.get("label_translations") or {}).get(here):
        return text, ""
    if page and page.locale.language_code == here:
        return page.title, ""
    return value["label"] or page.title, settings.LANGUAGE_CODE


def address_here(url: str) -> str:
    """Return an address of the site, written in its first language, in that of the moment."""
    here = get_language()
    if here == settings.LANGUAGE_CODE or not url.startswith("/"):
        return url
    with override(settings.LANGUAGE_CODE):
        return translate_url(url, here)


class TranslationsBlock(blocks.StructBlock):
    """A short text in the site's other languages: one more in the settings asks for no migration."""

    def __init__(self, **kwargs):
        self._options = kwargs
        texts = [
            (code, blocks.CharBlock(label=name, required=False, max_length=100))
            for code, name in other_languages()
        ]
        super().__init__(texts, **kwargs)

    @classmethod
    def construct_from_lookup(cls, lookup, **kwargs):
        return cls(**kwargs)

    def deconstruct(self):
        return "home.blocks.TranslationsBlock", [], self._options

    def deconstruct_with_lookup(self, lookup):
        return self.deconstruct()


class NavigationBlock(blocks.StructBlock):
    """A link of the navigation: a page of the site, or an address."""

    page = blocks.PageChooserBlock(label=_("Page of the site"), required=False)
    url = blocks.CharBlock(
        label=_("Or an address"),
        required=False,
        help_text=_("Of this site, for example /articles/, or of another: https://…"),
    )
    label = blocks.CharBlock(
        label=_("Text of the link"),
        required=False,
        help_text=_("Left empty, the title of the page."),
    )
    label_translations = TranslationsBlock(
        label=_("Text of the link in the other languages"),
        help_text=_("Left empty, the title of the page in that language, if it has one."),
    )

    class Meta:
        icon = "link"
        label = _("Link")

    def clean(self, value):
        value = super().clean(value)
        if bool(value["page"]) == bool(value["url"]):
            message = ValidationError(_("Choose a page or write an address, one of the two."))
            raise blocks.StructBlockValidationError({"page": message})
        if value["url"] and not value["url"].startswith(("/", "https://", "http://", "mailto:")):
            message = ValidationError(_("An address begins with / or https://."))
            raise blocks.StructBlockValidationError({"url": message})
        if value["url"] and not value["label"]:
            raise blocks.StructBlockValidationError(
                {"label": ValidationError(_("Give the link a text."))}
            )
        return value


class SocialBlock(blocks.StructBlock):
    label = blocks.CharBlock(label=_("Name of the network"))
    url = blocks.URLBlock(label=_("Address"))

    class Meta:
        icon = "globe"
        label = _("Social address")
