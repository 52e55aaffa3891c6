"""Whether two versions of a page say the same, and who wrote what one of them says."""

import hashlib
import json

from wagtail.models import Revision

# What the software keeps beside the text: it changes with every save, a plan or a move.
KEPT_BY_SOFTWARE = {
    *("pk", "path", "depth", "numchild", "url_path", "content_type", "owner"),
    *("live", "expired", "live_revision", "latest_revision", "latest_revision_created_at"),
    *("has_unpublished_changes", "first_published_at", "last_published_at", "draft_title"),
    *("go_live_at", "expire_at", "locked", "locked_at", "locked_by", "alias_of"),
    *("wagtail_admin_comments", "page", "content_object"),
}
FAR_ENOUGH = 50  # versions


def fingerprint(content: dict) -> str:
    """Return what is equal for two versions that say the same, from the content of a revision."""
    return hashlib.sha256(json.dumps(_text(content), sort_keys=True).encode()).hexdigest()


def _text(value):
    if isinstance(value, dict):
        return {key: _text(each) for key, each in value.items() if key not in KEPT_BY_SOFTWARE}
    if isinstance(value, list):
        return [_text(each) for each in value]
    return value


def newest(page) -> Revision:
    """The last version of `page`; Wagtail's own is known to the page only once the page is saved."""
    return _of(page).first()


def _of(page):
    return Revision.page_revisions.filter(object_id=str(page.pk)).order_by("-created_at", "-id")


def writer_of(revision: Revision):
    """Who made the last change of what `revision` says: saving without a change is not writing."""
    text = fingerprint(revision.content)
    earlier = _of(revision.content_object).filter(created_at__lt=revision.created_at)
    writer = revision.user
    for before in earlier.select_related("user")[:FAR_ENOUGH].iterator(chunk_size=2):
        if fingerprint(before.content) != text:
            break
        writer = before.user
    return writer
