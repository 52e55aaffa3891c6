"""What happens to a page, told to the search: saved, moved, deleted, restricted.

Page types save themselves through `BasePage.save`. Wagtail also saves bare pages (a move, an expiry),
deletes by query and restricts sections: the signals below are for these.
"""

from collections.abc import Iterator
from functools import partial
from itertools import batched

from django.db import connections, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_save
from wagtail.models import COMMENTS_RELATION_NAME, Page, PageViewRestriction, get_page_models
from wagtail.search.tasks import insert_or_update_object_task

from portal.visibility import audience_of, read_restrictions
from search import audience, labels, projection, sources
from search.facets import KINDS
from search.models import SearchDocument

# What Wagtail writes of a page whose draft changes: nothing that a visitor may see.
DRAFT_FIELDS = {
    COMMENTS_RELATION_NAME,
    *("latest_revision", "latest_revision_created_at", "draft_title", "has_unpublished_changes"),
    *("locked", "locked_at", "locked_by", "owner", "expire_at", "go_live_at", "numchild"),
}
BATCH = 100  # pages written at once


def may_change(update_fields) -> bool:
    """Whether what visitors see may change when these fields are saved, all of them where it is None."""
    return update_fields is None or not DRAFT_FIELDS.issuperset(update_fields)


@transaction.atomic
def project(page) -> None:
    """Write what may be found of a saved page, and the new addresses below it where it has moved."""
    audience.hold()
    before = projection.url_of(page.pk)
    document = _document_of(page)
    if document:
        projection.write([document])
    else:
        projection.withdraw([page.pk])
    if page.numchild and before != (document.url if document else None):
        project_section(page, itself=False)


@transaction.atomic
def project_many(pages) -> int:
    """Write what may be found of `pages`, each read as its type; return how many changed."""
    audience.hold()
    documents = [_document_of(page) for page in pages]
    return projection.write(document for document in documents if document)


def _document_of(page) -> SearchDocument | None:
    """Return what may be found of a page, as its type tells it."""
    if not page.live:  # it may be half deleted
        return None
    page = page.specific
    return page.search_document() if hasattr(page, "search_document") else None


def searchable_documents(ids=None) -> Iterator[list[SearchDocument]]:
    """Give, in batches, what may be found of all the published pages, or of those with some `ids`."""
    pages = Page.objects.filter(live=True).order_by("pk")
    if ids is not None:
        pages = pages.filter(pk__in=list(ids))
    for batch in batched(pages.specific().iterator(chunk_size=BATCH), BATCH, strict=False):
        yield list(filter(None, map(_document_of, batch)))


def project_section(section, *, itself: bool = True) -> int:
    """Write anew who may find the pages of a `section`, and at what address; return how many changed."""
    pages = Page.objects.filter(path__startswith=section.path).order_by("path")
    if not itself:
        pages = pages.exclude(pk=section.pk)
    ids = list(pages.values_list("pk", flat=True))
    return sum(_place_again(batch, section) for batch in batched(ids, BATCH, strict=False))


@transaction.atomic
def _place_again(ids, section) -> int:
    """Write anew the pages of a `section` with these `ids`, as they are once nobody else writes them."""
    projection.locked(ids)
    known, restrictions = projection.documents(ids), read_restrictions()
    documents = []
    for page in Page.objects.filter(pk__in=ids):
        _place_below(page, section)
        if page.pk in known:
            documents.append(_replaced(known[page.pk], page, restrictions))
        else:
            documents.append(_document_of(page))
    found = [document for document in documents if document]
    changed = projection.write(found)
    return changed + projection.withdraw(set(ids) - {document.pk for document in found})


def _place_below(page, section) -> None:
    """Give `page` its address below `section`: during a move, those below still have the old one."""
    if steps := page.depth - section.depth:
        slugs = page.url_path.strip("/").split("/")[-steps:]
        page.url_path = section.url_path + "/".join(slugs) + "/"


def _replaced(document: SearchDocument, page, restrictions) -> SearchDocument | None:
    """Return the document of a page of which only the address and the audience may have changed."""
    document.url, document.audience = page.url or "", audience_of(page, restrictions)
    return document if page.live and document.audience is not None else None


def page_saved(instance, update_fields=None, raw=False, **kwargs) -> None:
    """A bare page was saved: its type, which knows what may be found of it, is read."""
    if may_change(update_fields) and not raw:
        # Read again: what its type was before may be remembered with it.
        page = Page.objects.get(pk=instance.pk)
        project(page)
        if page.numchild:
            project_section(page, itself=False)


def page_deleted(instance, **kwargs) -> None:
    projection.withdraw([instance.pk])


def find_in_admin(page) -> None:
    """Have the admin's search read `page` once this transaction is over: its relations are saved by then."""
    options = page._meta
    transaction.on_commit(
        partial(
            insert_or_update_object_task.enqueue,
            options.app_label,
            options.model_name,
            str(page.pk),
        )
    )


def hide_before_restriction(instance, **kwargs) -> None:
    """Take a section out before it is restricted: at no moment is it both restricted and found."""
    below = Page.objects.filter(path__startswith=instance.page.path)
    with transaction.atomic():
        audience.hold(to_change=True)
        for batch in batched(below.values_list("pk", flat=True), BATCH, strict=False):
            projection.withdraw(batch)


def restriction_changed(instance, **kwargs) -> None:
    with transaction.atomic():
        audience.hold(to_change=True)  # what is being published is seen from here on
    if page := Page.objects.filter(pk=instance.page_id).first():
        project_section(page)


def groups_changed(instance, action, **kwargs) -> None:
    if action.startswith("post_") and isinstance(instance, PageViewRestriction):
        restriction_changed(instance)


def is_migrated(using: str) -> bool:
    """Whether no migration is left to do: all tables are as the code has them."""
    executor = MigrationExecutor(connections[using])
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def publish_what_migrations_made(using="default", **kwargs) -> None:
    """Have the pages and the labels found that are there once all is migrated and that nobody has saved since."""
    if not is_migrated(using):
        return
    for label in labels.misnamed(sources.labels()):
        labels.name(label)
    known = SearchDocument.objects.values_list("pk", flat=True)
    missing = Page.objects.filter(live=True).exclude(pk__in=known).order_by("pk")
    for batch in batched(missing.specific().iterator(chunk_size=BATCH), BATCH, strict=False):
        project_many(batch)


def name_kinds() -> None:
    """Give the search the names of the types of pages that it finds."""
    for model in get_page_models():
        if getattr(model, "search_kind", ""):
            KINDS[model.search_kind] = model.search_name or model._meta.verbose_name_plural


def connect_signals() -> None:
    sources.DOCUMENTS.append(searchable_documents)
    # Only of bare pages: those of a type project themselves once their relations are saved too.
    post_save.connect(page_saved, sender=Page)
    post_delete.connect(page_deleted, sender=Page)
    pre_save.connect(hide_before_restriction, sender=PageViewRestriction)
    post_save.connect(restriction_changed, sender=PageViewRestriction)
    post_delete.connect(restriction_changed, sender=PageViewRestriction)
    m2m_changed.connect(groups_changed, sender=PageViewRestriction.groups.through)
