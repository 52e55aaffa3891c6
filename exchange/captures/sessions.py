"""Reads the sessions («séances») of a capture: a theme, a date, hours, a mode, associations."""

import re
from dataclasses import dataclass, field

from exchange.captures.dates import (
    FoundDate,
    find_dates,
    find_hours,
    find_year,
    has_break,
    has_hours,
)
from exchange.captures.model import Note
from exchange.captures.text import BULLET, Line, fold, has_words, split_list, words

_MODES = {
    "hybrid": re.compile(
        r"(?:en\s+)?(?:(?:format|mode)\s+)?\bhybride\b|(?:en|format|mode)\s+mixte\b", re.IGNORECASE
    ),
    "online": re.compile(
        r"(?:en\s+|par\s+|à\s+|via\s+)?\b(?:distance|distanciel|ligne|visio(?:[- ]?conférence)?)\b",
        re.IGNORECASE,
    ),
    "on_site": re.compile(r"\b(?:sur\s+(?:place|site)|(?:en\s+)?présentiel)\b", re.IGNORECASE),
}
_ASSOCIATIONS = re.compile(
    r"(?P<label>associations?(?:\s+(?:participantes?|présentes?|invitées?|intervenantes?))?)"
    r"\s*:\s*(?P<names>.*)",
    re.IGNORECASE,
)
_LEAD = re.compile(r"(?:^|(?<=[\s(]))(?:le|la|les)\s*$", re.IGNORECASE)
_THEME_AFTER = re.compile(
    r"(?P<details>[^:]*(?::\d\d[^:]*){0,2}?)\s?:\s+(?P<theme>[A-ZÀ-Þ«][^()]{2,150}?)"
    r"\s*(?:\((?P<more>[^()]{2,100})\))?"
)
_AT = re.compile(r"(?:à\s+(?:la\s+|l['’]\s?)?|aux?\s+)(?=\S)", re.IGNORECASE)
_JOINTS = {"de", "du", "a", "le", "la", "en", "et", "ou", "format", "mode", "dans", "par"}
_LOOSE_JOINT = re.compile(r"^(?:et|ou)\s+|\s+(?:et|ou|en|par)$", re.IGNORECASE)
_MAX_PLACE = 10  # words: a longer rest is a sentence


@dataclass
class SessionRun:
    """One session and the lines it came from, `start` to `end` (excluded)."""

    start: int
    end: int
    session: dict
    recognised: list[str]
    complete: bool
    notes: list[Note] = field(default_factory=list)


def find_sessions(lines: list[Line], year: int | None) -> dict[int, SessionRun]:
    """Return the sessions of the lines by the index of their first line.

    A session is one of two or more such lines, or one with a line «Associations : …»: a single
    line with a date and an hour may well be the announcement of a meeting.

    Args:
        lines: the lines of the body.
        year: that of the dates that name none, if nothing nearer gives one.
    """
    runs = []
    for index, line in enumerate(lines):
        free = runs[-1].end if runs else 0
        year = find_year(line.text) or year
        if index >= free and (run := _read_run(lines, index, free, year)):
            runs.append(run)
    runs = [run for run in runs if run.complete]
    if len(runs) == 1 and not runs[0].session["associations"]:
        return {}
    return {run.start: run for run in runs}


def _read_run(lines: list[Line], index: int, free: int, year: int | None) -> SessionRun | None:
    """Return the session whose date is on the line `index`, with the lines around it."""
    run = _read_line(lines[index], year)
    if run is None:
        return None
    run.start, run.end = index, index + 1
    if not run.session["theme"]:
        if index - 1 < free or not _is_theme(lines, index):
            return None
        run.start, run.session["theme"] = index - 1, lines[index - 1].text.rstrip(" :")
    _read_associations(lines, run)
    run.complete = run.complete or bool(run.session["associations"])
    return run


def _is_theme(lines: list[Line], index: int) -> bool:
    """Tell whether the line above a date can be the theme of its session."""
    above = lines[index - 1].text
    is_sentence = above.endswith((".", ";", ",")) or (above.endswith(":") and lines[index].gap)
    return len(above) <= 150 and not is_sentence and not above.startswith(">")


def _read_line(line: Line, year: int | None) -> SessionRun | None:
    """Read «theme : date, hours, mode, place»; None for a line that is something else."""
    text = BULLET.sub("", line.text, count=1)
    dates = find_dates(text) if len(text) <= 400 else []
    if len(dates) != 1 or dates[0].several or dates[0].on(year) is None:
        return None
    theme, lead = _split_theme(text[: dates[0].start])
    rest = text[dates[0].end :]
    if theme == "":
        theme, rest = _theme_after(rest)
    if theme is None:
        return None
    session = {"theme": theme, "date": dates[0].on(year).isoformat()}
    place, recognised = _read_details(rest, session)
    if place is None:
        return None
    recognised = [part for part in (lead, dates[0].text, *recognised) if has_words(part)]
    session |= {"place": place, "associations": []}
    complete = bool(session["start"] or session["mode"])
    return SessionRun(0, 0, session, recognised, complete, _doubts(line, dates[0], session))


