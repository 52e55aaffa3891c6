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
from editorial.translating import forget_words


def may_take_out(user, page: ArticlePage) -> bool:
    """Whether `user` may change what is online without a review: this only ever protects somebody.

    The leads of the house, the network editors and the administrators may; a contributor asks them.
    """
    house = house_of(page)
    return is_of_network(user) or (house is not None and is_lead(user, house))


def in_each_language(page: ArticlePage, removal: Removal) -> list[tuple[ArticlePage, Removal]]:
    """The article with what is taken out of it, and each of its translations with the same."""
    others = ArticlePage.objects.filter(translation_key=page.translation_key, alias_of=None)
    contents = versions(page)
    return [(page, removal)] + [
        (other, removal.in_language(other.locale.language_code, contents))
        for other in others.exclude(pk=page.pk).select_related("locale")
    ]


def versions(page: ArticlePage) -> list[dict]:
    """What is online, and the last version."""
    online = [page.serializable_data()] if page.live else []
    latest = page.get_latest_revision()
    return [*online, latest.content] if latest else online


def planned(page: ArticlePage, removal: Removal) -> tuple[list[Change], list[Change]]:
    """Return what will change in what is online, and in the drafts that wait beside it, in all languages."""
    online, draft = [], []
    for version, its_removal in in_each_language(page, removal):
        if version.live:
            online += its_removal.apply(version.serializable_data())[1]
        if _has_draft(version):
            draft += its_removal.apply(version.get_latest_revision().content)[1]
    return online, draft


@transaction.atomic
def take_out(page: ArticlePage, removal: Removal, *, user, reason: str) -> None:
    """Take `removal` out of the article in all its languages, and put it online again where it was.

    Who did it and why is kept, not from whom.
    """
    for version, its_removal in in_each_language(page, removal):
        _take_out(version, its_removal, user, reason)


def _take_out(page: ArticlePage, removal: Removal, user, reason: str) -> None:
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
            versions_before = in_each_language(consent.page, removal)
            take_out(consent.page, removal, user=user, reason="erased")
            for version, its_removal in versions_before:
                _rewrite_history(version, its_removal)
                forget_words(version, its_removal.covers)
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
