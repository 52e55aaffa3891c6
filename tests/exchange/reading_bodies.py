"""What a test reads in the body of an imported article."""

import re

import pytest
from bs4 import BeautifulSoup

from exchange import bodies
from exchange.errors import LineError

PARAGRAPH_TAGS = {"p", "ul", "ol", "li", "a", "b", "strong", "i", "em", "br"}


def kinds(body: list[dict]) -> list[str]:
    return [block["type"] for block in body]


def paragraphs(body: list[dict]) -> str:
    return "".join(block["value"] for block in body if block["type"] == "paragraph")


def visible_words(body: list[dict]) -> list[str]:
    """The words that a reader sees, in order; only a tag that begins a line parts two of them."""
    return " ".join(_texts([block["value"] for block in body])).split()


def _texts(value) -> list[str]:
    if isinstance(value, str):
        lines = re.sub(r"</?(?:p|ul|ol|li|br)\b[^>]*>", " ", value)
        return [BeautifulSoup(lines, "html.parser").get_text()]
    if isinstance(value, dict):
        value = value.values()
    return [text for part in value for text in _texts(part)] if hasattr(value, "__iter__") else []


def table_words(body: list[dict]) -> list[str]:
    cells = [cell for block in body for row in block["value"]["data"] for cell in row]
    return " ".join(cells).split()


def refusal(items, media=None) -> str:
    with pytest.raises(LineError) as error:
        bodies.from_blocks(items, media)
    return str(error.value)
