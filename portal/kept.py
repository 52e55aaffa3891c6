"""Small lists kept ready in the cache between two changes of what they are read from."""

from django.core.cache import cache
from django.db import transaction
from django.db.models.signals import post_delete, post_save
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

# A change is seen at once by the processes that share the cache, by others after this.
SECONDS = 60


def kept_ready(key: str, read):
    """Return what `read` gives, which is never None, kept under `key` until it is forgotten."""
    value = cache.get(key)
    if value is None:
        value = read()
        cache.set(key, value, SECONDS)
    return value


def forget(*keys: str) -> None:
    """Have what is kept under these keys read again: what it is made of has changed."""
    cache.delete_many(keys)
    # Once more when the change is there for all: another process may have read the old one meanwhile.
    transaction.on_commit(lambda: cache.delete_many(keys))


def forget_when_saved(receiver, *models) -> None:
    """Call `receiver` when something of these models is saved or deleted."""
    for model in models:
        post_save.connect(receiver, sender=model)
        post_delete.connect(receiver, sender=model)


def forget_when_pages_change(receiver) -> None:
    """Call `receiver` when a page changes its address, or who may see it."""
    forget_when_saved(receiver, Site, PageViewRestriction)
    post_delete.connect(receiver, sender=Page)
    for signal in (page_published, page_unpublished, page_slug_changed, post_page_move):
        signal.connect(receiver)