def _split_theme(before: str) -> tuple[str | None, str]:
    """Separate the theme before a date from «le»; the theme is None where a sentence goes on."""
    lead = _LEAD.search(before)
    theme = (before[: lead.start()] if lead else before).strip()
    lead_text = lead.group() if lead else ""
    if not theme or theme[-1] in ":,–—-|(•·":
        return theme.rstrip(" :,–—-|(•·"), lead_text
    return (theme if theme[-1] in "?!.»)…" else None), lead_text


def _theme_after(rest: str) -> tuple[str, str]:
    """Separate the theme of «6 mai 2019, 18h : Agir (à distance)» from its details."""
    match = _THEME_AFTER.fullmatch(rest)
    if not match or match["theme"].endswith("."):
        return "", rest
    return match["theme"], f"{match['details']},{match['more'] or ''}"


def _read_details(text: str, session: dict) -> tuple[str | None, list[str]]:
    """Fill in the hours and the mode of a session from what follows its date.

    Returns:
        What is left, which is the place (None if it reads like a sentence), and the words that
        the hours and the mode now say.
    """
    hours = find_hours(text)
    session["start"], session["end"] = (hours.start, hours.end) if hours else ("", "")
    recognised = [hours.text] if hours else []
    text = text.replace(hours.text, ",", 1) if hours else text
    if after := find_hours(text):  # a second part of the day: from the first to the last hour
        session["end"] = after.end or after.start
        recognised.append(after.text)
        text = text.replace(after.text, ",", 1)
    modes = []
    for mode, pattern in _MODES.items():
        if pattern.search(text):
            modes.append(mode)
            recognised += pattern.findall(text)
            text = pattern.sub(",", text)
    both = "hybrid" in modes or len(modes) > 1
    session["mode"] = "hybrid" if both else "".join(modes)
    return _place(text, recognised)


def _place(text: str, recognised: list[str]) -> tuple[str | None, list[str]]:
    """Return the place left in the details of a session, with what was recognised in them."""
    parts = []
    for part in re.split(r"[,;()|–—]|\s-\s", text):
        if set(words(fold(part))) <= _JOINTS:
            recognised.append(part)
        else:
            parts.append(_without_loose_joints(part.strip(" .:"), recognised))
    if parts and (preposition := _AT.match(parts[0])):
        recognised.append(preposition.group())
        parts[0] = parts[0][preposition.end() :]
    place = ", ".join(parts)
    if len(place.split()) > _MAX_PLACE or find_dates(place) or has_hours(place):
        return None, []
    return place, recognised


def _without_loose_joints(part: str, recognised: list[str]) -> str:
    """Return a place without the «et» that joined it to a mode, as in «salle B et en ligne»."""
    while joint := _LOOSE_JOINT.search(part):
        recognised.append(joint.group())
        part = part.replace(joint.group(), "", 1) if joint.start() == 0 else part[: joint.start()]
    return part


def _doubts(line: Line, day: FoundDate, session: dict) -> list[Note]:
    """Return what a person should check in a session; an end that is not after the beginning is left out."""
    notes = []
    if day.year is None:
        notes.append(Note("date_without_year", line.text))
    wrong_hours = session["end"] and session["end"] <= session["start"]
    if wrong_hours:  # past midnight, or a slip: the note keeps the words
        session["end"] = ""
    known = day.on(int(session["date"][:4]))
    if wrong_hours or has_break(line.text) or (known and day.contradicts_weekday(known)):
        notes.append(Note("odd_session", line.text))
    return notes


def is_associations_line(text: str) -> bool:
    """Tell whether a line lists the associations of a session."""
    match = _ASSOCIATIONS.fullmatch(text) if len(text) <= 2000 else None
    return match is not None and match["names"] != ""


def _read_associations(lines: list[Line], run: SessionRun) -> None:
    """Add the associations listed below a session, on one line or as a list."""
    match = _ASSOCIATIONS.fullmatch(lines[run.end].text) if run.end < len(lines) else None
    if not match:
        return
    end, names = run.end + 1, [match["names"]]
    while not match["names"] and end < len(lines) and (mark := BULLET.match(lines[end].text)):
        names.append(lines[end].text[mark.end() :])
        end += 1
    found = [name for text in names for name in split_list(text.rstrip(" ."))]
    if found:
        run.session["associations"] = found
        run.recognised.append(match["label"])
        run.end = end
