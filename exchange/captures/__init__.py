"""Imports a capture: the text of an article's page, as somebody copied it from a browser.

The text says nothing of its structure any more. What can be recognised becomes structure (a
footer, headings, lists, quotations, sessions…), what cannot stays as paragraphs in its place, and
the site's own furniture is left out and reported. No word is ever lost: `lost_words` proves it
for each text, and what it finds becomes a note.
"""

import re
from collections import Counter
from dataclasses import replace
from datetime import date

from exchange.captures.body import build_body
from exchange.captures.context import Context, find_commune, read_context
from exchange.captures.dates import find_dates, find_year, is_month_of_year, only_date
from exchange.captures.edges import Edges, is_network, is_share_link, strip_edges
from exchange.captures.footer import Footer
from exchange.captures.html import text_of
from exchange.captures.model import Capture, CaptureError, Note
from exchange.captures.people import strip_emphasis
from exchange.captures.text import (
    BULLET,
    Line,
    cut_at_word,
    has_words,
    join_broken,
    read_lines,
    words,
)

__all__ = ["Capture", "CaptureError", "Note", "lost_words", "parse_capture", "words"]

_PUBLISHED = re.compile(r"(?:article )?(?:publié|mis en ligne|posté|paru)e?\s", re.IGNORECASE)
_BY = re.compile(r"(?:par|auteure?|autrice)\s", re.IGNORECASE)
_BYLINES = 3  # lines below the title where a site says when and by whom, and offers to share
_MAX_TITLE = 255
_MAX_SECOND_LINE = 120


def parse_capture(text: str) -> Capture:
    """Return the article that a pasted text holds.

    Raises:
        CaptureError: "empty" if the text has no word, "no_title" if it is only a footer or the
            furniture of a site.
    """
    if not has_words(text):
        raise CaptureError("empty")
    edges = strip_edges(read_lines(text))
    lines = join_broken(edges.lines)
    if not any(has_words(line.text) for line in lines):
        raise CaptureError("no_title")
    capture = Capture(source=text)
    lines = _take_title(capture, _take_commune(capture, lines))
    lines = _take_share_links(edges, lines)
    _fill_footer(capture, edges.footer)
    opening = _take_byline(capture, lines) | _fill_context(capture, lines)
    after = edges.footer.after if edges.footer else []
    _fill_body(capture, lines + join_broken(after), opening)
    _report_left_out(capture, edges)
    if lost := lost_words(text, capture):
        capture.notes.append(Note("unplaced_words", " ".join(lost)))
    return capture


def lost_words(text: str, capture: Capture) -> list[str]:
    """Return the words of the source that are neither in the article nor in the report.

    The event, its place and the speaker repeat words of the body, the contacts its blocks, and a
    cut title its first paragraph: they are not counted, so that they cannot hide a loss.
    """
    kept = [*capture.categories, *capture.typologies, *capture.houses, *capture.tags]
    kept += [capture.commune, capture.department, *capture.left_out, *capture.recognised]
    kept += [note.text for note in capture.notes if note.code == "bad_date"]
    if all(note.code != "title_cut" for note in capture.notes):
        kept.append(capture.title)
    for block in capture.body:
        html = block["type"] == "paragraph"
        kept.append(text_of(block["value"]) if html else _value_text(block["value"]))
    # The mark keeps a number at the beginning of a value from being read as a list's.
    found = Counter(word for part in kept for word in words(f"\u2022 {part}"))
    return list((Counter(words(text)) - found).elements())


def _value_text(value: dict | list | str) -> str:
    """Return every word of a block's value."""
    parts = value.values() if isinstance(value, dict) else value
    return value if isinstance(value, str) else "\n\u2022 ".join(map(_value_text, parts))


def _take_commune(capture: Capture, lines: list[Line]) -> list[Line]:
    """Fill in the commune and the department; return the lines without the one that gave them."""
    found = find_commune(lines[1:])
    if not found:
        return lines
    index, capture.commune, capture.department = found
    return _without(lines, index + 1)


def _without(lines: list[Line], index: int) -> list[Line]:
    """Return the lines without one of them, below which there is then a gap."""
    return [*lines[:index], *_with_gap(lines[index + 1 :])]


def _with_gap(lines: list[Line]) -> list[Line]:
    """Return the lines as if a blank line stood above them."""
    return [replace(line, gap=True) for line in lines[:1]] + lines[1:]


def _take_title(capture: Capture, lines: list[Line]) -> list[Line]:
    """Fill in the title from the first line that has words; return the other lines."""
    first = next(index for index, line in enumerate(lines) if has_words(line.text))
    line, others = lines[first], [*lines[:first], *_without(lines, first)[first:]]
    title = strip_emphasis(BULLET.sub("", line.text.lstrip("> "), count=1))
    if only_date(title) or is_month_of_year(title):
        return _take_dated_title(capture, title, others)
    capture.title = cut_at_word(title, _MAX_TITLE)
    if capture.title == title:
        return others
    capture.notes.append(Note("title_cut", capture.title))
    return [line, *others]


