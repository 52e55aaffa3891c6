"""A translation on its way to its readers: what is left to translate, and the draft that is submitted to the review.

wagtail-localize keeps the words, piece by piece; what it made of them would be public at once.
"""

from collections import defaultdict
from math import inf

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.actions.convert_alias import ConvertAliasPageAction
from wagtail.coreutils import find_available_slug
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail_localize.models import (
    String,
    StringSegment,
    StringTranslation,
    Translation,
    TranslationLog,
    TranslationSource,
)
from wagtail_localize.strings import StringValue

from articles.models import ArticlePage
from articles.translations import follow_source, has_translations
from editorial.writing.comparing import Change
from portal.text import title_slug

# Made from the title where nobody translates it.
ADDRESS = "slug"


def translation_at(page: Page) -> Translation | None:
    """What keeps the words of `page` where it is translated piece by piece, None where it is written as any other."""
    return (
        Translation.objects.filter(
            source__object=page.translation_key, target_locale=page.locale_id, enabled=True
        )
        .select_related("source__locale", "target_locale")
        .first()
    )


# What is left to do


def _is_said(locale) -> Exists:
    """The condition of a passage of a source that it is translated, without an error, into `locale`."""
    return Exists(
        StringTranslation.objects.filter(
            translation_of=OuterRef("string"),
            context=OuterRef("context"),
            locale=locale,
            has_error=False,
        )
    )


def _is_obsolete() -> Q:
    """The condition of a translated passage that its source says it no more."""
    segments = StringSegment.objects.filter(
        string=OuterRef("translation_of"), context=OuterRef("context")
    )
    return ~Exists(segments) & ~Q(context__path=ADDRESS)


def is_behind(translation_key="translation_key", locale="locale") -> Q:
    """The condition of a page, of which these are the columns, that its translation lacks a passage or keeps one too many."""
    missing = StringSegment.objects.filter(
        ~_is_said(OuterRef(OuterRef(locale))),
        source__object=OuterRef(translation_key),
        source__translations__target_locale=OuterRef(locale),
        source__translations__enabled=True,
    ).exclude(context__path=ADDRESS)
    obsolete = StringTranslation.objects.filter(
        _is_obsolete(),
        context__object=OuterRef(translation_key),
        locale=OuterRef(locale),
        context__object__sources__translations__target_locale=OuterRef(locale),
        context__object__sources__translations__enabled=True,
    )
    return Q(Exists(missing)) | Q(Exists(obsolete))


def missing_passages(translation: Translation):
    """The passages of the source that are not translated yet."""
    passages = StringSegment.objects.filter(
        ~_is_said(translation.target_locale_id), source=translation.source_id
    )
    return passages.exclude(context__path=ADDRESS)


def changes_of(translations) -> dict[int, list[Change]]:
    """What the source of each translation says otherwise than when it was translated, passage by passage; by its pk.

    A passage that was never translated is a new one.
    """
    keys = {translation.pk: translation for translation in translations}
    before, after = defaultdict(list), defaultdict(list)
    contexts, order = {}, {}
    for passage in _missing_of(keys):
        place = passage.translation_id, passage.context_id
        after[place].append(_words(passage.string.data))
        contexts[place] = passage.context
        order.setdefault(place, passage.order)
    for passage in _obsolete_of(keys):
        place = passage.translation_id, passage.context_id
        before[place].append(_words(passage.translation_of.data))
        contexts[place] = passage.context
    changes = {key: [] for key in keys}
    # What was taken out has no place any more: it comes last.
    for place in sorted(contexts, key=lambda place: order.get(place, inf)):
        source = keys[place[0]].source
        changes[place[0]].append(_change(source, contexts[place], before[place], after[place]))
    return changes


def _missing_of(translations):
    said = _is_said(OuterRef("source__translations__target_locale"))
    return (
        StringSegment.objects.filter(source__translations__in=translations)
        .annotate(translation_id=F("source__translations"))
        .filter(~said)
        .exclude(context__path=ADDRESS)
        .select_related("string", "context")
        .order_by("order")
    )


def _obsolete_of(translations):
    translation = "context__object__sources__translations"
    return (
        StringTranslation.objects.filter(
            _is_obsolete(),
            **{f"{translation}__in": translations, "locale": F(f"{translation}__target_locale")},
        )
        .annotate(translation_id=F(translation))
        .select_related("translation_of", "context")
        .order_by("pk")
    )


def _words(data: str) -> str:
    return StringValue(data).render_text()


