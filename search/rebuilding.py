"""The index inside the database, made again from the texts of the projection while the site runs."""

from collections import defaultdict
from itertools import batched

from django.db import transaction
from django.db.models import Max

from search import projection
from search.impacts import analyse
from search.models import SearchDocument, Word

BATCH = 100  # documents of a transaction: publications wait for it on SQLite


def rebuild() -> tuple[int, int]:
    """Read all the documents again; return how many there are, and how many words nobody writes any more.

    These are taken out: they would be offered in place of mistyped ones for nothing.
    """
    latest_word = Word.objects.aggregate(latest=Max("pk"))["latest"] or 0
    versions, words = {}, defaultdict(set)
    ids = list(SearchDocument.objects.present().order_by("pk").values_list("pk", flat=True))
    for batch in batched(ids, BATCH, strict=False):
        for document, analysed in projection.rebuild(batch).items():
            versions[document.pk] = document.version
            words[document.language] |= analysed.stems.keys()
    return len(versions), _forget_words(words, versions, latest_word)


@transaction.atomic
def _forget_words(words: dict[str, set], versions: dict[int, int], latest_word: int) -> int:
    """Take out the words up to `latest_word` that are neither in `words` nor in what has changed since."""
    rows = SearchDocument.objects.present().values_list("pk", "version")
    changed = [pk for pk, version in rows if versions.get(pk) != version]
    for document in projection.documents(changed).values():
        texts = (document.title, document.summary, document.body)
        words[document.language] |= analyse(*texts, document.language).stems.keys()
    known = Word.objects.filter(pk__lte=latest_word).values_list("pk", "language", "text")
    unused = [pk for pk, language, text in known.iterator() if text not in words[language]]
    for batch in batched(unused, BATCH, strict=False):
        Word.objects.filter(pk__in=batch).delete()
    return len(unused)
