"""Which rules a text is reread by: an article by its own, an easy version by others."""

from articles.models import ArticlePage, EasyArticlePage
from editorial.writing.documents import unread_documents
from editorial.writing.easy import EASY_RULES
from editorial.writing.passages import Reading
from editorial.writing.rules import RULES, Finding

RULES_OF = {ArticlePage: [*RULES, unread_documents], EasyArticlePage: EASY_RULES}


def reread(reading: Reading) -> list[Finding]:
    """Return what is to be looked at in a text, as it is in memory; nothing in a page of another type."""
    rules = RULES_OF.get(type(reading.article), [])
    return [finding for rule in rules for finding in rule(reading)]
