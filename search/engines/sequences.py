"""What the sequences of words that are wanted or excluded, and the words left out, leave of the documents found."""

from search.engines import Wanted
from search.engines.statement import Statement, ids
from search.plan import stems, telling

# Words of a sequence by which its documents are found before their texts are read: the rarest ones.
MOST_WORDS = 3


def add_kept(statement: Statement, wanted: Wanted) -> None:
    """Add what is left: single words are looked for in the postings, sequences in the texts that may have them."""
    read = [("", words) for words in wanted.plan.phrases]
    conditions, patterns = [], []
    for words in wanted.plan.excluded:
        if not telling(words, wanted.dictionary.codes):
            read.append(("NOT ", words))
        elif candidates := _having(words, wanted):
            conditions.append(
                f"s.document_id NOT IN (SELECT t.document_id FROM ({candidates}) c CROSS JOIN "
                "search_documenttext t WHERE t.document_id = c.document_id AND t.words LIKE %s)"
            )
            patterns.append(_pattern(words))
    conditions += [f"t.words {negation}LIKE %s" for negation, _words in read]
    patterns += [_pattern(words) for _negation, words in read]
    texts = "JOIN search_documenttext t ON t.document_id = s.document_id" if read else ""
    if known := wanted.dictionary.known(wanted.plan.without):
        terms = ids(pk for term in known.values() for pk in term.ids)
        having = f"SELECT p.document_id FROM search_posting p WHERE p.term_id IN ({terms})"
        conditions.append(f"s.document_id NOT IN ({having})")
    where = f"WHERE {' AND '.join(conditions)}" if conditions else ""
    statement.add("kept", f"SELECT s.* FROM scored s {texts} {where}", *patterns)


def _pattern(words) -> str:
    return f"% {' '.join(words)} %"


def _having(words, wanted: Wanted) -> str:
    """Return the SQL of the documents found that have the words of a sequence, empty where one of them is never met."""
    codes = wanted.dictionary.codes
    terms = [stems(word, codes) for word in telling(words, codes)]
    known = wanted.dictionary.known(set().union(*terms))
    met = [[known[term] for term in its if term in known] for its in terms]
    met.sort(key=lambda its: sum(term.count for term in its))
    if not met[0]:
        return ""
    postings = [
        f"SELECT document_id FROM search_posting WHERE term_id IN ({ids(pk for term in its for pk in term.ids)})"
        for its in met[:MOST_WORDS]
    ]
    return " INTERSECT ".join(["SELECT document_id FROM scored", *postings])
