"""Who agreed to be quoted, shown and named in an article; what is done where nobody did, or no longer does."""

from editorial.consents.rules import (
    is_forbidden,
    missing,
    missing_in_words,
    publication_problem,
    summary,
)
from editorial.consents.telling import tell_ended, tell_expired

__all__ = [
    "is_forbidden",
    "missing",
    "missing_in_words",
    "publication_problem",
    "summary",
    "tell_ended",
    "tell_expired",
]
