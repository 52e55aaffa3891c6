"""The indices of Elasticsearch or OpenSearch: one a language, behind an alias, and what is written in them.

Texts are read in Python (search.impacts): the engine is given the terms of a document, each repeated
as often as its impact is large. Its BM25 is set so that a score is then idf × impact.
"""

import json
import re
from collections.abc import Iterable
from typing import NamedTuple

from django.conf import settings
from django.utils import timezone

from search.engines import EngineDown
from search.engines.client import client
from search.facets import NAMES
from search.impacts import UNIT
from search.models import LONGEST_VALUE, SearchDocument
from search.plan import NAMED

# Hundredths of an impact that one repetition of a term stands for: finer would only make indices larger.
GRAIN = 16
# So large that twice as many repetitions score twice as much, within two hundredths.
K1 = 2_000
SETTINGS = {
    "number_of_shards": 1,
    "auto_expand_replicas": "0-1",
    # How long a late write of what is deleted is known to be late.
    "gc_deletes": "1h",
    "max_result_window": 100_000,
    "similarity": {"impact": {"type": "BM25", "b": 0, "k1": K1}},
}
KEYWORD = {"type": "keyword"}
MAPPINGS = {
    "dynamic": "strict",
    "_source": {"enabled": False},  # what is shown is read in the projection
    "properties": {
        "impacts": {
            "type": "text",
            "analyzer": "whitespace",
            "similarity": "impact",
            "index_options": "freqs",
            "norms": False,
        },
        "words": {"type": "text", "analyzer": "whitespace", "norms": False},
        "audience": KEYWORD,
        "published_on": {"type": "date", "format": "strict_date"},
        "id": {"type": "long", "index": False},
        **dict.fromkeys(NAMES, KEYWORD),
    },
}
PATIENCE = 30  # seconds for what no visitor waits for
LATER = {429, 502, 503, 504}  # statuses that say: not now


SETTLED = {"refresh_interval": "500ms"}
LOADING = {"refresh_interval": "-1"}
PAGE = 10_000  # documents listed at once


class Written(NamedTuple):
    """What became of a batch: ids of the documents `kept`, and why others were `refused`."""

    kept: set[int]
    refused: dict[int, str]


def languages() -> list[str]:
    return [code for code, _label in settings.LANGUAGES]


def alias_of(language: str) -> str:
    return f"{client().server.prefix}-{language}".lower()


def ask(method: str, path: str, body=None) -> dict:
    return client().ask(method, path, body, seconds=PATIENCE)


def named(facet: str, value: str) -> str:
    """Return the term of what has this value of a facet, so that it is found by its name."""
    return f"{facet}={'_'.join(value[:LONGEST_VALUE].split())}"


def index_lines(index: str, document: SearchDocument, words: str, impacts) -> bytes:
    """Return what has a document written.

    Parameters
    ----------
    words: its folded text.
    impacts: (term, impact) pairs.
    """
    facets = {name: document.facets.get(name, []) for name in NAMES}
    terms = [(term, max(1, round(impact / GRAIN))) for term, impact in impacts]
    terms += [
        (named(facet, value), round(NAMED * UNIT / GRAIN))
        for facet, values in facets.items()
        for value in values
    ]
    source = {
        "impacts": "".join(f"{term} " * times for term, times in terms),
        "words": words,
        "audience": document.audience,
        "published_on": document.published_on and document.published_on.isoformat(),
        "id": document.pk,
        **{facet: [v[:LONGEST_VALUE] for v in values] for facet, values in facets.items()},
    }
    return _action("index", index, document) + json.dumps(source).encode() + b"\n"


def delete_lines(index: str, document: SearchDocument) -> bytes:
    return _action("delete", index, document)


def _action(verb: str, index: str, document: SearchDocument) -> bytes:
    action = {"_index": index, "_id": str(document.pk)}
    # Whoever comes late, or again, does no harm: an older version never replaces a newer one.
    action |= {"version": document.version, "version_type": "external"}
    return json.dumps({verb: action}).encode() + b"\n"


def write(lines: Iterable[bytes]) -> Written:
    """Have the engine do what `lines` say, or raise `EngineDown`."""
    path = "/_bulk?require_alias=true&filter_path=items.*._id,items.*.status,items.*.error"
    answer = ask("POST", path, b"".join(lines))
    kept, refused = set(), {}
    try:
        for item in answer["items"]:
            (outcome,) = item.values()
            pk, status = int(outcome["_id"]), outcome["status"]
            error = outcome.get("error")
            if status in LATER or (status == 404 and error):
                raise EngineDown(f"HTTP {status}: {error}")
            # 409: it has this version or a newer one; 404: there was nothing to delete.
            if status in (404, 409) or status < 300:
                kept.add(pk)
            else:
                refused[pk] = f"HTTP {status}: {error}"
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise EngineDown(f"an unexpected answer: {error!r}") from error
    return Written(kept - refused.keys(), refused)


# -- The life of an index ----------------------------------------------------------------------------------------------


def create(language: str) -> str:
    """Make an empty index that no search looks in yet, and return its name. It is filled by `loading_alias`."""
    index = f"{alias_of(language)}-{timezone.now():%Y%m%d%H%M%S%f}"
    body = {
        "settings": {"index": SETTINGS | LOADING},
        "mappings": MAPPINGS,
        "aliases": {loading_alias(index): {}},
    }
    ask("PUT", f"/{index}", body)
    return index


def loading_alias(index: str) -> str:
    """Return the name under which an index is filled: were it removed meanwhile, nothing would bring it back."""
    return f"{index}-loading"


def refresh(index: str) -> None:
    """Have all that is written in an index found."""
    ask("POST", f"/{index}/_refresh")


def settle(index: str) -> None:
    """End the filling of an index."""
    ask("PUT", f"/{index}/_settings", {"index": SETTLED})
    refresh(index)


def of_language(language: str) -> dict[str, bool]:
    """Return the indices of a language, each with whether it is the one that is searched."""
    alias = alias_of(language)
    form = re.compile(rf"{re.escape(alias)}-\d{{20}}")
    answer = ask("GET", f"/{alias}-*/_alias?expand_wildcards=all")
    return {
        index: alias in row.get("aliases", {})
        for index, row in sorted(answer.items())
        if form.fullmatch(index)
    }


def swap(language: str, index: str) -> None:
    """Have the searches in a language look in `index` from now on, all at once."""
    alias = alias_of(language)
    old = [name for name, is_searched in of_language(language).items() if is_searched]
    actions = [{"remove": {"index": name, "alias": alias}} for name in old if name != index]
    actions += [
        {"add": {"index": index, "alias": alias}},
        {"remove": {"index": index, "alias": loading_alias(index)}},
    ]
    ask("POST", "/_aliases", {"actions": actions})


def remove(index: str) -> None:
    ask("DELETE", f"/{index}")


def versions(index: str) -> dict[int, int]:
    """Return the version of each document of an index, by its id."""
    found, search = {}, {"size": PAGE, "sort": ["id"], "version": True, "_source": False}
    while True:
        answer = ask("POST", f"/{index}/_search", search)
        try:
            hits = answer["hits"]["hits"]
            if answer["timed_out"] or answer["_shards"]["failed"]:
                raise EngineDown("a partial answer")
            found |= {int(hit["_id"]): hit["_version"] for hit in hits}
            if len(hits) < PAGE:
                return found
            search["search_after"] = hits[-1]["sort"]
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise EngineDown(f"an unexpected answer: {error!r}") from error
