"""Bodies of imported articles, whatever their format, as the raw blocks of an article's body."""

import re
import uuid
from html import escape

import nh3
from bs4 import BeautifulSoup, NavigableString
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from markdown import markdown

from articles.blocks import BodyBlock
from exchange.errors import LineError

INLINE_TAGS = {"a", "b", "strong", "i", "em", "br"}
PARAGRAPH_TAGS = INLINE_TAGS | {"p", "ul", "ol", "li"}
STRUCTURE_TAGS = {
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "blockquote",
    "table",
    "caption",
    "tr",
    "th",
    "td",
}
HEADING = re.compile(r"^h([1-6])$")


def block(kind: str, value) -> dict:
    return {"type": kind, "value": value, "id": str(uuid.uuid4())}


def from_text(text: str) -> list[dict]:
    """A line is a paragraph."""
    lines = [line.strip() for line in text.splitlines()]
    html = "".join(f"<p>{escape(line, quote=False)}</p>" for line in lines if line)
    return [block("paragraph", html)] if html else []


def from_markdown(text: str) -> list[dict]:
    return from_html(markdown(text, extensions=["tables", "sane_lists"]))


def from_html(html: str) -> list[dict]:
    """Headings, quotations and tables become blocks; the rest is text, cleaned of all that it may not hold."""
    clean = _clean(html, PARAGRAPH_TAGS | STRUCTURE_TAGS)
    blocks, pending = [], []
    for node in BeautifulSoup(clean, "html.parser").contents:
        if structure := _structure(node):
            blocks += [*_paragraph(pending), structure]
            pending = []
        else:
            pending.append(_without_structure(node))
    return blocks + _paragraph(pending)


def from_blocks(items, media) -> list[dict]:
    """Blocks as docs/import.md describes them; `media` finds or adds the pictures and documents they name.

    Raises LineError for an unknown block or a value that the editor would refuse.
    """
    if not isinstance(items, list):
        raise LineError(_("a body in blocks is a list"))
    stream = BodyBlock()
    for item in items:
        kind = item.get("type") if isinstance(item, dict) else item
        if not isinstance(item, dict) or kind not in stream.child_blocks:
            raise LineError(_("unknown block: %(kind)s") % {"kind": str(kind)[:60]})
    try:
        raw = [
            block(item["type"], _stored_value(item["type"], item["value"], media)) for item in items
        ]
        stream.clean(stream.to_python(raw))
    except (ValidationError, TypeError, ValueError, KeyError, AttributeError) as error:
        if isinstance(error, LineError):
            raise
        message = _("a block is not filled in as it should be: %(error)s")
        raise LineError(message % {"error": _in_words(error)}) from error
    return raw


def _stored_value(kind: str, value, media):
    """Return the value of a block as Wagtail stores it."""
    if kind == "paragraph":
        return clean_paragraph(value)
    if kind == "image":
        picture = media.picture(value["file"], value.get("credit", ""), value.get("alt", ""))
        image = {
            "image": picture.pk,
            "alt_text": value.get("alt", ""),
            "decorative": value.get("decorative", False),
        }
        return {"image": image, "caption": value.get("caption", "")}
    if kind == "document":
        document = media.document(value["file"], value.get("title", ""))
        return {"document": document.pk, "title": value.get("title", "")}
    if kind == "table":
        rows = [[str(cell) for cell in row] for row in value["rows"]]
        header = value.get("header")
        return table_value(
            [header, *rows] if header else rows,
            header=bool(header),
            caption=value.get("caption", ""),
        )
    if kind == "steps":
        steps = [{**step, "text": clean_paragraph(step.get("text", ""))} for step in value["steps"]]
        return {"steps": steps}
    if kind == "video":
        return {**value, "transcript": clean_paragraph(value.get("transcript", ""))}
    return value


def clean_paragraph(html: str) -> str:
    """Return `html` with nothing but paragraphs, lists, emphasis and links."""
    return _clean(html, PARAGRAPH_TAGS)


def _clean(html: str, tags: set[str]) -> str:
    return nh3.clean(
        html,
        tags=tags,
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel=None,
    )


def _in_words(error: Exception) -> str:
    """Return the messages of a block error, however deep they are."""
    children = getattr(error, "block_errors", None) or []
    children = list(children.values() if isinstance(children, dict) else children)
    if children:
        return " ; ".join(_in_words(child) for child in children if child)
    return " ; ".join(error.messages) if isinstance(error, ValidationError) else repr(error)


def _structure(node) -> dict | None:
    name = getattr(node, "name", None)
    if name and HEADING.match(name) and node.get_text(strip=True):
        level = "2" if int(name[1]) <= 2 else "3"
        return block("heading", {"text": node.get_text(" ", strip=True)[:255], "level": level})
    if name == "blockquote" and node.get_text(strip=True):
        text = "\n\n".join(node.stripped_strings)
        return block("quotation", {"text": text, "who": "", "capacity": ""})
    if name == "table":
        return _table(node)
    return None


def _table(node) -> dict | None:
    rows = [
        [cell.get_text(" ", strip=True) for cell in row.find_all(["th", "td"])]
        for row in node.find_all("tr")
    ]
    rows = [row for row in rows if row]
    if not rows:
        return None
    width = max(len(row) for row in rows)
    header = bool(node.find("tr").find("th")) and not node.find("tr").find("td")
    caption = node.find("caption")
    return block(
        "table",
        table_value(
            [row + [""] * (width - len(row)) for row in rows],
            header=header,
            caption=caption.get_text(" ", strip=True) if caption else "",
        ),
    )


def table_value(rows: list[list[str]], *, header: bool, caption: str = "") -> dict:
    """Return the value that Wagtail's table block stores."""
    return {
        "data": rows,
        "cell": [],
        "mergeCells": [],
        "first_row_is_table_header": header,
        "first_col_is_header": False,
        "table_header_choice": "row" if header else "neither",
        "table_caption": caption,
    }


def _without_structure(node) -> str:
    """Return the HTML of `node`; headings and quotations deep inside a list become its text."""
    if isinstance(node, NavigableString):
        return escape(str(node), quote=False)
    for inner in node.find_all(list(STRUCTURE_TAGS)):
        inner.unwrap()
    return str(node)


def _paragraph(pieces: list[str]) -> list[dict]:
    """Return one text block of `pieces`; what stands outside a paragraph is put in one."""
    html, loose = "", ""
    for piece in [*pieces, "<p"]:
        if not piece.startswith(("<p", "<ul", "<ol")):
            loose += piece
            continue
        if loose.strip():
            html += f"<p>{loose.strip()}</p>"
        loose = ""
        html += piece if piece != "<p" else ""
    return [block("paragraph", html)] if html else []
