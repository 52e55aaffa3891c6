"""What keeps people from reading a file, looked for in a process of its own: a hostile file may stop or fill it.

``python -m portal.document_reading pdf`` reads the file from the standard input and writes a list as JSON.
"""

import json
import re
import resource
import sys
import zipfile
from collections.abc import Iterator
from io import BytesIO
from xml.etree import ElementTree

from pypdf import PdfReader

MEMORY = 512 * 1024 * 1024  # bytes that this process may take
LARGEST_PART = (
    20 * 1024 * 1024
)  # bytes of one part of a document of a word processor, once unpacked
PAGES_LOOKED_AT = 5
LONGEST_WITHOUT_HEADINGS = 300  # words: a letter needs none

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
NO_LANGUAGE = {"", "none", "zxx", "x-none"}
# Word calls it so in all languages.
HEADING = re.compile(r"heading \d", re.IGNORECASE)


def obstacles_of_pdf(content: bytes) -> Iterator[str]:
    reader = PdfReader(BytesIO(content))
    if reader.is_encrypted:
        yield "locked"
        return
    root = reader.root_object
    marks, tree = root.get("/MarkInfo"), root.get("/StructTreeRoot")
    if not any(page.extract_text().strip() for page in reader.pages[:PAGES_LOOKED_AT]):
        yield "scan"
    elif not (marks and marks.get_object().get("/Marked") and tree and tree.get_object().get("/K")):
        yield "untagged"
    if not str(root.get("/Lang") or "").strip():
        yield "no-language"
    if not _title_of(reader):
        yield "no-title"


def _title_of(reader: PdfReader) -> str:
    """Return the title that the properties of the file give, the older ones or the newer."""
    title = reader.metadata.title if reader.metadata else ""
    newer = reader.xmp_metadata.dc_title if reader.xmp_metadata else {}
    return (title or "".join(filter(None, newer.values()))).strip()


def obstacles_of_docx(content: bytes) -> Iterator[str]:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        text, styles = _part(archive, "word/document.xml"), _part(archive, "word/styles.xml")
    headings = {
        style.get(f"{W}styleId")
        for style in styles.iter(f"{W}style")
        if any(HEADING.fullmatch(name.get(f"{W}val", "")) for name in style.iter(f"{W}name"))
    }
    used = {style.get(f"{W}val") for style in text.iter(f"{W}pStyle")}
    if _is_long(text, f"{W}p") and not used & headings:
        yield "no-headings"
    tongues = [lang.get(f"{W}val", "") for part in (styles, text) for lang in part.iter(f"{W}lang")]
    if not {tongue.lower() for tongue in tongues} - NO_LANGUAGE:
        yield "no-language"


def obstacles_of_odt(content: bytes) -> Iterator[str]:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        text, styles = _part(archive, "content.xml"), _part(archive, "styles.xml")
    if _is_long(text, f"{TEXT}p") and text.find(f".//{TEXT}h") is None:
        yield "no-headings"
    tongues = {part.get(f"{FO}language", "") for parts in (styles, text) for part in parts.iter()}
    if not tongues - NO_LANGUAGE:
        yield "no-language"


def _part(archive: zipfile.ZipFile, name: str) -> ElementTree.Element:
    with archive.open(name) as file:
        content = file.read(LARGEST_PART + 1)
    if len(content) > LARGEST_PART:
        raise ValueError(f"{name} is too large")
    return ElementTree.fromstring(content)


def _is_long(text: ElementTree.Element, paragraph: str) -> bool:
    words = sum(len("".join(p.itertext()).split()) for p in text.iter(paragraph))
    return words > LONGEST_WITHOUT_HEADINGS


READERS = {"pdf": obstacles_of_pdf, "docx": obstacles_of_docx, "odt": obstacles_of_odt}


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    try:
        found = list(READERS[sys.argv[1]](sys.stdin.buffer.read()))
    except Exception:  # a broken file fails in as many ways as there are libraries below
        found = ["unreadable"]
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main()
