"""Turns a pasted text into clean lines, whatever the browser and the system it came from."""

import re
import unicodedata
from dataclasses import dataclass

_LINE_ENDS = re.compile("\r\n?|[\v\f\x85\u2028\u2029]")
# The joiner inside an emoji is the only invisible character that means something in French text.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f\xad\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]"
    "|(?<![\u2600-\u27bf\ufe0f\U0001f000-\U0001faff])\u200d"
)
_SPACES = re.compile("[\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_SURROGATES = re.compile("[\ud800-\udfff]")

_SEPARATOR = re.compile(r"[-_=*~–—•.·\s]{3,}")
_ORPHAN = re.compile(r"[?!:;,.…»)\]](?!\w)")
_ONLY_PUNCTUATION = re.compile(r"[?!:;.…»]+")
_STARTS_WITH_ADDRESS = re.compile(r"https?://|www\.|\S{1,64}@")

BULLET = re.compile(r"^(?:([-–—•*●∙·▪■□‣➢➤►→✓✔]|([o◦▫]))\s+|[-–•](?=[^\W\d_]|[«\"“(]))(?=\S)")
_NUMBER = r"(\d{1,2})(?:[.)]|°\)?|/| ?[-–])[ \t]+(?=[^\W\d_]|[«\"“(])"
NUMBERED = re.compile(f"^{_NUMBER}")
_MARKER_ALONE = re.compile(r"[-–—•*●∙·◦▪▫■□‣➢➤►→✓✔]|\d{1,2}[.)]")
_NUMBERING = re.compile(rf"^[ \t>]*(?:{_NUMBER}|\d{{1,2}}[.)]$|o(?=[ \t]))", re.MULTILINE)
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Line:
    """A line that is not blank: its text, its indentation, and whether a blank line is above it."""

    text: str
    indent: int = 0
    gap: bool = True


def clean(text: str) -> str:
    """Return the text in composed Unicode, with plain spaces, "\\n" ends and nothing invisible."""
    text = _INVISIBLE.sub("", _LINE_ENDS.sub("\n", text))
    return unicodedata.normalize("NFC", _SURROGATES.sub("\ufffd", _SPACES.sub(" ", text)))


def fold(text: str) -> str:
    """Return the text without case, accents and punctuation, to compare labels."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return " ".join(_WORD.findall("".join(c for c in decomposed if not unicodedata.combining(c))))


def words(text: str) -> list[str]:
    """Return the words of a text, without case; list bullets and list numbers are punctuation."""
    return _WORD.findall(_NUMBERING.sub("", clean(text)).casefold())


def has_words(text: str) -> bool:
    """Tell whether the text has a letter or a digit."""
    return _WORD.search(text) is not None


def read_lines(text: str) -> list[Line]:
    """Return the lines that are not blank; a rule such as «-----» counts as a blank line."""
    lines, gap = [], True
    for raw in clean(text).split("\n"):
        stripped = " ".join(raw.split())
        if not stripped or _SEPARATOR.fullmatch(stripped):
            gap = True
            continue
        expanded = raw.expandtabs(4)
        lines.append(Line(stripped, len(expanded) - len(expanded.lstrip()), gap))
        gap = False
    return lines


def join_broken(lines: list[Line]) -> list[Line]:
    """Put together the lines that copying broke: «un réseau / ?», a lone bullet, a wrapped line."""
    groups: list[list[Line]] = []
    for index, line in enumerate(lines):
        after = lines[index + 1] if index + 1 < len(lines) else None
        if groups and _continues(groups[-1], line, after):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [_join(group) for group in groups]


def _continues(group: list[Line], line: Line, after: Line | None) -> bool:
    """Tell whether the line is the end of what the lines of the group begin."""
    first, previous = group[0], group[-1]
    if BULLET.match(line.text) or NUMBERED.match(line.text) or line.text.startswith(">"):
        return False
    if _MARKER_ALONE.fullmatch(previous.text) or _ONLY_PUNCTUATION.fullmatch(line.text):
        return True
    if line.gap:
        return False
    if BULLET.match(first.text) and line.indent > first.indent:
        return True
    return bool(_ORPHAN.match(line.text)) or _is_wrapped(previous, line, after)


def _is_wrapped(previous: Line, line: Line, after: Line | None) -> bool:
    """Tell whether a line that begins in lower case goes on with the sentence above it."""
    if not line.text[0].islower() or not previous.text[-1].isalpha():
        return False
    if previous.text.startswith(">") or _STARTS_WITH_ADDRESS.match(line.text):
        return False
    if len(previous.text) >= 50:
        return True
    # A heading on two lines stands alone between blank lines.
    alone = previous.gap and (after is None or after.gap)
    return alone and len(previous.text.split()) > 2 and not line.text.endswith((".", ",", ";"))


def _join(group: list[Line]) -> Line:
    """Return one line made of the group, without a space before a comma or a full stop."""
    text = group[0].text
    if len(group) > 1:
        rest = [line.text if line.text[0] in ",.…)]" else f" {line.text}" for line in group[1:]]
        text = "".join([text, *rest])
    return Line(text, group[0].indent, group[0].gap)


def split_list(text: str) -> list[str]:
    """Split at commas and semicolons, but not inside parentheses; drop empty parts."""
    parts, depth, current = [], 0, []
    # A parenthesis that is never closed must not swallow the whole list.
    nested = text.count("(") == text.count(")")
    for char in text:
        if nested and char in "()":
            depth += 1 if char == "(" else -1
        if char in ",;" and depth <= 0:
            parts.append("".join(current))
            current = []
        else:
            current.append(char)
    parts.append("".join(current))
    return [part.strip() for part in parts if part.strip()]


def cut_at_word(text: str, limit: int) -> str:
    """Return the text, ended with «…» at a word if it is longer than `limit` characters."""
    if len(text) <= limit:
        return text
    kept = text[: limit - 1]
    return (kept.rsplit(" ", 1)[0] if " " in kept else kept).rstrip(" ,;:–-") + "…"