def _take_dated_title(capture: Capture, title: str, others: list[Line]) -> list[Line]:
    """Make a title of a date and of the line below it, if that looks like one."""
    found = only_date(title)
    capture.event_date = found.on() if found else None
    below = others[0].text if others else ""
    if _is_second_title(below):
        title = f"{title} – {strip_emphasis(below)}"
        others = _without(others, 0)
    capture.title = cut_at_word(title, _MAX_TITLE)
    capture.notes.append(Note("title_is_date", capture.title))
    return others


def _is_second_title(text: str) -> bool:
    """Tell whether the line below a date can be the title that the date was not."""
    if not has_words(text) or len(text) > _MAX_SECOND_LINE or text.endswith((".", ":", ";", ",")):
        return False
    return not BULLET.match(text) and not text.startswith(">")


def _take_share_links(edges: Edges, lines: list[Line]) -> list[Line]:
    """Leave out the «Share», «Print»… that sites put between a title and its text."""
    start = 0
    while start < min(_BYLINES, len(lines)) and _is_byline(lines[start].text):
        start += 1
    end = start
    while end < len(lines) and is_share_link(lines[end].text):
        end += 1
    # The name of a network, alone, may well be the first heading.
    if end == start or (end == start + 1 and is_network(lines[start].text)):
        return lines
    edges.top += lines[start:end]
    return [*lines[:start], *_with_gap(lines[end:])]


def _is_byline(text: str) -> bool:
    """Tell whether a line says when, or by whom, the article was published."""
    if len(text) > _MAX_SECOND_LINE:
        return False
    return bool(_PUBLISHED.match(text) or _BY.match(text) or only_date(text))


def _take_byline(capture: Capture, lines: list[Line]) -> set[int]:
    """Fill in the date of «Published on…» below the title; return the index of its line."""
    for index, line in enumerate(lines[:_BYLINES]):
        dates = find_dates(line.text) if _is_byline(line.text) else []
        if dates and _PUBLISHED.match(line.text):
            capture.published_on = capture.published_on or dates[0].on()
            return {index}
    return set()


def _fill_footer(capture: Capture, footer: Footer | None) -> None:
    """Fill in what the footer says, with notes on what it does not."""
    if not footer:
        capture.notes.append(Note("no_footer"))
        return
    for key in ("categories", "typologies", "houses", "tags"):
        setattr(capture, key, footer.values.get(key, []))
    capture.recognised += footer.labels
    for value in footer.values.get("date", []):
        day = next((found.on() for found in find_dates(value)), None)
        capture.published_on = capture.published_on or day
        if day:
            capture.recognised.append(value)
        else:
            capture.notes.append(Note("bad_date", value))
    if footer.after:
        capture.notes.append(Note("after_footer", _short(footer.after)))


def _fill_context(capture: Capture, lines: list[Line]) -> set[int]:
    """Fill in the event and the speaker; return the lines that say so."""
    context = read_context(capture.title, lines)
    capture.event, capture.event_place = context.event, context.place
    capture.speaker, capture.speaker_role = context.speaker, context.role
    if context.day and (context.is_talk_day or not capture.event_date):
        capture.event_date = _day_of(capture, context)
    if context.dated_line:
        capture.notes.append(Note("date_line", context.dated_line))
    if not capture.published_on:
        capture.notes.append(Note("no_date"))
    return context.opening


def _day_of(capture: Capture, context: Context) -> date | None:
    """Return the day of the event; a year from the date of publication has to be checked."""
    year = context.year
    if year is None:
        capture.notes.append(Note("date_without_year", context.day.text))
        year = capture.published_on.year if capture.published_on else None
    return context.day.on(year)


def _fill_body(capture: Capture, lines: list[Line], opening: set[int]) -> None:
    """Fill in the body, its contacts and the doubts about them."""
    known = capture.event_date or capture.published_on
    year = known.year if known else find_year(capture.title)
    body = build_body(lines, year, opening)
    capture.body, capture.contacts = body.blocks, body.contacts
    capture.recognised += body.recognised
    capture.notes += body.notes


def _report_left_out(capture: Capture, edges: Edges) -> None:
    """Report what was left out above and below the article, one note for each part."""
    for part in filter(None, [edges.top, *edges.bottom]):
        capture.left_out += [line.text for line in part]
        capture.notes.append(Note("left_out", _short(part)))


def _short(lines: list[Line]) -> str:
    """Return the first words of some lines, and the last line if there are several."""
    first = cut_at_word(lines[0].text, 60)
    return first if len(lines) == 1 else f"{first} … {cut_at_word(lines[-1].text, 60)}"
