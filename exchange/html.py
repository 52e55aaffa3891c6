"""HTML from elsewhere: cleaned, then cut into the raw blocks of an article's body."""

import re
import uuid
from collections.abc import Iterator
from html import escape, unescape

import nh3
from bs4 import BeautifulSoup, NavigableString

from articles.blocks import PASSAGE_LANGUAGES

INLINE_TAGS = {"a", "b", "strong", "i", "em", "br", "span"}
PARAGRAPH_TAGS = INLINE_TAGS | {"p", "ul", "ol", "li"}
HEADING_TAGS = {f"h{level}" for level in range(1, 7)}
STRUCTURE_TAGS = HEADING_TAGS | {"blockquote", "table", "caption", "tr", "th", "td"}
# They only part what stands before, in and after them; once cleaned, they are all written <hr>.
BOX_TAGS = {
    *("address", "article", "aside", "center", "dd", "details", "dialog", "div", "dl", "dt"),
    *("fieldset", "figcaption", "figure", "footer", "form", "header", "hr", "legend", "main"),
    *("nav", "optgroup", "option", "pre", "section", "select", "summary"),
}
LONGEST_HEADING = 255  # characters


def _any_of(tags: set[str]) -> re.Pattern:
    return re.compile(rf"</?(?:{'|'.join(sorted(tags))})\b[^>]*>")


BOX = _any_of(BOX_TAGS)
BOX_OR_STRUCTURE = _any_of(BOX_TAGS | STRUCTURE_TAGS)
BOUNDARY = _any_of(BOX_TAGS | STRUCTURE_TAGS | {"p", "ul", "ol", "li", "br"})
ANY_TAG = re.compile(r"<[^>]*>")
SPACES = re.compile(r"[ \t\r\n\f]+")  # no-break spaces stay


def block(kind: str, value) -> dict:
    return {"type": kind, "value": value, "id": str(uuid.uuid4())}


def clean_paragraph(html: str) -> str:
    """Return `html` with nothing but paragraphs, lists, emphasis, links and passages in another language."""
    clean = _clean(html, PARAGRAPH_TAGS | STRUCTURE_TAGS | BOX_TAGS)
    apart = BOX_OR_STRUCTURE.sub(" ", clean)
    return _editable(clean if apart == clean else _clean(apart, PARAGRAPH_TAGS))


def from_html(html: str) -> list[dict]:
    """Headings, quotations and tables become blocks; the rest is text, cleaned of all that it may not hold."""
    blocks, pieces = [], []
    for node in _nodes(html):
        structure = _structure(node)
        if structure is None:
            pieces.append(_piece(node))
        else:
            blocks += [*_paragraph(pieces), *structure]
            pieces = []
    return blocks + _paragraph(pieces)


def _clean(html: str, tags: set[str]) -> str:
    return nh3.clean(
        html,
        tags=tags,
        attributes={"a": {"href"}, "span": {"lang"}, "*": set()},
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel=None,
    )


def _editable(html: str) -> str:
    """Return the HTML of a paragraph block in the form that the editor can open: it stops at any other.

    Emphasis and links stand inside paragraphs and items, never around them; items stand in a list.
    """
    soup = BeautifulSoup(html, "html.parser")
    parting = list(PARAGRAPH_TAGS - INLINE_TAGS)
    for passage in soup.find_all("span"):
        language = passage.get("lang", "").lower().partition("-")[0]
        if language in PASSAGE_LANGUAGES:
            passage["lang"] = language
        else:
            passage.unwrap()
    for link in soup.find_all("a"):
        for inner in link.find_all(parting):
            _dissolve(inner)
    for emphasis in soup.find_all(list(INLINE_TAGS - {"a"})):
        if emphasis.find(parting):
            emphasis.unwrap()
    for item in soup.find_all("li"):
        if item.parent.name not in ("ul", "ol"):
            item.wrap(soup.new_tag("ul"))
    return str(soup)


def _dissolve(node) -> None:
    """Put a space before and after the content of `node` in its place."""
    node.insert_before(" ")
    node.insert_after(" ")
    node.unwrap()


def _nodes(html: str) -> Iterator:
    """Yield the pieces of a text in order; emphasis around whole paragraphs, as some editors copy it, is left out."""
    clean = _clean(html, PARAGRAPH_TAGS | STRUCTURE_TAGS | BOX_TAGS)
    soup = BeautifulSoup(BOX.sub("<hr>", clean), "html.parser")
    parting = list((PARAGRAPH_TAGS - INLINE_TAGS) | STRUCTURE_TAGS | {"hr"})
    waiting = soup.contents[::-1]
    while waiting:
        node = waiting.pop()
        if node.name in INLINE_TAGS - {"a"} and node.find(parting):
            waiting += node.contents[::-1]
        else:
            yield node


def _structure(node) -> list[dict] | None:
    """Return the blocks of a heading, a quotation or a table, none where it is empty; None for the rest."""
    if node.name in HEADING_TAGS:
        return _heading(node)
    if node.name == "blockquote":
        text = "\n\n".join(filter(None, map(_words, BOUNDARY.split(str(node)))))
        return [block("quotation", {"text": text, "who": "", "capacity": ""})] if text else []
    return _table(node) if node.name == "table" else None


def _heading(node) -> list[dict]:
    text = _text(node)
    if len(text) > LONGEST_HEADING:
        return [block("paragraph", f"<p>{escape(text, quote=False)}</p>")]
    level = "2" if node.name in ("h1", "h2") else "3"
    return [block("heading", {"text": text, "level": level})] if text else []


def _table(node) -> list[dict]:
    found = [row.find_all(["th", "td"], recursive=False) for row in _children(node, "tr")]
    found = [cells for cells in found if cells]
    rows = [[_text(cell) for cell in cells] for cells in found]
    caption = " ".join(_text(caption) for caption in _children(node, "caption"))
    if not any(text for row in rows for text in row):
        return [block("paragraph", f"<p>{escape(caption, quote=False)}</p>")] if caption else []
    width = max(len(row) for row in rows)
    header = all(cell.name == "th" for cell in found[0])
    rows = [row + [""] * (width - len(row)) for row in rows]
    return [block("table", table_value(rows, header=header, caption=caption))]


def _children(node, name: str) -> list:
    return node.find_all(name, recursive=False)


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


def _text(node) -> str:
    """Return the text of `node` on one line, where only the tags that begin a line part two words."""
    return _words(BOUNDARY.sub(" ", str(node)))


def _words(html: str) -> str:
    return SPACES.sub(" ", unescape(ANY_TAG.sub("", html))).strip()


def _piece(node) -> str:
    """Return the HTML of `node`; headings, quotations and tables deep inside a list become its text."""
    if isinstance(node, NavigableString):
        return escape(str(node), quote=False)
    if node.name == "hr":
        return "<hr/>"
    inside_link = PARAGRAPH_TAGS - INLINE_TAGS if node.name == "a" else set()
    for inner in node.find_all(list(STRUCTURE_TAGS | inside_link | {"hr"})):
        _dissolve(inner)
    return f"<ul>{node}</ul>" if node.name == "li" else str(node)


def _paragraph(pieces: list[str]) -> list[dict]:
    """Return one text block of `pieces`; what stands outside a paragraph is put in one."""
    html, loose = "", ""
    for piece in [*pieces, "<hr/>"]:
        if not piece.startswith(("<p>", "<ul>", "<ol>", "<hr/>")):
            loose += piece
            continue
        if _words(loose):
            html += f"<p>{loose.strip()}</p>"
        loose = ""
        html += piece if _words(piece) else ""
    return [block("paragraph", _editable(html))] if html else []
