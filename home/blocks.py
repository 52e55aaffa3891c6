from collections.abc import Iterator
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class NavigationLink(NamedTuple):
    text: str
    href: str


def links_of(raw_links, pages) -> Iterator[NavigationLink]:
    """Yield the links of a stored list; those to a page that is not among `pages` are left out.

    The stored values are read rather than the blocks, which would read the pages of each list apart.
    """
    for link in raw_links:
        value = link["value"]
        if value.get("page") is None:
            yield NavigationLink(value["label"], value["url"])
        elif page := pages.get(value["page"]):
            yield NavigationLink(value["label"] or page.title, page.url)


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
