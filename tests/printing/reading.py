"""What is in a PDF that was made without compression."""

import re


def structure(content: bytes) -> list[str]:
    """Return the kind of each element of the structure tree: Document, H1, P, Table…"""
    return [kind.decode() for kind in re.findall(rb"/S /(\w+)", content)]


def pages(content: bytes) -> int:
    return len(re.findall(rb"/Type /Page\b(?!s)", content))


def strings(content: bytes, key: str) -> list[str]:
    """Return the texts under `key` in the dictionaries of a PDF: Title, Lang, Alt, URI…"""
    found = re.findall(rb"/%s (?:\(((?:\\.|[^\\)])*)\)|<([0-9a-fA-F]*)>)" % key.encode(), content)
    return [_decoded(literal, digits) for literal, digits in found]


def _decoded(literal: bytes, digits: bytes) -> str:
    raw = bytes.fromhex(digits.decode()) if digits else re.sub(rb"\\(.)", rb"\1", literal)
    return raw.decode("utf-16") if raw.startswith(b"\xfe\xff") else raw.decode("latin-1")
