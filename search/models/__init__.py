from search.models.documents import (
    LONGEST_VALUE,
    DocumentText,
    FacetEntry,
    FacetValue,
    Scope,
    SearchDocument,
)
from search.models.editing import BestBet, SearchCount, Synonyms
from search.models.words import Posting, Term, Word

__all__ = [
    "LONGEST_VALUE",
    "BestBet",
    "DocumentText",
    "FacetEntry",
    "FacetValue",
    "Posting",
    "Scope",
    "SearchCount",
    "SearchDocument",
    "Synonyms",
    "Term",
    "Word",
]
