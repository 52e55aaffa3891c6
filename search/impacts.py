"""How much a term says of a document: its impact, computed once when the document is written.

The impact is the largest over the fields of weight × saturated frequency, the latter being BM25's
(Robertson and Zaragoza, «The Probabilistic Relevance Framework», 2009, equation 3.15) with a length
of reference for each field, so that it depends on the document alone. Taking the best field, where
most engines take the sum, is what helps most on judged queries (benchmarks/relevance.md).
"""

from collections import Counter
from typing import NamedTuple

from search.analysis import is_stop, parts_of, stem, words_of

K1 = 1.2
# What an impact of 1 is stored as.
UNIT = 100


class Field(NamedTuple):
    """`weight` of a field, its usual `length` in words, how much longer ones are marked down (`b`, 0 to 1)."""

    weight: float
    length: int
    b: float


TITLE = Field(weight=2.2, length=9, b=0.5)
SUMMARY = Field(weight=1.6, length=21, b=0.6)
BODY = Field(weight=1.0, length=430, b=0.75)


class Analysed(NamedTuple):
    """What is indexed of a document: `impacts` by term, `stems` by word, the folded text (`words`)."""

    impacts: dict[str, int]
    stems: dict[str, str]
    words: str


def analyse(title: str, summary: str, body: str, code: str) -> Analysed:
    """Read the texts of a document written in the language `code`."""
    impacts, stems, folded = {}, {}, []
    for field, text in ((TITLE, title), (SUMMARY, summary), (BODY, body)):
        words = words_of(text, code)
        folded.append(" ".join(words).replace("-", " "))
        _add_impacts(impacts, stems, words, field, code)
    return Analysed(impacts, stems, f" {' | '.join(folded)} ")


def _add_impacts(impacts, stems, words, field: Field, code: str) -> None:
    counts = Counter()
    for word, times in Counter(words).items():
        for part in parts_of(word):
            # In a title each word counts: a practice may be called «Et après ?».
            if field is TITLE or not is_stop(part, code):
                term = stems[part] = stem(part, code)
                counts[term] += times
    norm = K1 * (1 - field.b + field.b * counts.total() / field.length)
    for term, times in counts.items():
        impact = round(UNIT * field.weight * times * (K1 + 1) / (times + norm))
        if impact > impacts.get(term, 0):
            impacts[term] = impact
