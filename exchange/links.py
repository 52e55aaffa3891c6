"""Links between imported articles, made once all of them are there."""

from dataclasses import dataclass

from modelcluster.models import get_serializable_data_for_fields

from articles.models import ArticlePage, RelatedArticle
from exchange.models import ImportRecord

BATCH = 500


@dataclass(frozen=True)
class Links:
    """The ids, at their source, of the articles that one article points to."""

    id: str
    see_also: list[str]
    adapted_from: str = ""


def link_articles(source: str, lines: list[Links]) -> list[tuple[str, str]]:
    """Make the «see also» and «adapted from» links of `lines`, in the articles and in their drafts.

    Articles edited since their import keep the links they have.

    Returns (id, wanted id) for each link to an article that is not there.
    """
    pks = dict(ArticlePage.objects.filter(source=source).values_list("source_id", "pk"))
    missing = []
    for start in range(0, len(lines), BATCH):
        missing += _link_batch(source, lines[start : start + BATCH], pks)
    return missing


def _link_batch(source, lines, pks) -> list[tuple[str, str]]:
    records = _unedited_records(source, [line.id for line in lines])
    missing = [
        (line.id, wanted)
        for line in lines
        for wanted in [*line.see_also, *([line.adapted_from] if line.adapted_from else [])]
        if wanted not in pks
    ]
    for line in lines:
        if record := records.get(line.id):
            see_also = [pks[wanted] for wanted in dict.fromkeys(line.see_also) if wanted in pks]
            _link(record.article, see_also, pks.get(line.adapted_from))
    return missing


def _unedited_records(source, ids) -> dict[str, ImportRecord]:
    records = (
        ImportRecord.objects.filter(article__source=source, article__source_id__in=ids)
        .select_related("article__latest_revision")
        .prefetch_related("article__related_articles")
        .defer("article__body", "article__contacts", "article__links")
    )
    return {record.article.source_id: record for record in records if not record.edited_since}


def _link(article: ArticlePage, see_also: list[int], adapted_from: int | None) -> None:
    see_also = [pk for pk in see_also if pk != article.pk]
    existing = [row.article_id for row in article.related_articles.all()]
    if existing == see_also and article.adapted_from_id == adapted_from:
        return
    RelatedArticle.objects.filter(page=article).delete()
    rows = RelatedArticle.objects.bulk_create(
        RelatedArticle(page_id=article.pk, article_id=pk, sort_order=order)
        for order, pk in enumerate(see_also)
    )
    ArticlePage.objects.filter(pk=article.pk).update(adapted_from=adapted_from)
    # The draft that the editor opens is the revision, not the rows above.
    revision = article.latest_revision
    revision.content["related_articles"] = [get_serializable_data_for_fields(row) for row in rows]
    revision.content["adapted_from"] = adapted_from
    revision.save(update_fields=["content"])
