"""What a person reads in a response, whatever the markup and the unbreakable spaces."""

import json

from bs4 import BeautifulSoup
from django.utils.translation import gettext


def page_of(response) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def squashed(text) -> str:
    """Return `text` with one plain space wherever there is any space."""
    return " ".join(str(text).split())


def text_of(response) -> str:
    return squashed(page_of(response).get_text(" "))


def says(response, message: str, **values) -> bool:
    """Whether the reader sees `message`, an English msgid, in the language of the site."""
    return squashed(gettext(message) % values if values else gettext(message)) in text_of(response)


def links_of(response) -> list[str]:
    """Return the address of each link, in the order of the page."""
    return [link["href"] for link in page_of(response).select("a[href]")]


def meta_of(response) -> dict[str, str]:
    """Return the name or property of each meta element with its content."""
    metas = page_of(response).select("meta[name], meta[property]")
    keys = ("name", "property")
    return {meta[key]: meta["content"] for meta in metas for key in keys if meta.get(key)}


def schema_of(response) -> dict[str, dict]:
    """Return the schema.org objects of the page by their type."""
    (script,) = page_of(response).select('script[type="application/ld+json"]')
    data = json.loads(script.string)
    assert data["@context"] == "https://schema.org"
    return {item["@type"]: item for item in data["@graph"]}
