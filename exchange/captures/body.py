"""Builds the blocks of an article's body from the lines of a capture, in their order."""

from dataclasses import dataclass, field

from exchange.captures.headings import find_headings, heading_text, line_kind
from exchange.captures.html import Entry, absolute, inline_html, list_html, split_url
from exchange.captures.lists import find_numbered, read_bullets
from exchange.captures.model import Note
from exchange.captures.people import (
    has_address,
    is_contact_heading,
    is_quoted,
    read_attribution,
    read_contacts,
    read_signature,
    split_quotation,
    strip_emphasis,
    strip_guillemets,
)
from exchange.captures.sessions import SessionRun, find_sessions, is_associations_line
from exchange.captures.text import Line

_MAX_CONTACT_LINES = 6


@dataclass
class Body:
    """The blocks built so far, with the words that they say in another form, and the doubts."""

    blocks: list[dict] = field(default_factory=list)
    recognised: list[str] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    contacts: list[dict] = field(default_factory=list)

    def add(self, kind: str, value: dict) -> None:
        """Add a block."""
        self.blocks.append({"type": kind, "value": value})

    def extend(self, kind: str, key: str, item: object) -> None:
        """Add an item to the list `key` of the last block, or to a new one of that kind."""
        if not self.blocks or self.blocks[-1]["type"] != kind:
            self.add(kind, {key: []})
        self.blocks[-1]["value"][key].append(item)

    def finish(self) -> None:
        """Make the value of each paragraph block one HTML string."""
        for block in self.blocks:
            if block["type"] == "paragraph":
                block["value"] = "".join(block["value"]["html"])


def build_body(lines: list[Line], year: int | None, opening: set[int]) -> Body:
    """Return the body of an article.

    Args:
        lines: the article's lines, without title, footer and furniture.
        year: that of the dates of sessions that name none.
        opening: the indexes of the lines that give the context, and so are no headings.
    """
    body = Body()
    sessions = find_sessions(lines, year)
    contacts = _find_contacts(lines, sessions)
    kinds = _kinds(lines, sessions, contacts, opening)
    numbered = find_numbered(lines, kinds)
    for start, (_entries, end) in numbered.items():
        kinds[start:end] = ["list"] * (end - start)
    headings = find_headings(lines, kinds)
    index = 0
    while index < len(lines):
        if index in sessions:
            index = _add_session(body, sessions[index])
        elif index in contacts:
            index = _add_contacts(body, *contacts[index])
        elif index in numbered:
            index = _add_list(body, *numbered[index])
        elif index in headings:
            value = {"text": heading_text(lines[index]), "level": headings[index]}
            body.add("heading", value)
            index += 1
        else:
            index = _ADDERS[kinds[index]](body, lines, kinds, index)
    body.finish()
    return body


def _find_contacts(lines: list[Line], sessions: dict[int, SessionRun]) -> dict[int, tuple]:
    """Return the contacts by the index of their line: contacts, label words, next index."""
    contacts, free = {}, 0
    for index, line in enumerate(lines):
        if index in sessions:
            free = sessions[index].end
        if index < free:
            continue
        end, text = index + 1, line.text
        if is_contact_heading(text):
            end = _end_of_address(lines, end, sessions)
            below = ", ".join(line.text for line in lines[index + 1 : end])
            text = f"{text.rstrip(' :')} : {below}"
        found, labels = read_contacts(text)
        if found:
            contacts[index] = found, labels, end
            free = end
    return contacts


def _end_of_address(lines: list[Line], start: int, sessions: dict[int, SessionRun]) -> int:
    """Return where the short lines below «Contact» end, at the latest at a blank line."""
    end = start
    while end < min(len(lines), start + _MAX_CONTACT_LINES) and len(lines[end].text) <= 80:
        if end in sessions or (end > start and lines[end].gap):
            break
        end += 1
    return end if any(has_address(line.text) for line in lines[start:end]) else start


