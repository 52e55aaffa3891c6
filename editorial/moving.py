"""Articles go from one house to another: their former addresses lead to the new ones.

In batches: Wagtail's own move asks eighty queries an article, and that of a section makes all its redirects in one
statement, too long for SQLite. The rows are the same; a test compares them.
"""

from collections import Counter
from itertools import groupby

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext
from wagtail.log_actions import log
from wagtail.models import Locale, Page, Revision, TaskState

from editorial import withdrawal
from editorial.models import ReviewState
from editorial.revisions import fingerprint
from home.frame import forget_frames
from houses.models import House, HousePage
from portal.text import first_free
from search import sources

BATCH = 200  # rows of a statement


def check_can_take(house: House, pages) -> None:
    """Raise a ValidationError where `house` has no page in a language of `pages` to move them to."""
    known = set(house.pages.values_list("locale", flat=True))
    missing = Locale.objects.filter(pk__in={page.locale_id for page in pages} - known)
    if names := [str(locale.get_display_name()) for locale in missing]:
        raise ValidationError(
            gettext("This house has no page in this language: %(language)s.")
            % {"language": ", ".join(names)}
        )


@transaction.atomic
def move_to_house(pages, house: House, user) -> int:
    """Move each of `pages`, with what is below it, below the page of `house` in its language; return how many moved."""
    targets = {page.locale_id: page for page in HousePage.objects.filter(house=house)}
    moved = [page for page in pages if not page.is_child_of(targets[page.locale_id])]
    for locale, together in groupby(sorted(moved, key=_language), _language):
        _move(list(together), targets[locale], user)
    ids = [page.pk for page in _with_those_below(moved)]
    have_reviews_follow(ids, house)
    sources.project_again(ids)
    forget_frames()
    return len(moved)


def have_reviews_follow(page_ids, house: House | None) -> None:
    """Have the reviews that are going on of these pages decided by the people of `house`."""
    reviews = ReviewState.objects.filter(status=TaskState.STATUS_IN_PROGRESS)
    reviews.filter(page__in=page_ids).update(house=house)


def _language(page: Page) -> int:
    return page.locale_id


def _move(pages: list[Page], target: HousePage, user) -> None:
    families = [(page, page.path, _below(page)) for page in pages]
    everything = [each for page, _path, below in families for each in (page, *below)]
    before = {page.pk: withdrawal.address_of(page) for page in everything if page.live}
    parents = _parents(pages)
    _place(pages, target)
    for page, path, below in families:
        _place_below(page, path, below)
    Page.objects.bulk_update(everything, ["path", "depth", "slug", "url_path"], batch_size=BATCH)
    for parent, gone in Counter(parents.values()).items():
        Page.objects.filter(pk=parent.pk).update(numchild=F("numchild") - gone)
    # The address of a draft is told to nobody.
    withdrawal.lead({before[page.pk]: page for page in everything if before.get(page.pk)})
    for page in pages:
        places = {"source": _named(parents[page.pk]), "destination": _named(target)}
        log(instance=page.specific_deferred, action="wagtail.move", user=user, data=places)


def _with_those_below(pages: list[Page]) -> list[Page]:
    return [each for page in pages for each in (page, *_below(page))]


def _below(page: Page) -> list[Page]:
    """Return the pages below `page`, those above first: of an article, its easy version."""
    return list(page.get_descendants()) if page.numchild else []


def _place_below(page: Page, former_path: str, below: list[Page]) -> None:
    """Have the pages below `page` follow it."""
    placed = {page.path: page}
    for each in below:
        each.path = page.path + each.path.removeprefix(former_path)
        each.depth = len(each.path) // each.steplen
        each.set_url_path(placed[each.path[: -each.steplen]])
        placed[each.path] = each


def _parents(pages: list[Page]) -> dict[int, Page]:
    """Return the page above each of `pages`, one object a page above."""
    paths = {page.pk: page.path[: -page.steplen] for page in pages}
    above = {page.path: page for page in Page.objects.filter(path__in=set(paths.values()))}
    return {pk: above[path] for pk, path in paths.items()}


def _place(pages: list[Page], target: HousePage) -> None:
    """Give `pages` their places below `target`, the last ones, and addresses that none has there."""
    parent = Page.objects.select_for_update().get(pk=target.pk)
    taken = set(parent.get_children().values_list("slug", flat=True))
    last = parent.get_last_child()
    path = last._inc_path() if last else Page._get_path(parent.path, parent.depth + 1, 1)
    for page in pages:
        slug = first_free(page.slug, taken.__contains__)
        if slug != page.slug:
            page.slug = slug
            _have_slug_in_drafts(page)
        taken.add(slug)
        page.path, page.depth = path, parent.depth + 1
        page.set_url_path(parent)
        path = page._inc_path()
    Page.objects.filter(pk=parent.pk).update(numchild=F("numchild") + len(pages))


def _have_slug_in_drafts(page: Page) -> None:
    """What is being written of `page`, or will be published, has its new address too."""
    to_come = Q(pk=page.latest_revision_id) | Q(approved_go_live_at__isnull=False)
    for revision in Revision.page_revisions.filter(to_come, object_id=str(page.pk)):
        text = fingerprint(revision.content)
        revision.content["slug"] = page.slug
        revision.save(update_fields=["content"])
        # Nobody wrote anything: a review goes on.
        reviews = ReviewState.objects.filter(page=page.pk, text=text)
        reviews.update(text=fingerprint(revision.content))


def _named(page: Page) -> dict:
    return {"id": page.pk, "title": page.title}
