"""The first articles of the real corpus, imported twice; their speed is measured in benchmarks/."""

import gzip
import json
from itertools import islice

import pytest
from django.conf import settings
from wagtail.models import Page

from articles.models import ArticlePage, Category, RelatedArticle, Tag, Typology
from search.text import fold
from tests.exchange.article_lines import counts, run

CORPUS = settings.BASE_DIR.parent / "shared" / "corpus" / "articles.jsonl.gz"
NUMBER = 300

pytestmark = [pytest.mark.corpus, pytest.mark.django_db]


@pytest.fixture
def corpus(tmp_path):
    """A file of the first articles, and what they say."""
    if not CORPUS.exists():
        pytest.skip("../shared/corpus is not on this machine")
    with gzip.open(CORPUS, "rb") as file:
        raw = list(islice(file, NUMBER))
    path = tmp_path / "articles.jsonl"
    path.write_bytes(b"".join(raw))
    return path, [json.loads(line) for line in raw]


def labels(lines, kind) -> set[str]:
    return {fold(label) for line in lines for label in line.get(kind) or []}


def test_the_corpus_is_imported_whole_and_a_second_time_changes_nothing(corpus):
    path, lines = corpus
    first = run("import_articles", path, publish=True)
    assert (
        f"{NUMBER} created, 0 updated, 0 unchanged, 0 edited here and kept, 0 refused" in first.out
    )
    assert ArticlePage.objects.live().count() == NUMBER
    for model, kind in ((Category, "categories"), (Typology, "typologies"), (Tag, "tags")):
        assert set(model.objects.values_list("key", flat=True)) == labels(lines, kind)
    ids = {str(line["id"]) for line in lines}
    wanted = {(line["id"], other) for line in lines for other in line.get("see_also") or []}
    links = RelatedArticle.objects.values_list("page__source_id", "article__source_id")
    assert set(links) == {(page, other) for page, other in wanted if other in ids and page != other}
    assert Page.find_problems() == ([], [], [], [], [])

    before = counts()
    second = run("import_articles", path, publish=True)
    assert f"0 created, 0 updated, {NUMBER} unchanged" in second.out
    assert counts() == before


def test_every_line_of_a_text_is_a_paragraph_of_its_article(corpus):
    path, lines = corpus
    run("import_articles", path, publish=True)
    for line in lines[::10]:
        article = ArticlePage.objects.get(source="articles", source_id=line["id"])
        assert (article.title, article.summary) == (line["title"].strip(), line["summary"].strip())
        html = "".join(block.value.source for block in article.body)
        assert html.count("<p>") == len(
            [text for text in line["body"].splitlines() if text.strip()]
        )
