"""Words side by side say more than the same words far apart: the first documents found are put in order by it.

Engines weigh words wherever they are. These few documents are read anyway, for their extracts, so that
the same order costs every engine nothing. Where a query is «renouveler le conseil d'administration», what
has these words in one sentence comes before what has them in three.
"""

from dataclasses import replace

from search.engines import RELEVANCE, Wanted
from search.highlight import Reading

# The documents put in order: the first page of results as it mostly is.
FIRST = 10
# Characters within which words are side by side: half a sentence.
NEAR = 80
# All the words side by side count so much more. From 0.2 to 0.8, and from 50 to 200 characters, judged
# queries are answered better by nearly as much (nDCG@10 + 0.03 to + 0.04).
WORTH = 0.4


def matters(wanted: Wanted) -> bool:
    """Whether documents may differ by it."""
    return wanted.sort == RELEVANCE and len(wanted.plan.words) > 1


def with_the_first(wanted: Wanted) -> Wanted:
    """Return what an engine is asked for: what is put in order together, when some of it is wanted."""
    if not matters(wanted) or wanted.offset >= FIRST:
        return wanted
    return replace(wanted, offset=0, size=max(FIRST, wanted.offset + wanted.size))


def closeness(reading: Reading, wanted: Wanted) -> float:
    """Return what the score of a document is multiplied by, from 1 to 1 + `WORTH`."""
    return 1 + WORTH * reading.side_by_side(NEAR) / len(wanted.plan.words)
