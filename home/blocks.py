from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class NavigationValue(blocks.StructValue):
    @property
    def href(self) -> str:
        page = self.get("page")
        return page.url if page else self["url"]

    @property
    def text(self) -> str:
        page = self.get("page")
        return self["label"] or (page.title if page else self["url"])


class NavigationBlock(blocks.StructBlock):
    """A link of the navigation: a page of the site, or an address."""

    page = blocks.PageChooserBlock(label=_("Page of the site"), required=False)
    url = blocks.CharBlock(
        label=_("Or an address"),
        required=False,
        help_text=_("Of this site, for example /articles/, or of another: https://…"),
    )
    label = blocks.CharBlock(
        label=_("Text of the link"), required=False, help_text=_("Left empty, the title of the page.")
    )

    class Meta:
        icon = "link"
        label = _("Link")
        value_class = NavigationValue

    def clean(self, value):
        value = super().clean(value)
        if bool(value["page"]) == bool(value["url"]):
            message = ValidationError(_("Choose a page or write an address, one of the two."))
            raise blocks.StructBlockValidationError({"page": message})
        if value["url"] and not value["url"].startswith(("/", "https://", "http://", "mailto:")):
            message = ValidationError(_("An address begins with / or https://."))
            raise blocks.StructBlockValidationError({"url": message})
        if value["url"] and not value["label"]:
            raise blocks.StructBlockValidationError({"label": ValidationError(_("Give the link a text."))})
        return value


class SocialBlock(blocks.StructBlock):
    label = blocks.CharBlock(label=_("Name of the network"))
    url = blocks.URLBlock(label=_("Address"))

    class Meta:
        icon = "globe"
        label = _("Social address")
