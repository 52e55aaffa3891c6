"""Every address that was public keeps answering: by another page, or by saying that what was there was withdrawn."""

from itertools import batched
from typing import NamedTuple

from django.db import transaction
from django.db.models.signals import pre_delete
from wagtail.contrib.redirects.models import Redirect
from wagtail.log_actions import log
from wagtail.models import Page
from wagtail.signals import page_published, page_unpublished

from editorial.models import WithdrawnAddress
from editorial.models.withdrawal import LONGEST_PATH
from portal.visibility import publicly_visible, restricted_paths

LONGEST = Redirect._meta.get_field("old_path").max_length
BATCH = 200  # rows of a statement: Wagtail compares as many as there are, more than SQLite can


class Address(NamedTuple):
    """Where a page is: the key of the site, and the path on it as redirects keep it."""

    site: int
    path: str


def address_of(page: Page) -> Address | None:
    """Return the address of `page`, None where it is on no site."""
    parts = page.get_url_parts()
    return parts and Address(parts[0], Redirect.normalise_path(parts[2]))


def path_of(page: Page) -> str | None:
    address = address_of(page)
    return address and address.path


def lead(addresses: dict[Address, Page]) -> None:
    """Have each of these addresses lead to its page from now on.

    One that is longer than a redirect may be is remembered with its page, which leads there too.
    """
    short = {address: page for address, page in addresses.items() if len(address.path) <= LONGEST}
    for batch in batched(short.items(), BATCH, strict=False):
        known = Redirect.objects.filter(old_path__in=[address.path for address, _page in batch])
        known.filter(automatically_created=True).delete()
        Redirect.objects.bulk_create(
            [
                Redirect(
                    site_id=address.site,
                    old_path=address.path,
                    redirect_page_id=page.pk,
                    automatically_created=True,
                )
                for address, page in batch
            ],
            ignore_conflicts=True,
        )
    for address in addresses.keys() - short.keys():
        _remember({address.path}, page=Page(pk=addresses[address].pk))


@transaction.atomic
def withdraw(page: Page, user, *, reason: str, leads_to: Page | None = None) -> None:
    """Unpublish `page`; its address leads to `leads_to`, or says that it was withdrawn."""
    page.unpublish(user=user, log_action=False)
    if leads_to and (address := address_of(page)):
        lead({address: leads_to})
    data = {"reason": reason, "leads_to": leads_to.title if leads_to else ""}
    log(instance=page.specific, action="editorial.withdraw", user=user, data=data)


def remember_unpublished(instance, **kwargs) -> None:
    """A page was unpublished, whoever or whatever did it."""
    if _is_for_everybody(instance):
        _remember({path_of(instance)}, page=Page(pk=instance.pk))


def remember_deleted(instance, **kwargs) -> None:
    """A page is being deleted: its address, and those that led to it, would answer nothing any more."""
    known = WithdrawnAddress.objects.filter(page=instance.pk)
    was_public = instance.live or known.exists()
    if was_public and _is_for_everybody(instance):
        led_to_it = Redirect.objects.filter(redirect_page=instance.pk)
        paths = {path.partition("?")[0] for path in led_to_it.values_list("old_path", flat=True)}
        _remember({path_of(instance), *paths} if instance.live else paths, page=None)


def forget_redirect(instance, **kwargs) -> None:
    """A page that is published again needs no address to lead elsewhere in its place."""
    _leading_away(instance).delete()


def is_led_away(page: Page) -> bool:
    """Whether the address of `page` leads to another page in its place."""
    return _leading_away(page).exists()


def _leading_away(page: Page):
    made_by_withdrawal = Redirect.objects.filter(automatically_created=True)
    return made_by_withdrawal.filter(old_path=path_of(page))


def forget_moves(page: Page) -> None:
    """Keep no redirect to a page that nobody may read: it would tell the address of a draft."""
    if not page.live:
        Redirect.objects.filter(redirect_page=page.pk, automatically_created=True).delete()


def withdrawn_from(path: str) -> WithdrawnAddress | None:
    """Return what was withdrawn from `path`, as in a request."""
    if "\0" in path:  # which PostgreSQL refuses
        return None
    normal = Redirect.normalise_path(path)
    return WithdrawnAddress.objects.filter(path=normal).first()


def now_at(address: WithdrawnAddress) -> str | None:
    """Return the address at which anybody may read the page that was withdrawn from `address`, if there is one."""
    page = Page.objects.filter(publicly_visible(), pk=address.page_id).first()
    return page and page.url if page and path_of(page) != address.path else None


def _is_for_everybody(page: Page) -> bool:
    return not any(page.path.startswith(path) for path in restricted_paths())


def _remember(paths: set, page: Page | None) -> None:
    WithdrawnAddress.objects.bulk_create(
        [
            WithdrawnAddress(path=path, page=page)
            for path in paths
            if path and len(path) <= LONGEST_PATH
        ],
        update_conflicts=True,
        unique_fields=["path"],
        update_fields=["page", "withdrawn_at"],
    )


def connect_signals() -> None:
    page_unpublished.connect(remember_unpublished)
    page_published.connect(forget_redirect)
    pre_delete.connect(remember_deleted, sender=Page)
