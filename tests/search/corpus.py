"""The articles of the corpus as documents of the search, without the pages that they would be."""

import gzip
import json

from django.conf import settings

from search import projection
from search.models import SearchDocument
from search.text import fold

SHARED = settings.BASE_DIR.parent / "shared"
CORPUS = SHARED / "corpus/articles.jsonl.gz"
JUDGED = SHARED / "relevance/dev.jsonl"
BATCH = 500


def write_corpus() -> int:
    """Write all the articles of the corpus in the projection, and return their number."""
    with gzip.open(CORPUS, "rt", encoding="utf-8") as lines:
        documents = [document_of(pk, json.loads(line)) for pk, line in enumerate(lines, start=1)]
    for start in range(0, len(documents), BATCH):
        projection.write(documents[start : start + BATCH])
    return len(documents)


def document_of(pk: int, article: dict) -> SearchDocument:
    document = SearchDocument(
        id=pk,
        kind="article",
        language=article["language"],
        url=f"/{article['id']}/",
        title=article["title"],
        summary=article["summary"],
        published_on=article.get("date") or None,
        source_id=article["id"],
        facets={
            "kind": ["article"],
            "language": [article["language"]],
            "category": [fold(label) for label in article["categories"]],
            "typology": [fold(label) for label in article["typologies"]],
            "tag": [fold(label) for label in article["tags"]],
        },
    )
    document.body = article["body"]
    return document