def _change(source: TranslationSource, context, before: list[str], after: list[str]) -> Change:
    label = _label(source.specific_content_type.model_class(), context)
    if not before:
        return Change(label, _("new"), before, after, "addition")
    if not after:
        return Change(label, _("removed"), before, after, "deletion")
    return Change(label, _("changed"), before, after)


def _label(model, context) -> str:
    """What the form calls the place of a passage: the piece of the text, or the field."""
    name, *inside = (context.field_path or context.path).split(".")
    field = model._meta.get_field(name)
    if isinstance(field, StreamField) and inside and inside[0] in field.stream_block.child_blocks:
        return str(field.stream_block.child_blocks[inside[0]].label)
    return capfirst(field.verbose_name)


# What is made of it


def save_draft(translation: Translation, user=None, publish=False) -> None:
    """Make a draft of what is translated so far, in the source's words where nothing is; the page is made where there is none.

    In the place of `Translation.save_target`: whatever `publish` says, only a review puts online.

    Raises
    ------
    ValidationError: the page may not be so; the passages that are wrong say why.
    """
    try:
        with transaction.atomic():
            _save_draft(translation, user)
    except ValidationError as error:
        _mark_errors(translation, error)
        raise


def _save_draft(translation: Translation, user) -> None:
    source, locale = translation.source, translation.target_locale
    if source.object.get_instance_or_none(locale) is None:
        source.as_instance().copy_for_translation(locale, copy_parents=True)
    page = source.get_translated_instance(locale)
    if page.alias_of_id:
        ConvertAliasPageAction(page, user=user).execute(skip_permission_checks=True)
    draft = _draft_of(translation)
    draft.full_clean()
    if not draft.live:
        draft.save()
    revision = draft.save_revision(user=user, log_action=True)
    TranslationLog.objects.create(source=source, locale=locale, revision=revision)
    if not missing_passages(translation).exists():
        _forget_obsolete(translation)


def _draft_of(translation: Translation) -> Page:
    """The page as it is translated so far, not saved."""
    draft = translation.source.get_ephemeral_translated_instance(
        translation.target_locale, fallback=True
    )
    if isinstance(draft, ArticlePage):
        follow_source(draft, translation.source.get_source_instance())
        if not _is_address_translated(translation):
            draft.slug = title_slug(draft.title) or draft.slug
        draft.slug = find_available_slug(draft.get_parent(), draft.slug, ignore_page_id=draft.pk)
    return draft


def _is_address_translated(translation: Translation) -> bool:
    addresses = StringSegment.objects.filter(source=translation.source_id, context__path=ADDRESS)
    return addresses.filter(_is_said(translation.target_locale_id)).exists()


def _mark_errors(translation: Translation, error: ValidationError) -> None:
    for path, errors in error.error_dict.items():
        for said in StringTranslation.objects.filter(
            context__object=translation.source.object_id,
            context__path=path,
            locale=translation.target_locale_id,
        ):
            said.set_field_error(errors)


def _forget_obsolete(translation: Translation) -> None:
    """A complete draft says nothing that its source does not: what was said before is in the history."""
    StringTranslation.objects.filter(
        _is_obsolete(),
        context__object=translation.source.object_id,
        locale=translation.target_locale_id,
    ).delete()


def forget_words(page: Page, blocks) -> None:
    """Keep nothing of what the pieces with these ids said in `page`, nor in its source, and say no more."""
    places = Q(pk__in=[])
    for block in blocks:
        places |= Q(context__path__contains=f".{block}")
    forgotten = StringTranslation.objects.filter(
        places, _is_obsolete(), context__object=page.translation_key, locale=page.locale_id
    )
    sources = list(forgotten.values_list("translation_of", flat=True))
    forgotten.delete()
    String.objects.filter(
        ~Exists(StringSegment.objects.filter(string=OuterRef("pk"))),
        ~Exists(StringTranslation.objects.filter(translation_of=OuterRef("pk"))),
        pk__in=sources,
    ).delete()


def follow_source_text(sender, instance, **kwargs) -> None:
    """A page was put online: those who translate it are shown the text that it has now."""
    if not has_translations(instance):
        return
    if source := TranslationSource.objects.get_for_instance_or_none(instance):
        source.update_from_db()


def show_title(instance, **kwargs) -> None:
    """Show the translated title of a page in lists as far as there is room: wagtail-localize writes it whole, which PostgreSQL refuses."""
    if instance.context.path == "title":
        room = Page._meta.get_field("draft_title").max_length
        pages = Page.objects.filter(
            translation_key=instance.context.object_id, locale=instance.locale_id
        )
        pages.update(draft_title=instance.data[:room])
