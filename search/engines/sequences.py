"""What the sequences of words that are wanted or excluded, and the words left out, leave of the documents found."""

from search.engines import NEWEST, Wanted
from search.engines.statement import Statement, ids
from search.plan import stems, telling

# Words of a sequence by which its documents are found before their texts are read: the rarest ones.
MOST_WORDS = 3
# Texts that a search reads for sequences of small words only, by which none can be found: about a fifth of a second.
MOST_READ = 10_000


def add_kept(statement: Statement, wanted: Wanted) -> None:
    """Add what is left (`kept`), and how many documents were too many to be looked in (`unread`).

    Single words are looked for in the postings, sequences in the texts that may have them.
    """
    plan, codes = wanted.plan, wanted.dictionary.codes
    vague = [words for words in plan.excluded if not telling(words, codes)]
    conditions = [(f"s.document_id NOT IN ({sql})", ()) for sql in _having_any(wanted)]
    for words in plan.excluded:
        if words not in vague and (candidates := _having_all(words, wanted)):
            sequence = (
                f"SELECT t.document_id FROM ({candidates}) c CROSS JOIN search_documenttext t "
                "WHERE t.document_id = c.document_id AND t.words LIKE %s"
            )
            conditions.append((f"s.document_id NOT IN ({sequence})", [_pattern(words)]))
    conditions += [("t.words LIKE %s", [_pattern(words)]) for words in plan.phrases]
    conditions += [("t.words NOT LIKE %s", [_pattern(words)]) for words in vague]
    vague += [words for words in plan.phrases if not telling(words, codes)]
    documents = _add_read(statement, wanted, MOST_READ // len(vague)) if vague else "scored"
    if not conditions:
        statement.add_name("kept", "SELECT * FROM scored")
        statement.add("unread", "SELECT 0 AS documents")
        return
    is_read = vague or plan.phrases
    texts = "JOIN search_documenttext t ON t.document_id = s.document_id" if is_read else ""
    where = " AND ".join(sql for sql, _patterns in conditions)
    patterns = [pattern for _sql, patterns in conditions for pattern in patterns]
    statement.add("kept", f"SELECT s.* FROM {documents} s {texts} WHERE {where}", *patterns)
    unread = f"SELECT COUNT(*) - (SELECT COUNT(*) FROM {documents}) AS documents FROM scored"
    statement.add("unread", unread if vague else "SELECT 0 AS documents")


def _pattern(words) -> str:
    return f"% {' '.join(words)} %"


def _having_any(wanted: Wanted):
    """Yield the SQL of the documents that have one of the words left out, where any has."""
    if known := wanted.dictionary.known(wanted.plan.without):
        yield _postings(known.values())


def _having_all(words, wanted: Wanted) -> str:
    """Return the SQL of the documents found that have the words of a sequence, empty where one of them is never met."""
    codes = wanted.dictionary.codes
    terms = [stems(word, codes) for word in telling(words, codes)]
    known = wanted.dictionary.known(set().union(*terms))
    met = [[known[term] for term in its if term in known] for its in terms]
    met.sort(key=lambda its: sum(term.count for term in its))
    if not met[0]:
        return ""
    return " INTERSECT ".join(["SELECT document_id FROM scored", *map(_postings, met[:MOST_WORDS])])


def _postings(terms) -> str:
    pks = ids(pk for term in terms for pk in term.ids)
    return f"SELECT document_id FROM search_posting WHERE term_id IN ({pks})"


def _add_read(statement: Statement, wanted: Wanted, most: int) -> str:
    """Add the documents found whose texts are read, the first ones in the order asked for, and return their name."""
    order = "d.published_on DESC NULLS LAST, d.id DESC"
    if wanted.plan.words and wanted.sort != NEWEST:
        order = f"s.score DESC, {order}"
    documents = "scored s JOIN search_searchdocument d ON d.id = s.document_id"
    statement.add("read", f"SELECT s.* FROM {documents} ORDER BY {order} LIMIT {most}")
    return "read"
