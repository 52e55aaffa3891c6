"""What sequences of words, and words left out, leave of the documents found."""

from search.engines import Wanted
from search.engines.statement import Statement, ids


def add_kept(statement: Statement, wanted: Wanted) -> None:
    """Add what phrases and exclusions leave: sequences are read in the texts, single words in the postings."""
    phrases = [("", words) for words in wanted.plan.phrases]
    phrases += [("NOT ", words) for words in wanted.plan.excluded]
    conditions = [f"t.words {negation}LIKE %s" for negation, _words in phrases]
    patterns = [f"% {' '.join(words)} %" for _negation, words in phrases]
    texts = "JOIN search_documenttext t ON t.document_id = s.document_id" if phrases else ""
    if known := wanted.dictionary.known(wanted.plan.without):
        terms = ids(pk for term in known.values() for pk in term.ids)
        having = f"SELECT p.document_id FROM search_posting p WHERE p.term_id IN ({terms})"
        conditions.append(f"s.document_id NOT IN ({having})")
    where = f"WHERE {' AND '.join(conditions)}" if conditions else ""
    statement.add("kept", f"SELECT s.* FROM scored s {texts} {where}", *patterns)
