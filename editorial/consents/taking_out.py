"""Passages taken out of an article: of what is online, at once, and of the draft, which keeps all its other changes."""

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import Revision

from articles.models import ArticlePage
from editorial.consents.removal import Change, Removal
from editorial.models import Consent, Mail
from editorial.people import house_of, is_lead, is_of_network
from editorial.review import foresee
from editorial.revisions import writer_of


def may_take_out(user, page: ArticlePage) -> bool:
    """Whether `user` may change what is online without a review: this only ever protects somebody.

    The leads of the house, the network editors and the administrators may; a contributor asks them.
    """
    house = house_of(page)
    return is_of_network(user) or (house is not None and is_lead(user, house))


def planned(page: ArticlePage, removal: Removal) -> tuple[list[Change], list[Change]]:
    """Return what will change in what is online, and in the draft that waits beside it."""
    online = removal.apply(page.serializable_data())[1] if page.live else []
    draft = removal.apply(page.get_latest_revision().content)[1] if _has_draft(page) else []
    return online, draft


@transaction.atomic
def take_out(page: ArticlePage, removal: Removal, *, user, reason: str) -> None:
    """Take `removal` out of the article and put it online again; who did it and why is kept, not from whom."""
    page = ArticlePage.objects.select_for_update().get(pk=page.pk)
    draft = page.get_latest_revision() if _has_draft(page) else None
    scheduled = list(page.revisions.filter(approved_go_live_at__isnull=False))
    is_republished = page.live and _republish(page, removal, user)
    page = ArticlePage.objects.get(pk=page.pk)
    kept = {}
    if draft and (is_republished or removal.apply(draft.content)[1]):
        kept = {draft.pk: _keep_draft(page, draft, removal)}
    page.revisions.update(approved_go_live_at=None)
    for revision in scheduled:
        _plan_again(revision, kept.get(revision.pk, revision), removal)
    log(instance=page, action="editorial.take_out", user=user, data={"reason": reason})


def _has_draft(page) -> bool:
    return not page.live or page.has_unpublished_changes


def _republish(page, removal, user) -> bool:
    """Publish what is online without the passage, whatever its draft has become; return whether it had it."""
    content, changes = removal.apply(page.serializable_data())
    if changes:
        version = page.with_content_json(content)
        foresee(version)
        revision = version.save_revision(user=user, clean=False)
        revision.publish(user=user, skip_permission_checks=True)
    return bool(changes)


def _keep_draft(page, draft: Revision, removal) -> Revision:
    """Write the draft anew, in its writer's name, so that it comes after what was just put online."""
    version = page.with_content_json(removal.apply(draft.content)[0])
    foresee(version)
    return version.save_revision(user=writer_of(draft), clean=False)


def _plan_again(before: Revision, revision: Revision, removal) -> None:
    """What was to go online later still is, without the passage."""
    revision.content = removal.apply(revision.content)[0]
    revision.approved_go_live_at = before.approved_go_live_at
    revision.save(update_fields=["content", "approved_go_live_at"])


@transaction.atomic
def erase(consents, *, user, with_passages: bool, words: str = "") -> None:
    """Forget a person: their name and proof in the register, and where asked what all versions say of them."""
    for consent in consents:
        if with_passages:
            removal = Removal(consent.person_key, frozenset(consent.covers), words=words)
            take_out(consent.page, removal, user=user, reason="erased")
            _rewrite_history(consent.page, removal)
        _forget(consent)
        log(instance=consent.page, action="editorial.consent.erase", user=user)


def _rewrite_history(page, removal) -> None:
    for revision in page.revisions.iterator():
        content, changes = removal.apply(revision.content)
        if changes:
            revision.content = content
            revision.save(update_fields=["content"])


def _forget(consent: Consent) -> None:
    Mail.objects.filter(event__startswith=f"consent:{consent.pk}:").delete()
    consent.proof.delete(save=False)
    consent.person = consent.role = consent.reference = consent.note = ""
    consent.covers = []
    consent.erased_on = timezone.localdate()
    consent.save()
