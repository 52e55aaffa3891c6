"""What is in a PDF that was made without compression."""

import re
from collections.abc import Iterator
from io import BytesIO

from pypdf import PdfReader


def structure(content: bytes) -> list[str]:
    """Return the kind of each element of the structure tree: Document, H1, P, Table…"""
    return [kind.decode() for kind in re.findall(rb"/S /(\w+)", content)]


def tags(content: bytes) -> Iterator[tuple[str, list[str]]]:
    """Yield (its kind, the kinds right below it) of each element of the structure tree."""
    waiting = [PdfReader(BytesIO(content)).root_object["/StructTreeRoot"]]
    while waiting:
        element = waiting.pop()
        below = element.get("/K", [])
        below = [kid.get_object() for kid in (below if isinstance(below, list) else [below])]
        below = [kid for kid in below if isinstance(kid, dict) and "/S" in kid]
        yield element.get("/S", ""), [kid["/S"] for kid in below]
        waiting += below


def pages(content: bytes) -> int:
    return len(re.findall(rb"/Type /Page\b(?!s)", content))


def strings(content: bytes, key: str) -> list[str]:
    """Return the texts under `key` in the dictionaries of a PDF: Title, Lang, Alt, URI…"""
    found = re.findall(rb"/%s (?:\(((?:\\.|[^\\)])*)\)|<([0-9a-fA-F]*)>)" % key.encode(), content)
    return [_decoded(literal, digits) for literal, digits in found]


def _decoded(literal: bytes, digits: bytes) -> str:
    raw = bytes.fromhex(digits.decode()) if digits else re.sub(rb"\\(.)", rb"\1", literal)
    return raw.decode("utf-16") if raw.startswith(b"\xfe\xff") else raw.decode("latin-1")
