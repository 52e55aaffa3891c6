"""Write, as JSON, the corpus article whose text is of median length, and what is measured with it.

Run under the portal's settings. `paragraphs` holds the HTML of its blocks, for the bare site.
"""

import json
import sys

import django

django.setup()

from django.db.models.functions import Length  # noqa: E402  the apps must be loaded first

from articles.models import ArticlePage  # noqa: E402

SOURCE = "articles"  # what the import names the corpus file


def main() -> None:
    corpus = ArticlePage.objects.published().filter(source=SOURCE)
    ids = corpus.order_by(Length("body"), "pk").values_list("pk", flat=True)
    article = corpus.get(pk=ids[len(ids) // 2])
    picked = {
        "title": article.title,
        "url": article.url,
        "category": article.categories.first().slug,
        "paragraphs": [html(block) for block in article.body],
    }
    json.dump(picked, sys.stdout)


def html(block) -> str:
    """Return the source of a rich text, the rendering of any other block."""
    return block.value.source if block.block_type == "paragraph" else str(block.render())


main()
