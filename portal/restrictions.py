"""A page is closed in all its languages or in none: who was refused a text must not read it in another language."""

from django.db.models.signals import m2m_changed, post_delete, post_save
from wagtail.actions.copy_for_translation import CopyPageForTranslationAction
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import copy_for_translation_done, post_page_move
from wagtail_localize.models import TranslationSource

from portal.publication import is_migrated


def follow_restriction(instance, **kwargs) -> None:
    """A page was closed, or closed otherwise: so are its translations."""
    for other in _in_other_languages(instance.page):
        _close_as(other, instance)


def follow_groups(instance, action, **kwargs) -> None:
    if action.startswith("post_") and isinstance(instance, PageViewRestriction):
        follow_restriction(instance)


def follow_opening(instance, origin, **kwargs) -> None:
    """A page was opened again: so are its translations, unless it is gone itself."""
    if getattr(origin, "model", type(origin)) is not PageViewRestriction:
        return
    for other in _in_other_languages(instance.page):
        if restriction := _of(other):
            restriction.delete()


def follow_copy(source_obj, target_obj, **kwargs) -> None:
    """A page was copied to be translated: its copy is as closed as it is."""
    _close_below(target_obj, source_obj)


def follow_move(instance, **kwargs) -> None:
    """A page was moved: its translations are as closed as it is now, and it as its source."""
    source = TranslationSource.objects.filter(object=instance.translation_key).first()
    for other in _in_other_languages(instance):
        if source and source.locale_id == other.locale_id:
            _close_below(instance, other)
        else:
            _close_below(other, instance)


def restrict_translations(using="default", **kwargs) -> None:
    """Close what was translated before this rule was there."""
    if is_migrated(using):
        for restriction in PageViewRestriction.objects.select_related("page").order_by("pk"):
            follow_restriction(restriction)


def _in_other_languages(page):
    return Page.objects.filter(translation_key=page.translation_key).exclude(pk=page.pk)


def _of(page) -> PageViewRestriction | None:
    """What closes `page` itself: the admin gives it one at most."""
    return page.view_restrictions.order_by("pk").first()


def _close_as(page, restriction: PageViewRestriction) -> None:
    """Have `page` itself be closed as `restriction` says."""
    mine = _of(page) or PageViewRestriction(page=page)
    wanted = {"restriction_type": restriction.restriction_type, "password": restriction.password}
    if mine.pk is None or any(getattr(mine, name) != value for name, value in wanted.items()):
        for name, value in wanted.items():
            setattr(mine, name, value)
        mine.save()
    mine.groups.set(restriction.groups.all())


def _close_below(page, model) -> None:
    """Close `page` by what closes `model`, itself or by a section above it, unless the translation of that section does."""
    closing = model.get_view_restrictions().select_related("page").order_by("-page__depth")
    above = Page.objects.ancestor_of(page)
    for restriction in closing:
        if not above.filter(translation_key=restriction.page.translation_key).exists():
            _close_as(page, restriction)
            return


def connect_signals() -> None:
    # After what writes the search anew, which these saves call in their turn.
    post_save.connect(follow_restriction, sender=PageViewRestriction)
    post_delete.connect(follow_opening, sender=PageViewRestriction)
    m2m_changed.connect(follow_groups, sender=PageViewRestriction.groups.through)
    copy_for_translation_done.connect(follow_copy, sender=CopyPageForTranslationAction)
    post_page_move.connect(follow_move)
