"""What surrounds every page — name, navigation, footer — kept ready between two changes."""

from typing import NamedTuple

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.images.shortcuts import get_rendition_or_not_found
from wagtail.models import Site

from home.accessibility import read_audit
from home.blocks import NavigationLink
from home.models import SiteSettings
from portal.kept import forget, forget_when_pages_change, forget_when_saved, kept_ready


class Frame(NamedTuple):
    name: str
    logo: str
    main_links: list[NavigationLink]
    footer: str


def frame_of(site: Site) -> Frame:
    """Return the frame of the pages of `site`, in the language of the moment."""
    return kept_ready(_key(site.pk, get_language()), lambda: _read(SiteSettings.for_site(site)))


def _read(site_settings: SiteSettings) -> Frame:
    return Frame(
        name=site_settings.name,
        logo=site_settings.logo
        and get_rendition_or_not_found(site_settings.logo, "max-120x60|format-webp").img_tag(
            {"alt": ""}
        ),
        main_links=site_settings.main_links,
        footer=render_to_string(
            "portal/footer.html", {"settings": site_settings, "links": _footer_links(site_settings)}
        ),
    )


def _footer_links(site_settings: SiteSettings) -> list[NavigationLink]:
    """The links of the editors, then those that every page has: search, site map, state of accessibility."""
    state = _("Accessibility: %(level)s") % {"level": read_audit().level.label}
    always = [
        NavigationLink(_("Search"), reverse("search:page")),
        NavigationLink(_("Site map"), reverse("home:site_map")),
        NavigationLink(state, reverse("home:accessibility")),
    ]
    taken = {link.href for link in always}
    return [link for link in site_settings.footer_links if link.href not in taken] + always


def _key(site_pk: int, language: str) -> str:
    return f"site-frame-{site_pk}-{language}"


def forget_frames(**kwargs) -> None:
    sites = Site.objects.values_list("pk", flat=True)
    forget(*(_key(pk, language) for pk in sites for language, _name in settings.LANGUAGES))


def connect_signals() -> None:
    forget_when_saved(forget_frames, SiteSettings)
    forget_when_pages_change(forget_frames)
