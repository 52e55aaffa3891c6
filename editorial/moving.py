"""Articles go from one house to another: their former addresses lead to the new ones."""

from django.db import transaction
from django.db.models import Q
from wagtail.models import Locale, Page, Revision, TaskState

from editorial import withdrawal
from editorial.models import ReviewState
from editorial.revisions import fingerprint
from houses.models import House, HousePage
from portal.text import first_free


def languages_without_page(house: House, pages) -> list[str]:
    """Return the names of the languages of `pages` in which `house` has no page to move them to."""
    known = set(house.pages.values_list("locale", flat=True))
    missing = {page.locale_id for page in pages} - known
    return [str(locale.get_display_name()) for locale in Locale.objects.filter(pk__in=missing)]


@transaction.atomic
def move_to_house(pages, house: House, user) -> int:
    """Move each of `pages` below the page of `house` in its language, and return how many were moved.

    One by one: Wagtail makes the redirects of a whole section in one statement, too long for SQLite.
    """
    targets = {page.locale_id: page for page in HousePage.objects.filter(house=house)}
    moved = [page for page in pages if not page.is_child_of(targets[page.locale_id])]
    for page in moved:
        _move(page, targets[page.locale_id], user)
    reviews = ReviewState.objects.filter(page__in=[page.pk for page in moved])
    reviews.filter(status=TaskState.STATUS_IN_PROGRESS).update(house=house)
    return len(moved)


def _move(page: Page, target: HousePage, user) -> None:
    _free_its_slug(page, target)
    # Read again: each move may change where the others are in the tree.
    Page.objects.get(pk=page.pk).move(Page.objects.get(pk=target.pk), pos="last-child", user=user)
    withdrawal.forget_moves(Page.objects.get(pk=page.pk))


def _free_its_slug(page: Page, target: HousePage) -> None:
    """Give `page` an address that none has below `target`; what is being written of it has it too."""
    below = Page.objects.child_of(target)
    slug = first_free(page.slug, lambda slug: below.filter(slug=slug).exists())
    if slug == page.slug:
        return
    # Only the slug: the address is still the former one, from which the move makes its redirect.
    Page.objects.filter(pk=page.pk).update(slug=slug)
    to_come = Q(pk=page.latest_revision_id) | Q(approved_go_live_at__isnull=False)
    for revision in Revision.page_revisions.filter(to_come, object_id=str(page.pk)):
        before = fingerprint(revision.content)
        revision.content["slug"] = slug
        revision.save(update_fields=["content"])
        # Nobody wrote anything: a review goes on.
        reviews = ReviewState.objects.filter(page=page.pk, text=before)
        reviews.update(text=fingerprint(revision.content))
