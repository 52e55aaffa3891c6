"""The search for programs: what it answers, what it refuses, and that it is what its description says."""

import json
import re

import pytest
from django.core.cache import caches
from django.test import RequestFactory
from wagtail.models import Locale

from search import rate
from tests.factories import ArticlePageFactory, CategoryFactory, TypologyFactory

API = "/api/search/"
PARAMETERS = [
    *("q", "kind", "category", "typology", "house", "tag", "department", "year", "language"),
    *("sort", "page", "size"),
]


@pytest.fixture
def sono(lantern):
    return ArticlePageFactory(
        parent=lantern,
        title="Prêter une sono & ses câbles",
        summary="Une caution de <b>50 €</b>, un carnet, et la sono revient.",
        categories=[CategoryFactory(name="Matériel")],
        typologies=[TypologyFactory(name="Témoignage")],
        tags=["caution"],
        published_on="2026-03-01",
        source_id="T-12",
    )


@pytest.fixture
def english(client, lantern):
    """The page of an article in English."""
    Locale.objects.get(language_code="en")
    article = ArticlePageFactory(parent=lantern, title="Lending a sound system")
    article.locale = Locale.objects.get(language_code="en")
    article.save()
    return article


def asked(client, query="", **kwargs):
    response = client.get(f"{API}?{query}", **kwargs)
    assert response.status_code == 200, response.content
    return response.json()


def titles(answer):
    return [result["title"] for result in answer["results"]]


def test_an_answer_says_what_was_found_and_by_what_to_filter(client, sono):
    answer = asked(client, "q=sono")
    assert {
        name: answer[name] for name in ("total", "page", "pages", "degraded", "suggestion")
    } == {
        "total": 1,
        "page": 1,
        "pages": 1,
        "degraded": False,
        "suggestion": "",
    }
    [result] = answer["results"]
    assert result.pop("score") > 0
    assert "Une caution de &lt;b&gt;50 €&lt;/b&gt;" in result["excerpt"]
    assert "la <mark>sono</mark> revient" in result.pop("excerpt")
    assert result == {
        "id": sono.pk,
        "source_id": "T-12",
        "kind": "article",
        "language": "fr",
        "url": f"http://testserver{sono.url}",
        "title": "Prêter une sono & ses câbles",
        "published_on": "2026-03-01",
        "house": {"value": "la-lanterne", "label": "La Lanterne"},
        "categories": [{"value": "materiel", "label": "Matériel"}],
        "typologies": [{"value": "temoignage", "label": "Témoignage"}],
        "tags": [{"value": "caution", "label": "caution"}],
    }
    assert answer["facets"]["category"] == [
        {"value": "materiel", "label": "Matériel", "count": 1, "selected": False}
    ]


def test_a_parameter_that_is_repeated_means_or(client, sono, lantern):
    ArticlePageFactory(
        parent=lantern, title="Un fonds", categories=[CategoryFactory(name="Argent")]
    )
    ArticlePageFactory(parent=lantern, title="Ni l’un ni l’autre")
    answer = asked(client, "category=materiel&category=argent&sort=date")
    assert set(titles(answer)) == {"Un fonds", "Prêter une sono & ses câbles"}
    assert {c["value"]: c["selected"] for c in answer["facets"]["category"]} == {
        "materiel": True,
        "argent": True,
    }


def test_results_come_by_pages(client, lantern):
    for number in range(3):
        ArticlePageFactory(parent=lantern, title=f"Sono {number}")
    answers = [asked(client, f"q=sono&size=2&page={page}") for page in (1, 2, 3)]
    assert [len(answer["results"]) for answer in answers] == [2, 1, 0]
    assert {(answer["total"], answer["pages"]) for answer in answers} == {(3, 2)}


def test_fields_left_empty_ask_for_nothing(client, sono):
    # The article, its house and the network's own.
    assert asked(client, "q=&category=&page=&sort=&size=&language=")["total"] == 3


@pytest.mark.parametrize(
    ("parameter", "value"),
    [
        ("category", "sans-objet"),
        ("kind", "secret"),
        ("year", "1515"),
        ("language", "tlh"),
        ("page", "0"),
        ("page", "abc"),
        ("page", "9" * 5000),
        ("size", "1000"),
        ("sort", "foo"),
        ("couleur", "bleu"),
        ("tag", "<script>\r\nX-Injected: 1"),
    ],
)
def test_a_bad_value_is_refused_by_name(client, sono, parameter, value):
    response = client.get(API, {"q": "sono", parameter: value})
    assert response.status_code == 400
    refused = response.json()
    assert (refused["parameter"], refused["value"]) == (parameter, value[:200])
    assert refused["error"]
    assert "X-Injected" not in response.headers


def test_any_text_is_a_query(client, sono):
    assert asked(client, "q=sono%00%01")["total"] == 1
    # Without any word in it, nothing is found.
    assert asked(client, "q=%FF%ED%A0%80%22-*")["total"] == 0
    assert asked(client, f"q={'sono%20' * 500}")["total"] == 1


def test_each_language_is_searched_and_spoken_apart(client, sono, english):
    assert titles(asked(client, "q=sono")) == ["Prêter une sono & ses câbles"]
    answer = asked(client, "q=sound&language=en")
    assert titles(answer) == ["Lending a sound system"]
    assert answer["results"][0]["url"].startswith("http://testserver/")
    assert {c["label"]: c["selected"] for c in answer["facets"]["language"]} == {
        "English": True,
        "Français": False,
    }
    both = asked(client, "language=fr&language=en&kind=article")
    assert both["total"] == 2


