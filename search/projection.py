"""What may be found, written in the transaction of the change that makes it so."""

import hashlib
import json
from collections.abc import Iterable
from functools import cache

from django.db import connection, transaction
from django.db.models import F

from search import audience, state
from search.analysis import WORD
from search.impacts import Analysed, analyse
from search.models import (
    LONGEST_VALUE,
    DocumentText,
    FacetEntry,
    FacetValue,
    Posting,
    Scope,
    SearchDocument,
    Term,
    Word,
)
from search.text import bare, fold

# What a document is besides what is made from it.
CONTENT_FIELDS = (
    *("kind", "language", "audience", "url", "title", "summary"),
    *("published_on", "source_id", "facets"),
)
WRITTEN_FIELDS = (*CONTENT_FIELDS, "folded_title", "scope", "version", "withdrawn", "digest")
# Of these the index of words is made.
TEXT_FIELDS = ("language", "audience", "title", "summary", "body")
HALF = 32  # characters of each half of a digest
BATCH = 500  # rows of a statement


@transaction.atomic
def write(documents: Iterable[SearchDocument]) -> int:
    """Write `documents`, each with its `body` as an attribute, and return how many of them had changed."""
    documents = {document.id: document for document in documents}
    known = locked(documents)
    changed = []
    for document in documents.values():
        before = known.get(document.id)
        document.digest = digest_of(document)
        if before is None or before.withdrawn or before.digest != document.digest:
            document.version = before.version + 1 if before else 1
            document.withdrawn = False
            changed.append(document)
    if changed:
        _save(changed, known)
        state.changed(state.DOCUMENTS)
    return len(changed)


def digest_of(document: SearchDocument) -> str:
    """Return two halves: what the index of words is made of, and the rest."""
    rest = [str(getattr(document, field)) for field in CONTENT_FIELDS if field not in TEXT_FIELDS]
    rest.append(json.dumps(document.facets, sort_keys=True))
    text = [getattr(document, field) for field in TEXT_FIELDS]
    return _hash(text) + _hash(rest)


@transaction.atomic
def withdraw(ids: Iterable[int]) -> int:
    """Take the documents with these `ids` out, and return how many were in."""
    present = [pk for pk, document in locked(ids).items() if not document.withdrawn]
    if present:
        for model in (Posting, FacetEntry, DocumentText):
            _delete(model, present)
        SearchDocument.objects.filter(pk__in=present).update(
            **_emptied(), withdrawn=True, version=F("version") + 1
        )
        state.changed(state.DOCUMENTS)
    return len(present)


def url_of(pk: int) -> str | None:
    """Return the address at which the document is found, None where it is not to be found."""
    rows = SearchDocument.objects.present().filter(pk=pk)
    return rows.values_list("url", flat=True).first()


def documents(ids: Iterable[int]) -> dict[int, SearchDocument]:
    """Return the documents with these `ids` that may be found, each with its `body`."""
    rows = SearchDocument.objects.present().select_related("documenttext").in_bulk(list(ids))
    for document in rows.values():
        document.body = document.documenttext.body
    return rows


@transaction.atomic
def rebuild(ids: Iterable[int]) -> dict[SearchDocument, Analysed]:
    """Make the index of documents again from their texts, and return how these were read.

    A document that has lost its text is marked to be written anew from its page (`search.audit`).
    """
    ids = list(ids)
    present = {pk for pk, document in locked(ids).items() if not document.withdrawn}
    whole = set(DocumentText.objects.filter(pk__in=present).values_list("pk", flat=True))
    SearchDocument.objects.filter(pk__in=present - whole).update(digest="")
    read = list(documents(whole).values())
    for model in (FacetEntry, Posting, DocumentText):
        _delete(model, ids)
    _insert_facets(read)
    state.changed(state.DOCUMENTS)
    return _insert_texts(read)


def _emptied() -> dict:
    """Return the fields of a document of which nothing is kept."""
    names = {*WRITTEN_FIELDS} - {"version", "withdrawn"}
    return {name: SearchDocument._meta.get_field(name).get_default() for name in names}


def locked(ids: Iterable[int]) -> dict[int, SearchDocument]:
    """Return the documents already there, which nobody else may write before this transaction ends."""
    audience.hold()
    rows = SearchDocument.objects.only("version", "withdrawn", "digest").order_by("pk")
    return {row.pk: row for row in rows.select_for_update().filter(pk__in=list(ids))}


def _hash(texts: list[str]) -> str:
    return hashlib.md5("\0".join(texts).encode(), usedforsecurity=False).hexdigest()


def _save(documents: list[SearchDocument], known: dict[int, SearchDocument]) -> None:
    """Write documents that have changed; the words are indexed anew only where a text has."""
    scope_of = cache(_scope)
    for document in documents:
        document.scope = scope_of(document.language, document.audience)
        document.folded_title = fold(document.title)[:300]
    SearchDocument.objects.bulk_create(
        documents, update_conflicts=True, unique_fields=["id"], update_fields=WRITTEN_FIELDS
    )
    _delete(FacetEntry, [document.id for document in documents if document.id in known])
    _insert_facets(documents)
    before = {pk: row.digest[:HALF] for pk, row in known.items()}
    reworded = [doc for doc in documents if before.get(doc.id) != doc.digest[:HALF]]
    for model in (Posting, DocumentText):
        _delete(model, [document.id for document in reworded if document.id in known])
    _insert_texts(reworded)


