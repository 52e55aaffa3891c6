"""Bodies of imported articles, whatever their format, as the raw blocks of an article's body."""

from html import escape

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from markdown import markdown
from wagtail.blocks import ListBlock, StructBlock

from articles.blocks import BodyBlock
from exchange.errors import LineError
from exchange.html import block, clean_paragraph, from_html, table_value

# What docs/import.md names otherwise than the editor does.
PARTS = {
    "image": {"file", "alt", "decorative", "caption", "credit"},
    "document": {"file", "title", "text", "readable_by_all"},
    "table": {"caption", "header", "rows"},
}


def from_text(text: str) -> list[dict]:
    """A line is a paragraph."""
    lines = [line.strip() for line in text.splitlines()]
    html = "".join(f"<p>{escape(line, quote=False)}</p>" for line in lines if line)
    return [block("paragraph", html)] if html else []


def from_markdown(text: str) -> list[dict]:
    return from_html(markdown(text, extensions=["tables", "sane_lists"]))


def from_blocks(items, media) -> list[dict]:
    """Blocks as docs/import.md describes them; `media` finds or adds the pictures and documents they name.

    Raises LineError for an unknown block or a value that the editor would refuse.
    """
    if not isinstance(items, list):
        raise LineError(_("a body in blocks is a list"))
    stream = BodyBlock()
    for item in items:
        kind = item.get("type") if isinstance(item, dict) else item
        known = isinstance(item, dict) and isinstance(kind, str) and kind in stream.child_blocks
        if not known:
            raise LineError(_("unknown block: %(kind)s") % {"kind": str(kind)[:60]})
    try:
        raw = [_raw_block(stream, item, media) for item in items]
        stream.clean(stream.to_python(raw))
    except LineError:
        raise
    except (ValidationError, TypeError, ValueError, KeyError, AttributeError) as error:
        message = _("a block is not filled in as it should be: %(error)s")
        raise LineError(message % {"error": in_words(error)}) from error
    return raw


def _raw_block(stream: BodyBlock, item: dict, media) -> dict:
    kind, value = item["type"], item["value"]
    if kind in PARTS:
        _refuse_parts(set(value) - PARTS[kind])
    else:
        _refuse_unknown_parts(stream.child_blocks[kind], value)
    return block(kind, _stored_value(kind, value, media))


def _refuse_unknown_parts(definition, value) -> None:
    """Raise LineError for what the editor has no field for, however deep: it would be lost."""
    if isinstance(definition, StructBlock) and isinstance(value, dict):
        _refuse_parts(set(value) - set(definition.child_blocks))
        for name, part in value.items():
            _refuse_unknown_parts(definition.child_blocks[name], part)
    elif isinstance(definition, ListBlock) and isinstance(value, list):
        for part in value:
            _refuse_unknown_parts(definition.child_block, part)


def _refuse_parts(unknown: set[str]) -> None:
    if unknown:
        names = ", ".join(sorted(map(str, unknown)))[:100]
        raise LineError(_("unknown part of a block: %(names)s") % {"names": names})


def _stored_value(kind: str, value, media):
    """Return the value of a block as Wagtail stores it."""
    if kind == "paragraph":
        return clean_paragraph(value)
    if kind == "image":
        return _stored_image(value, media)
    if kind == "document":
        return _stored_document(value, media)
    if kind == "table":
        return _stored_table(value)
    if kind == "steps":
        steps = [{**step, "text": clean_paragraph(step.get("text", ""))} for step in value["steps"]]
        return {"steps": steps}
    if kind == "video":
        return {**value, "transcript": clean_paragraph(value.get("transcript", ""))}
    return value


def _stored_image(value: dict, media) -> dict:
    alt = _part(value, "alt")
    picture = media.picture(_part(value, "file"), _part(value, "credit"), alt)
    image = {
        "image": picture.pk,
        "alt_text": alt,
        "decorative": value.get("decorative") is True,
    }
    return {"image": image, "caption": _part(value, "caption")}


def _stored_document(value: dict, media) -> dict:
    title, readable = _part(value, "title"), value.get("readable_by_all") is True
    return {
        "document": media.document(_part(value, "file"), title, readable).pk,
        "title": title,
        "text": clean_paragraph(_part(value, "text")),
    }


def _stored_table(value: dict) -> dict:
    header = value.get("header") or []
    rows = [header, *value["rows"]] if header else value["rows"]
    if not all(isinstance(row, list) for row in (header, value["rows"], *rows)):
        raise LineError(_("the header of a table and each of its rows are lists"))
    return table_value(
        [["" if cell is None else str(cell) for cell in row] for row in rows],
        header=bool(header),
        caption=_part(value, "caption"),
    )


def _part(value: dict, name: str) -> str:
    text = value.get(name)
    if text is not None and not isinstance(text, str):
        raise LineError(_("%(name)s is not a text") % {"name": name})
    return text or ""


def in_words(error: Exception) -> str:
    """Return the messages of a block error, however deep they are."""
    if isinstance(error, KeyError):
        return _("%(name)s is missing") % {"name": error.args[0]}
    if isinstance(error, TypeError | AttributeError):
        return _("a value is not of the kind that is expected there")
    if not isinstance(error, ValidationError):
        return _("a date or an hour does not exist: %(error)s") % {"error": error}
    children = getattr(error, "block_errors", None) or []
    children = list(children.values() if isinstance(children, dict) else children)
    messages = [str(message) for message in getattr(error, "non_block_errors", None) or []]
    messages += [in_words(child) for child in children if child]
    return " ; ".join(messages or map(str, error.messages))
