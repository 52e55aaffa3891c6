"""What the search calls the categories, typologies and tags."""

from collections.abc import Iterator

from articles.models import Category, Tag, Typology
from search.labels import Label


def search_labels() -> Iterator[Label]:
    for model in (Category, Typology, Tag):
        for term in model.objects.order_by("pk"):
            yield term.search_label