def _delete(model, ids: list[int]) -> None:
    if ids:
        rows = model.objects.filter(document__in=ids)
        rows._raw_delete(rows.db)


def _insert_texts(documents: list[SearchDocument]) -> dict[SearchDocument, Analysed]:
    analysed = {
        document.id: analyse(document.title, document.summary, document.body, document.language)
        for document in documents
    }
    DocumentText.objects.bulk_create(
        DocumentText(document=document, body=document.body, words=analysed[document.id].words)
        for document in documents
    )
    _insert_postings(documents, analysed)
    _insert_words(documents, analysed)
    return {document: analysed[document.id] for document in documents}


def _scope(language: str, audience: str) -> Scope:
    return Scope.objects.get_or_create(language=language, audience=audience)[0]


def _insert_postings(documents, analysed: dict[int, Analysed]) -> None:
    by_scope = {}
    for document in documents:
        by_scope.setdefault(document.scope, set()).update(analysed[document.id].impacts)
    ids = {scope: _term_ids(scope, texts) for scope, texts in by_scope.items()}
    _insert_rows(
        Posting,
        ("document_id", "term_id", "impact"),
        [
            (document.id, ids[document.scope][text], impact)
            for document in documents
            for text, impact in analysed[document.id].impacts.items()
        ],
    )


def _term_ids(scope: Scope, texts: set[str]) -> dict[str, int]:
    """Return the id of each term, made where it is missing."""
    terms = Term.objects.filter(scope=scope, text__in=list(texts)).values_list("text", "pk")
    found = dict(terms)
    missing = sorted(texts - found.keys())
    if missing:
        # In one order, so that two transactions do not wait for each other.
        Term.objects.bulk_create(
            [Term(scope=scope, text=text) for text in missing], BATCH, ignore_conflicts=True
        )
        found |= dict(terms.filter(text__in=missing))
    return found


def _insert_facets(documents) -> None:
    wanted = {
        (facet, value[:LONGEST_VALUE])
        for document in documents
        for facet, values in document.facets.items()
        for value in values
    }
    ids = _value_ids(wanted)
    rows = {
        (document.id, ids[facet, value[:LONGEST_VALUE]], document.scope.pk)
        for document in documents
        for facet, values in document.facets.items()
        for value in values
    }
    _insert_rows(FacetEntry, ("document_id", "value_id", "scope_id"), sorted(rows))


def _value_ids(wanted: set[tuple[str, str]]) -> dict[tuple[str, str], int]:
    values = FacetValue.objects.filter(value__in={value for _facet, value in wanted})
    rows = values.values_list("facet", "value", "pk")
    found = {(facet, value): pk for facet, value, pk in rows}
    missing = sorted(wanted - found.keys())
    if missing:
        FacetValue.objects.bulk_create(
            [FacetValue(facet=facet, value=value) for facet, value in missing],
            ignore_conflicts=True,
        )
        state.changed(state.LABELS)
        rows = values.values_list("facet", "value", "pk")
        found = {(facet, value): pk for facet, value, pk in rows}
    return found


def _insert_words(documents, analysed: dict[int, Analysed]) -> None:
    by_language = {}
    for document in documents:
        by_language.setdefault(document.language, []).append(document)
    for language, its_documents in by_language.items():
        stems = {}
        for document in its_documents:
            stems |= analysed[document.id].stems
        words = [word for word in stems if not word.isdigit()]
        known = set(
            Word.objects.filter(language=language, text__in=words).values_list("text", flat=True)
        )
        missing = sorted(set(words) - known)
        if missing:
            shown = _as_written(its_documents)
            Word.objects.bulk_create(
                [
                    Word(
                        language=language,
                        text=word,
                        shown=shown.get(word, word)[:60],
                        stem=stems[word],
                        ending=word[-3:],
                    )
                    for word in missing
                ],
                BATCH,
                ignore_conflicts=True,
            )


def _as_written(documents) -> dict[str, str]:
    """Return the words of `documents` in small letters with their accents, by folded word."""
    seen, written = set(), {}
    for document in documents:
        text = f"{document.title} {document.summary} {document.body}".lower()
        words = set(WORD.findall(text)) - seen
        seen |= words
        for word in words:
            for part in word.replace("'", "-").split("-"):
                written.setdefault(bare(part), part)
    return written


def _insert_rows(model, columns: tuple[str, ...], rows: list[tuple]) -> None:
    """Insert plain rows: model instances would take ten times as long."""
    if rows:
        quote = connection.ops.quote_name
        names = ", ".join(quote(column) for column in columns)
        marks = ", ".join(["%s"] * len(columns))
        table = quote(model._meta.db_table)
        with connection.cursor() as cursor:
            cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows)
