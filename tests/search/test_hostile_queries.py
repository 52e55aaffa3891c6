"""Whatever is sent, the search answers, and what it answers is what it says.

Two hundred examples in the ordinary suite, always the same. A hundred thousand others each time, or
ten times ten thousand, of which hypothesis says how many were sent:
``HOSTILE_TIMES=500 .venv/bin/python -m pytest tests/search/test_hostile_queries.py --hypothesis-show-statistics``
"""

import os
import re
from urllib.parse import quote_from_bytes, urlencode
from xml.etree import ElementTree

import pytest
from django.core.cache import caches
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search import state
from search.forms import PARAMETERS
from tests.factories import ArticlePageFactory, CategoryFactory

EXAMPLES = 200 * int(os.environ.get("HOSTILE_TIMES", 1))
TITLES = ("Prêter une sono <b>", "L’association & la trésorerie", "Co-construire à 153 000 €")
TAGS = re.compile(r"<(?!/?mark>)")

hostile = settings(
    max_examples=EXAMPLES,
    derandomize="HOSTILE_TIMES" not in os.environ,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

pieces = st.sampled_from(
    [
        *(
            "sono",
            "sonno",
            "prêter",
            "l’association",
            "co-construire",
            "153 000",
            "aaaa*",
            "AG",
            "de la",
        ),
        *(
            '"',
            "«",
            "»",
            "“",
            "-",
            "--",
            "*",
            "'",
            "’",
            "%",
            "_",
            "\\",
            ";",
            "(",
            ")",
            "|",
            "&",
            "=",
        ),
        *(
            "\0",
            "\x01",
            "\x0b",
            "\x1b",
            "\r\n",
            "\t",
            "\u2028",
            "\ufeff",
            "\ufffe",
            "\uffff",
            "\u202e",
        ),
        *(
            "<script>alert(1)</script>",
            "]]>",
            "<!--",
            "<?xml",
            "&#0;",
            "&amp;",
            "</mark>",
            "<mark>",
        ),
        *(
            "' OR 1=1 --",
            "'; DROP TABLE x; --",
            "{{ 7*7 }}",
            "{% load %}",
            "%s",
            "%(words)s",
            "${jndi}",
        ),
        *(
            "\r\nSet-Cookie: harm=1",
            "\nX-Harm: 1",
            "../../etc/passwd",
            "e\u0301",
            "ﬁ",
            "ß",
            "İ",
            "ı",
            "Œ",
        ),
        *(
            "😀",
            "👨‍👩‍👧",
            "中文",
            "العربية",
            "\u0301" * 40,
            "a" * 300,
            "sono " * 200,
            '"' * 99,
            "-a " * 99,
        ),
    ]
)
texts = st.one_of(
    st.text(), st.lists(pieces, max_size=12).map(" ".join), st.lists(pieces).map("".join)
)
sent = st.one_of(texts.map(str.encode), st.binary(max_size=300)).map(quote_from_bytes)
values = st.one_of(
    st.sampled_from(
        ["", "0", "1", "7", "-1", "1e3", "९", "fr", "en", "date", "materiel", "la-lanterne", "x"]
    ),
    texts.map(lambda text: text[:80]),
)
parameters = st.lists(st.tuples(st.sampled_from([*PARAMETERS, "format", "x"]), values), max_size=4)


@pytest.fixture
def site(lantern, monkeypatch):
    """A few documents to find, which do not change: what the index keeps in memory stays there."""
    terms = {"categories": [CategoryFactory(name="Matériel")], "tags": ["caution"]}
    for slug, title in enumerate(TITLES):
        ArticlePageFactory(
            parent=lantern, title=title, slug=slug, summary="Une <i>sono</i>.", **terms
        )
    memory = {}

    def remembered(name, key, compute):
        if (name, key) not in memory:
            memory[name, key] = compute()
        return memory[name, key]

    monkeypatch.setattr(state, "remembered", remembered)


def answered(client, address, query, **headers):
    """The answer at an address, that is neither a fault of the site nor one that something was put in."""
    caches["counts"].clear()
    response = client.get(f"{address}?{query}", headers=headers)
    assert response.status_code in (200, 400)
    assert not {name.lower() for name in response.headers} & {"x-harm", "set-cookie"}
    return response


@hostile
@given(query=sent, others=parameters)
def test_the_api_answers(client, site, query, others):
    response = answered(client, "/api/search/", f"q={query}&{urlencode(others, errors='replace')}")
    answer = response.json()
    if response.status_code == 400:
        assert answer["error"] and answer["parameter"] not in ("", "q")
    else:
        assert not any(TAGS.search(result["excerpt"]) for result in answer["results"])
    assert answered(client, "/api/search/", f"q={query}").status_code == 200


@hostile
@given(query=sent, others=parameters, is_fragment=st.booleans())
def test_the_page_answers(client, site, query, others, is_fragment):
    headers = {"HX-Request": "true"} if is_fragment else {}
    query = f"q={query}&{urlencode(others, errors='replace')}"
    response = answered(client, reverse("search:page"), query, **headers)
    assert response.status_code == 200
    assert "<script>alert" not in response.content.decode()


@hostile
@given(query=sent)
def test_suggestions_answer(client, site, query):
    answer = answered(client, "/api/suggest/", f"q={query}").json()
    assert len(answer["suggestions"]) <= 8
    [_typed, labels] = answered(client, "/api/suggest/", f"format=opensearch&q={query}").json()
    assert labels == [suggestion["label"] for suggestion in answer["suggestions"]]


@hostile
@given(query=sent, others=parameters, form=st.sampled_from(["rss", "atom", "json"]))
def test_feeds_answer(client, site, query, others, form):
    address = reverse(f"search:feed_{form}")
    response = answered(client, address, f"q={query}&{urlencode(others, errors='replace')}")
    if response.status_code == 200:
        response.json() if form == "json" else ElementTree.fromstring(response.content)
