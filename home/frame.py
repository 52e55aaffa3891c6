"""What surrounds every page — name, navigation, footer — kept ready between two changes."""

from typing import NamedTuple

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.template.loader import render_to_string
from django.utils.translation import get_language
from wagtail.images.shortcuts import get_rendition_or_not_found
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from home.blocks import NavigationLink
from home.models import SiteSettings

# A change is seen at once by the processes that share the cache, by others after this.
SECONDS = 60


class Frame(NamedTuple):
    name: str
    logo: str
    main_links: list[NavigationLink]
    footer: str


def frame_of(site: Site) -> Frame:
    """Return the frame of the pages of `site`, in the language of the moment."""
    key = _key(site.pk, get_language())
    frame = cache.get(key)
    if frame is None:
        frame = _read(SiteSettings.for_site(site))
        cache.set(key, frame, SECONDS)
    return frame


def _read(site_settings: SiteSettings) -> Frame:
    return Frame(
        name=site_settings.name,
        logo=site_settings.logo
        and get_rendition_or_not_found(site_settings.logo, "max-120x60|format-webp").img_tag(
            {"alt": ""}
        ),
        main_links=site_settings.main_links,
        footer=render_to_string("portal/footer.html", {"settings": site_settings}),
    )


def _key(site_pk: int, language: str) -> str:
    return f"site-frame-{site_pk}-{language}"


def forget_frames(**kwargs) -> None:
    """Have the frames read again: what they are made of has changed."""
    keys = [
        _key(pk, language)
        for pk in Site.objects.values_list("pk", flat=True)
        for language, _name in settings.LANGUAGES
    ]
    cache.delete_many(keys)
    # Once more when the change is there for all: another process may have read the old one meanwhile.
    transaction.on_commit(lambda: cache.delete_many(keys))


def connect_signals() -> None:
    for model in (SiteSettings, Site, PageViewRestriction):
        post_save.connect(forget_frames, sender=model)
        post_delete.connect(forget_frames, sender=model)
    post_delete.connect(forget_frames, sender=Page)
    for signal in (page_published, page_unpublished, page_slug_changed, post_page_move):
        signal.connect(forget_frames)