def test_the_browser_does_not_choose_the_language(client, sono):
    english = {"accept-language": "en"}
    assert client.get(API, headers=english)["Content-Language"] == "fr"
    assert client.get(f"{API}?language=en")["Content-Language"] == "en"
    assert asked(client, headers=english) == asked(client)


def test_other_sites_may_read_what_anybody_may(client, sono):
    for response in (client.get(API), client.options(API), client.get(f"{API}?page=0")):
        assert response["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in response
        assert response["X-Robots-Tag"] == "noindex"
    assert client.options(API).status_code == 204
    assert client.head(API).status_code == 200
    refused = client.post(API)
    assert (refused.status_code, refused["Allow"]) == (405, "GET, HEAD, OPTIONS")
    assert refused.json()["error"]


def test_only_what_anybody_may_see_is_kept_on_the_way(client, sono, contributor):
    response = client.get(API)
    assert response["Cache-Control"] == "public, max-age=60"
    assert "Cookie" in response["Vary"]
    assert client.get(f"{API}?page=0")["Cache-Control"] == "no-store"
    client.force_login(contributor)
    assert client.get(API)["Cache-Control"] == "private, no-store"


def test_an_address_that_asks_too_often_has_to_wait(client, sono, monkeypatch):
    monkeypatch.setattr(rate.time, "time", lambda: 1_000_020.0)
    answers = [client.get(API) for _ in range(121)]
    assert [answer.status_code for answer in answers] == [200] * 120 + [429]
    assert answers[-1]["Retry-After"] == "60"
    assert answers[-1].json()["error"]
    assert client.get(API, REMOTE_ADDR="10.0.0.2").status_code == 200
    monkeypatch.setattr(rate.time, "time", lambda: 1_000_080.0)
    assert client.get(API).status_code == 200


def test_no_address_is_kept_in_clear(client, sono):
    client.get(API, REMOTE_ADDR="203.0.113.7")
    kept = [key for key in caches["counts"]._cache if "rate-" in key]
    assert kept and not any("203.0.113.7" in key for key in kept)


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "1.1.1.1", "9.9.9.9"),
        (1, "6.6.6.6, 1.1.1.1", "1.1.1.1"),
        (2, "6.6.6.6, 1.1.1.1, 2.2.2.2", "1.1.1.1"),
        (2, "1.1.1.1", "9.9.9.9"),
        (1, "", "9.9.9.9"),
    ],
)
def test_an_address_is_believed_from_trusted_proxies_only(settings, proxies, forwarded, address):
    settings.TRUSTED_PROXIES = proxies
    request = RequestFactory().get(
        API, headers={"x-forwarded-for": forwarded}, REMOTE_ADDR="9.9.9.9"
    )
    assert rate.client_address(request) == address


# The description


def fits(value, schema, description) -> bool:
    """Whether a value is what a schema says, of what our description makes use of."""
    if "$ref" in schema:
        schema = description["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]]
    if "anyOf" in schema:
        return any(fits(value, one, description) for one in schema["anyOf"])
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    python = {"string": str, "integer": int, "number": (int, float), "boolean": bool}
    python |= {"object": dict, "array": list, "null": type(None)}
    if not any(isinstance(value, python[kind]) for kind in kinds):
        return False
    if "enum" in schema and value not in schema["enum"]:
        return False
    if isinstance(value, list):
        most = schema.get("maxItems", len(value))
        return len(value) <= most and all(fits(v, schema["items"], description) for v in value)
    if isinstance(value, dict):
        known = schema["properties"]
        return set(schema["required"]) <= value.keys() <= known.keys() and all(
            fits(value[name], known[name], description) for name in value
        )
    return True


def described(client, path, status="200"):
    description = client.get("/api/openapi.json").json()
    operation = description["paths"][path]["get"]
    schema = operation["responses"][status]["content"]["application/json"]["schema"]
    return operation, schema, description


def test_signs_alone_find_nothing(client, sono):
    for query in ("q=!!!", "q=%22%22", "q=-&category=materiel"):
        answer = asked(client, query)
        assert (answer["total"], answer["results"]) == (0, [])
    assert asked(client, "q=%20")["total"] > 0


@pytest.mark.parametrize("query", ["", "q=sono&category=materiel", "q=sonno", "q=!", "language=en"])
def test_answers_are_what_the_description_says(client, sono, query):
    _operation, schema, description = described(client, API)
    answer = asked(client, query)
    assert fits(answer, schema, description)
    answer["unheard_of"] = 1
    assert not fits(answer, schema, description)


def test_refusals_and_suggestions_are_what_the_description_says(client, sono):
    _operation, schema, description = described(client, API, "400")
    assert fits(client.get(f"{API}?page=0").json(), schema, description)
    _operation, schema, description = described(client, "/api/suggest/")
    for text in ("pre", "mat", "sonno", "lanterne"):
        answer = client.get("/api/suggest/", {"q": text}).json()
        assert answer["suggestions"] and fits(answer, schema, description)


def test_the_parameters_described_are_those_that_are_taken(client, sono):
    operation, _schema, _description = described(client, API)
    for parameter in operation["parameters"]:
        schema = parameter["schema"].get("items", parameter["schema"])
        for value in schema.get("enum", [schema.get("maximum", "")]):
            response = client.get(API, {parameter["name"]: value})
            assert response.status_code == 200, parameter
    names = {parameter["name"] for parameter in operation["parameters"]}
    assert names == {*PARAMETERS}


def test_the_description_refers_to_what_it_has(client, db):
    response = client.get("/api/openapi.json")
    description = response.json()
    assert description["openapi"] == "3.1.0"
    referred = set(re.findall(r"#/components/schemas/(\w+)", response.text))
    assert referred == description["components"]["schemas"].keys()
    assert json.loads(response.text)["servers"] == [{"url": "http://testserver/"}]
