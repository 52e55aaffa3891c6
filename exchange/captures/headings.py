"""Tells which lines of a capture are headings, which a pasted text no longer shows."""

import re

from exchange.captures.dates import has_hours, only_date
from exchange.captures.html import EMAIL, URL
from exchange.captures.people import is_quoted, split_quotation, strip_emphasis
from exchange.captures.text import BULLET, NUMBERED, Line

_MAX_LENGTH = 110
_MAX_WORDS = 18
_LONG = 80  # characters: a line that long is a paragraph
_LABELLED = re.compile(r"[^:?!]{2,60}?\s?:\s+\S")
_SENTENCE = re.compile(
    r"(?:Il|Elle|Ils|Elles|On|Je|J['’]|Cela|Ceci|Ce sont|C['’]est|Celle-ci|Celui-ci)\b"
    r"|Nous (?:\w+ )?\w+ons\b|Vous (?:\w+ )?\w+ez\b"
)
_TWO_SENTENCES = re.compile(
    # A second question is part of a heading only where it is short: «Un café ? Pour qui ?»
    r"[a-zà-ÿ)»]{2}(?:[.!?]\s+[A-ZÀ-Þ]|\s[!?]\s+[A-ZÀ-Þ]\S*(?:\s+\w\S*){3})"
)
_SUB_NUMBER = re.compile(r"\d{1,2}\.\d{1,2}[.)]?\s+\S|[A-H][.)]\s+\S")
_PART = re.compile(
    rf"{_SUB_NUMBER.pattern}|[IVX]{{1,4}}\s?[.)–-]\s+\S"
    r"|(?:partie|étape|chapitre|axe|atelier|phase|thème|séquence)\s+(?:n[°o]\s?)?\d+\b",
    re.IGNORECASE,
)


def line_kind(line: Line) -> str:
    """Return "quote", "said" (words of somebody named), "number", "bullet", "url" or "text"."""
    if split_quotation(line.text):
        return "said"
    if line.text.startswith(">"):
        return "quote"
    if NUMBERED.match(line.text):
        return "number"
    if BULLET.match(line.text):
        return "bullet"
    return "url" if URL.fullmatch(line.text) else "text"


def heading_text(line: Line) -> str:
    """Return the words of a heading, without its number, emphasis and final colon."""
    text = strip_emphasis(NUMBERED.sub("", line.text, count=1))
    return text.rstrip(" :") or text


def find_headings(lines: list[Line], kinds: list[str]) -> dict[int, str]:
    """Return the level ("2" or "3") of each line that is a heading, by index.

    Args:
        lines: the lines of the body.
        kinds: the kind of each, from `line_kind`, or another word for lines that are taken
            already (a session, a contact, a list, the context).
    """
    headings = {index for index in range(len(lines)) if _is_heading(lines, kinds, index)}
    numbered = [index for index in sorted(headings) if kinds[index] == "number"]
    levels: dict[int, str] = {}
    for index in sorted(headings):
        line = lines[index]
        below = _is_under_heading(lines, headings, index)
        inside = kinds[index] == "text" and _is_in_part(line, index, numbered)
        emphasised = strip_emphasis(line.text) != line.text
        lower = below or inside or emphasised or _SUB_NUMBER.match(line.text)
        levels[index] = "3" if lower and levels else "2"
    return levels


def _is_under_heading(lines: list[Line], headings: set[int], index: int) -> bool:
    """Tell whether a plain heading stands right below another plain one."""
    return index - 1 in headings and not NUMBERED.match(lines[index].text)


def _is_in_part(line: Line, index: int, numbered: list[int]) -> bool:
    """Tell whether a plain heading belongs to a numbered part: the last one may have ended."""
    if not numbered or index < numbered[0]:
        return False
    return index < numbered[-1] or not line.gap or line.text.endswith(":")


