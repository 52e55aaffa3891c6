"""Links between imported articles, made once all of them are there."""

from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import F, Q
from modelcluster.models import get_serializable_data_for_fields
from wagtail.models import ReferenceIndex

from articles.models import ArticlePage, RelatedArticle
from exchange.bulk import read_relations
from exchange.models import ImportRecord

BATCH = 100  # articles linked in one transaction


@dataclass(frozen=True)
class Links:
    """The ids, at their source, of the articles that one article points to."""

    id: str
    see_also: list[str]
    adapted_from: str = ""


@dataclass
class NotLinked:
    """The links that were not made, each as (id, wanted id)."""

    missing: list[tuple[str, str]] = field(default_factory=list)
    circular: list[tuple[str, str]] = field(default_factory=list)


def link_articles(source: str, lines: list[Links]) -> NotLinked:
    """Make the «see also» and «adapted from» links of `lines`, in the articles and in their drafts.

    Articles edited since their import keep the links they have.
    Links to articles that are not there, and those by which one would be adapted from itself, are left out.
    """
    pks = dict(ArticlePage.objects.filter(source=source).values_list("source_id", "pk"))
    originals = _kept_originals(source, {line.id for line in lines})
    not_linked = NotLinked()
    for start in range(0, len(lines), BATCH):
        _link_batch(source, lines[start : start + BATCH], pks, originals, not_linked)
    return not_linked


def _kept_originals(source: str, ids: set[str]) -> dict[int, int]:
    """What each article of the site is adapted from, without those that are about to be linked again."""
    records = ImportRecord.objects.filter(article__source=source)
    again = records.filter(Q(revision=F("article__latest_revision")))
    again = again.values_list("article__source_id", "article_id")
    dropped = {pk for source_id, pk in again if source_id in ids}
    adapted = ArticlePage.objects.filter(adapted_from__isnull=False)
    rows = adapted.values_list("pk", "adapted_from_id")
    return {pk: original for pk, original in rows if pk not in dropped}


@transaction.atomic
def _link_batch(source, lines, pks, originals, not_linked: NotLinked) -> None:
    records = _unedited_records(source, [line.id for line in lines])
    not_linked.missing += [
        (line.id, wanted)
        for line in lines
        for wanted in [*line.see_also, *([line.adapted_from] if line.adapted_from else [])]
        if wanted not in pks
    ]
    linked = []
    for line in lines:
        if record := records.get(line.id):
            see_also = [pks[wanted] for wanted in dict.fromkeys(line.see_also) if wanted in pks]
            original = pks.get(line.adapted_from)
            if _leads_to(original, record.article_id, originals):
                not_linked.circular.append((line.id, line.adapted_from))
                original = None
            originals[record.article_id] = original
            if _link(record.article, see_also, original):
                linked.append(record.article_id)
    # Read again: what an article knows of its links was read before they were made.
    articles = list(ArticlePage.objects.filter(pk__in=linked))
    read_relations(articles)
    for article in articles:
        ReferenceIndex.create_or_update_for_object(article)


def _leads_to(original: int | None, wanted: int, originals: dict[int, int | None]) -> bool:
    """Whether `wanted` is this original, or what it is adapted from in turn, however far."""
    seen = set()
    while original is not None and original not in seen:
        if original == wanted:
            return True
        seen.add(original)
        original = originals.get(original)
    return False


def _unedited_records(source, ids) -> dict[str, ImportRecord]:
    records = (
        ImportRecord.objects.filter(article__source=source, article__source_id__in=ids)
        .select_related("article__latest_revision")
        .prefetch_related("article__related_articles")
        .defer("article__body", "article__contacts", "article__links")
    )
    return {record.article.source_id: record for record in records if not record.edited_since}


def _link(article: ArticlePage, see_also: list[int], adapted_from: int | None) -> bool:
    """Make these links those of the article, and return whether they were not."""
    see_also = [pk for pk in see_also if pk != article.pk]
    existing = [row.article_id for row in article.related_articles.all()]
    if existing == see_also and article.adapted_from_id == adapted_from:
        return False
    if existing:
        RelatedArticle.objects.filter(page=article).delete()
    rows = RelatedArticle.objects.bulk_create(
        RelatedArticle(page_id=article.pk, article_id=pk, sort_order=order)
        for order, pk in enumerate(see_also)
    )
    if article.adapted_from_id != adapted_from:
        ArticlePage.objects.filter(pk=article.pk).update(adapted_from=adapted_from)
    # The draft that the editor opens is the revision, not the rows above.
    revision = article.latest_revision
    revision.content["related_articles"] = [get_serializable_data_for_fields(row) for row in rows]
    revision.content["adapted_from"] = adapted_from
    revision.save(update_fields=["content"])
    return True
