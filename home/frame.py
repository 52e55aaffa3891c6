"""What surrounds every page — name, navigation, footer — kept ready between two changes."""

from typing import NamedTuple

from django.core.cache import cache
from django.db import transaction
from django.db.models.signals import post_delete, post_save
from wagtail.images.shortcuts import get_rendition_or_not_found
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.rich_text import expand_db_html
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from home.blocks import NavigationLink
from home.models import SiteSettings

# A change is seen at once by the processes that share the cache, by others after this.
SECONDS = 60


class Frame(NamedTuple):
    name: str
    logo: str
    address: str
    email: str
    phone: str
    footer: str
    main_links: list[NavigationLink]
    footer_links: list[NavigationLink]
    social: list[NavigationLink]


def frame_of(site: Site) -> Frame:
    """Return the frame of the pages of `site`."""
    key = _key(site.pk)
    frame = cache.get(key)
    if frame is None:
        frame = _read(SiteSettings.for_site(site))
        cache.set(key, frame, SECONDS)
    return frame


def _read(settings: SiteSettings) -> Frame:
    return Frame(
        name=settings.name,
        logo=settings.logo
        and get_rendition_or_not_found(settings.logo, "max-120x60|format-webp").img_tag(
            {"alt": ""}
        ),
        address=settings.address,
        email=settings.email,
        phone=settings.phone,
        footer=expand_db_html(settings.footer),
        main_links=settings.main_links,
        footer_links=settings.footer_links,
        social=[
            NavigationLink(block.value["label"], block.value["url"]) for block in settings.social
        ],
    )


def _key(site_pk: int) -> str:
    return f"site-frame-{site_pk}"


def forget_frames(**kwargs) -> None:
    """Have the frames read again: what they are made of has changed."""
    keys = [_key(pk) for pk in Site.objects.values_list("pk", flat=True)]
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
