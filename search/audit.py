"""Whether what is published, the projection, the index in the database and that of the engine agree."""

from collections.abc import Iterator
from itertools import batched

from django.conf import settings
from django.db import transaction

from search import labels, outbox, projection, sources
from search.comparison import Difference, compare, mend
from search.engines import indices
from search.impacts import analyse
from search.models import LONGEST_VALUE, DocumentText, FacetEntry, Posting, SearchDocument

BATCH = 100  # documents compared, or mended in one transaction, at once


def audit(*, repair: bool = False) -> Iterator[str]:
    """Tell each difference, mended as it goes where `repair` says so."""
    yield from _index_of_database(repair)
    yield from _pages(repair)
    yield from _labels(repair)
    if settings.SEARCH_URL:
        for language in indices.languages():
            yield from _engine(language, repair)


# -- What is published, and the projection -----------------------------------------------------------------------------


def _pages(repair: bool) -> Iterator[str]:
    left = set(SearchDocument.objects.present().values_list("pk", flat=True))
    wrong = []
    for documents in sources.documents():
        known = SearchDocument.objects.present().in_bulk([doc.pk for doc in documents])
        left -= {document.pk for document in documents}
        for document in documents:
            if document.pk not in known:
                yield f"{document.pk} {document.title}: published, not in the projection."
            elif known[document.pk].digest != projection.digest_of(document):
                yield f"{document.pk} {document.title}: not in the projection as it is published."
            else:
                continue
            wrong.append(document.pk)
    # What was published while we looked is no difference.
    left -= {document.pk for documents in sources.documents(left) for document in documents}
    for pk in sorted(left):
        yield f"{pk}: in the projection, not published."
    if repair:
        sources.project_again([*wrong, *left])


# -- The projection, and the index inside the database -----------------------------------------------------------------


def _index_of_database(repair: bool) -> Iterator[str]:
    ids = set(SearchDocument.objects.values_list("pk", flat=True))
    for model in (Posting, FacetEntry):
        ids |= set(model.objects.values_list("document_id", flat=True).distinct())
    for batch in batched(sorted(ids), BATCH, strict=False):
        wrong = _wrongly_indexed(batch)
        for pk in wrong:
            yield f"{pk}: not in the index of the database as it is in the projection."
        if repair and wrong:
            projection.rebuild(wrong)


@transaction.atomic
def _wrongly_indexed(ids) -> list[int]:
    """Return those of the documents whose words or facets are not in the index as they should be."""
    impacts, values = {pk: {} for pk in ids}, {pk: set() for pk in ids}
    rows = Posting.objects.filter(document__in=ids)
    for pk, scope, term, impact in rows.values_list(
        "document_id", "term__scope", "term__text", "impact"
    ):
        impacts[pk][scope, term] = impact
    for entry in FacetEntry.objects.filter(document__in=ids).select_related("value"):
        values[entry.document_id].add((entry.scope_id, entry.value.facet, entry.value.value))
    documents = SearchDocument.objects.in_bulk(ids)
    texts = DocumentText.objects.in_bulk(ids)
    return [
        pk for pk in ids if (impacts[pk], values[pk]) != _indexed(documents.get(pk), texts.get(pk))
    ]


def _indexed(document: SearchDocument | None, text: DocumentText | None) -> tuple[dict, set] | None:
    """Return the impacts and the values that the index should have of a document."""
    if document is None or document.withdrawn:
        return {}, set()
    if text is None:
        return None
    read = analyse(document.title, document.summary, text.body, document.language)
    if text.words != read.words:
        return None
    scope = document.scope_id
    return (
        {(scope, term): impact for term, impact in read.impacts.items()},
        {
            (scope, facet, value[:LONGEST_VALUE])
            for facet, values in document.facets.items()
            for value in values
        },
    )


# -- Labels ------------------------------------------------------------------------------------------------------------


def _labels(repair: bool) -> Iterator[str]:
    for label in labels.misnamed(sources.labels()):
        yield f"{label.facet}={label.value}: not labelled as it is called."
        if repair:
            labels.name(label)


# -- The projection, and the engine ------------------------------------------------------------------------------------


def _engine(language: str, repair: bool) -> Iterator[str]:
    index = indices.alias_of(language)
    differences = compare(index, language)
    yield from map(_told, differences)
    if repair:
        mend(differences, index)
        outbox.mark_sent(indices.versions(index).items())


def _told(difference: Difference) -> str:
    _language, pk, wanted, found = difference
    if not found:
        told = "lacks it"
    elif not wanted:
        told = "has it, and should not"
    else:
        told = f"has version {found}, not {wanted}"
    return f"{pk}: the search engine {told} ({difference.language})."