def _kinds(
    lines: list[Line], sessions: dict[int, SessionRun], contacts: dict, opening: set[int]
) -> list[str]:
    """Return the kind of each line; those of sessions and contacts are not for anything else."""
    kinds = [line_kind(line) for line in lines]
    for index in opening:
        if kinds[index] == "text":
            kinds[index] = "context"
    for run in sessions.values():
        kinds[run.start : run.end] = ["session"] * (run.end - run.start)
    for start, (_found, _labels, end) in contacts.items():
        kinds[start:end] = ["contact"] * (end - start)
    return kinds


def _add_session(body: Body, run: SessionRun) -> int:
    body.extend("sessions", "sessions", run.session)
    body.recognised += run.recognised
    body.notes += run.notes
    return run.end


def _add_contacts(body: Body, contacts: list[dict], labels: list[str], end: int) -> int:
    for contact in contacts:
        body.add("contact", contact)
        body.contacts.append(dict(contact))
    body.recognised += labels
    return end


def _add_list(body: Body, entries: list[Entry], end: int) -> int:
    body.extend("paragraph", "html", list_html(entries))
    return end


def _add_url(body: Body, lines: list[Line], kinds: list[str], index: int) -> int:
    url, _punctuation = split_url(lines[index].text)
    body.extend("links", "links", {"url": absolute(url), "label": url})
    return index + 1


def _add_text(body: Body, lines: list[Line], kinds: list[str], index: int) -> int:
    """Add a paragraph, or the quotation that it is if it says whose."""
    text, end = lines[index].text, index + 1
    quotation = split_quotation(text)
    if not quotation and is_quoted(text):
        who, capacity, end = _attribution_below(lines, kinds, index)
        if who:
            quotation = {"text": strip_guillemets(text), "who": who, "capacity": capacity}
    if quotation:
        body.add("quotation", quotation)
        return end
    if "@" in text and len(text) <= 300 and text.casefold().startswith("contact"):
        body.notes.append(Note("odd_contact", text))
    if is_associations_line(text):
        body.notes.append(Note("odd_session", text))
    body.extend("paragraph", "html", f"<p>{inline_html(text)}</p>")
    return index + 1


def _attribution_below(lines: list[Line], kinds: list[str], index: int) -> tuple[str, str, int]:
    """Return who says the quotation that ends on a line, from the line right below it.

    Returns:
        The name, the capacity and the index of the next line.
    """
    after = index + 1
    if kinds[after : after + 1] in (["text"], ["bullet"]) and not lines[after].gap:
        who, capacity = read_attribution(lines[after].text)
        if not who:
            who, capacity = read_signature(lines[after].text)
        listed = lines[after].text.startswith("-") and kinds[after + 1 : after + 2] == ["bullet"]
        if who and not listed:
            return who, capacity, after + 1
    return "", "", after


def _add_quote(body: Body, lines: list[Line], kinds: list[str], index: int) -> int:
    """Add the quotation that a run of «>» lines makes."""
    parts = [_unquoted(lines[index])]
    end = index + 1
    while end < len(lines) and kinds[end] == "quote" and not lines[end].gap:
        parts.append(_unquoted(lines[end]))
        end += 1
    who, capacity = read_attribution(parts[-1]) if len(parts) > 1 else ("", "")
    if who:
        parts.pop()
    else:
        who, capacity, end = _attribution_below(lines, kinds, end - 1)
    text = strip_emphasis(" ".join(part or "\n" for part in parts).replace(" \n ", "\n").strip())
    value = split_quotation(text) or {"text": text, "who": who, "capacity": capacity}
    if text:
        body.add("quotation", value | {"text": strip_guillemets(value["text"])})
    return end


def _unquoted(line: Line) -> str:
    """Return a quoted line without its mark and the emphasis around it."""
    return strip_emphasis(line.text.lstrip("> "))


def _add_bullets(body: Body, lines: list[Line], kinds: list[str], index: int) -> int:
    return _add_list(body, *read_bullets(lines, kinds, index))


_ADDERS = {
    "context": _add_text,
    "bullet": _add_bullets,
    # A number that begins neither a list nor a heading stays in its paragraph.
    "number": _add_text,
    "quote": _add_quote,
    "said": _add_text,
    "text": _add_text,
    "url": _add_url,
}