def _is_heading(lines: list[Line], kinds: list[str], index: int) -> bool:
    """Tell whether a line is a heading, from its words and from what stands around it."""
    if kinds[index] not in ("text", "number") or index + 1 == len(lines):
        return False
    text = lines[index].text
    if kinds[index] == "number":
        return _has_shape(heading_text(lines[index])) and kinds[index + 1] != "number"
    if strip_emphasis(text) != text:
        inside = strip_emphasis(text)
        return len(text) <= _MAX_LENGTH and inside[-1] != "." and not _LABELLED.match(inside)
    if not _has_shape(text):
        return False
    if _PART.match(text):
        return not _PART.match(lines[index + 1].text)
    if not _suits_next(lines, kinds, index):
        return False
    return lines[index].gap or _stands_out(lines, kinds, index)


def _has_shape(text: str) -> bool:
    """Tell whether a text may be a heading: short, one phrase, no full stop, no address."""
    words = text.split()
    if len(text) > _MAX_LENGTH or len(words) > _MAX_WORDS or text.endswith((".", ",", ";", "…")):
        return False
    first = next((char for char in text if char.isalnum()), "a")
    if first.islower() or (text.endswith(":") and len(words) > 5):
        return False
    if (_SENTENCE.match(text) and not text.endswith("?")) or is_quoted(text):
        return False
    if _LABELLED.match(text) and text.count(",") > 1:
        return False
    if _TWO_SENTENCES.search(text) or (only_date(text) and has_hours(text)):
        return False
    return not (EMAIL.search(text) or URL.search(text) or (has_hours(text) and "," in text))


def _suits_next(lines: list[Line], kinds: list[str], index: int) -> bool:
    """Tell whether what follows a short line is something that a heading announces."""
    line, after = lines[index], lines[index + 1]
    labelled = bool(_LABELLED.match(line.text))
    if kinds[index + 1] == "text" and not after.gap:
        return not labelled and not line.text.endswith("!") and _announces(line.text, after.text)
    if kinds[index + 1] != "text":
        return not labelled or kinds[index + 1] not in ("contact", "url", "session", "number")
    if not _is_isolated(lines, kinds, index + 1):
        return len(after.text) >= 40 or not line.text.endswith("!")
    # Two short lines in a row are a heading and its first part; more of them are a list, of
    # which only the last can head what follows.
    many = index and _is_isolated(lines, kinds, index - 1)
    return not (labelled or many or _is_isolated(lines, kinds, index + 2))


def _announces(text: str, after: str) -> bool:
    """Tell whether a line heads the line right below it, and is not its neighbour in a list."""
    if len(after) >= 60 or after.endswith((".", "!", "?", ";")) or _LABELLED.match(after):
        return True
    return len(text) <= 40 and "," not in text and not any(char.isdigit() for char in text)


def _is_isolated(lines: list[Line], kinds: list[str], index: int) -> bool:
    """Tell whether a line could be a heading by its words and the blank lines around it."""
    if index + 1 >= len(lines) or kinds[index] != "text":
        return False
    attached = kinds[index + 1] == "text" and not lines[index + 1].gap
    return lines[index].gap and not attached and _has_shape(lines[index].text)


def _stands_out(lines: list[Line], kinds: list[str], index: int) -> bool:
    """Tell whether a line is a heading without a blank line above, in a copy that has none."""
    text, after = lines[index].text, lines[index + 1]
    if len(text) > 70 or _LABELLED.match(text):
        return False
    before = lines[index - 1].text
    ended = kinds[index - 1] != "text" or before.endswith((".", "!", "?", "»", ";"))
    long = len(after.text) >= _LONG and not _LABELLED.match(after.text)
    content = kinds[index + 1] in ("bullet", "quote") or long
    letters = [char for char in text if char.isalpha()]
    capitals = len(letters) > 3 and all(char.isupper() for char in letters)
    question = text.endswith("?") and long
    return (ended and content) or question or (capitals and not before.isupper())
