"""The description of the API for programs, made of the form and the facets so that it says what they do."""

from django import forms
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from search.facets import FACETS
from search.forms import MOST_VALUES, PAGE_SIZE, SearchForm
from search.suggest import MOST, VALUES

TEXT, WHOLE, YES_OR_NO = {"type": "string"}, {"type": "integer"}, {"type": "boolean"}


def description(root: str) -> dict:
    """Return the OpenAPI 3.1 document of the API that is at the address `root`."""
    return {
        "openapi": "3.1.0",
        "info": {"title": settings.WAGTAIL_SITE_NAME, "version": "1"},
        "servers": [{"url": root}],
        "paths": {
            reverse("api_search"): {
                "get": _operation("search", _("Search"), _search_parameters(), _ref("Results"))
            },
            reverse("api_suggest"): {
                "get": _operation(
                    "suggest", _("As-you-type suggestions"), _suggest_parameters(), _suggestions()
                )
            },
        },
        "components": {"schemas": _schemas()},
    }


def _operation(name: str, summary: str, parameters: list[dict], answer: dict) -> dict:
    errors = {
        "400": _("A parameter or its value does not exist; the answer names it."),
        "405": _("This address can only be read."),
        "429": _("Too many requests from your address: please wait a moment."),
    }
    return {
        "operationId": name,
        "summary": summary,
        "parameters": parameters,
        "responses": {
            "200": {"description": summary, "content": {"application/json": {"schema": answer}}}
        }
        | {
            status: {
                "description": text,
                "content": {"application/json": {"schema": _ref("Refusal")}},
            }
            for status, text in errors.items()
        },
    }


def _search_parameters() -> list[dict]:
    fields = [
        _parameter(name, str(field.label), _schema_of(name, field))
        for name, field in SearchForm.base_fields.items()
    ]
    languages = [code for code, _name in settings.LANGUAGES]
    facets = []
    for facet in FACETS:
        value = TEXT | {"enum": languages} if facet.name == "language" else TEXT
        values = {"type": "array", "items": value, "maxItems": MOST_VALUES}
        facets.append(_parameter(facet.name, str(facet.label), values))
    return fields + facets


def _schema_of(name: str, field: forms.Field) -> dict:
    if isinstance(field, forms.IntegerField):
        limits = {"minimum": field.min_value, "maximum": field.max_value}
        return WHOLE | limits | {"default": PAGE_SIZE if name == "size" else 1}
    if isinstance(field, forms.ChoiceField):
        values = [value for value, _label in field.choices]
        return TEXT | {"enum": values, "default": values[0]}
    return TEXT


def _suggest_parameters() -> list[dict]:
    languages = [code for code, _name in settings.LANGUAGES]
    return [
        _parameter("q", _("What is typed so far"), TEXT),
        _parameter("language", _("Language"), TEXT | {"enum": languages, "default": languages[0]}),
        _parameter("format", _("«opensearch» for browsers"), TEXT | {"enum": ["opensearch"]}),
    ]


def _parameter(name: str, text: str, schema: dict) -> dict:
    return {"name": name, "in": "query", "description": text, "schema": schema}


def _suggestions() -> dict:
    kinds = {"enum": ["title", *VALUES, "spelling"]}
    one = _object(label=TEXT, kind=TEXT | kinds, url=TEXT)
    return _object(suggestions={"type": "array", "items": one, "maxItems": MOST})


def _schemas() -> dict:
    value = _ref("Value")
    return {
        "Value": _object(value=TEXT, label=TEXT),
        "Choice": _object(value=TEXT, label=TEXT, count=WHOLE, selected=YES_OR_NO),
        "Result": _object(
            id=WHOLE,
            source_id=TEXT,
            kind=TEXT,
            language=TEXT,
            url=TEXT | {"format": "uri"},
            title=TEXT,
            excerpt=TEXT | {"contentMediaType": "text/html"},
            published_on={"type": ["string", "null"], "format": "date"},
            house={"anyOf": [value, {"type": "null"}]},
            categories=_list("Value"),
            typologies=_list("Value"),
            tags=_list("Value"),
            score={"type": "number"},
        ),
        "Results": _object(
            total=WHOLE,
            page=WHOLE,
            pages=WHOLE,
            engine=TEXT,
            degraded=YES_OR_NO,
            relaxed=YES_OR_NO,
            partial=YES_OR_NO,
            suggestion=TEXT,
            results=_list("Result"),
            facets=_object(**{facet.name: _list("Choice") for facet in FACETS}),
        ),
        "Refusal": _object(error=TEXT)
        | {"properties": dict.fromkeys(("error", "parameter", "value"), TEXT)},
    }


def _object(**properties) -> dict:
    """Return the schema of an object that has these properties, all of them and no other."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _list(name: str) -> dict:
    return {"type": "array", "items": _ref(name)}


def _ref(name: str) -> dict:
    return {"$ref": f"#/components/schemas/{name}"}
