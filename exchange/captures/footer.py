"""Reads the footer of a capture: the subjects, natures, houses, date and tags below an article."""

import re
from dataclasses import dataclass, field

from exchange.captures.dates import find_dates
from exchange.captures.text import BULLET, Line, fold, split_list

_LABELS = {
    **dict.fromkeys(("categorie", "categories"), "categories"),
    **dict.fromkeys(("typologie", "typologies"), "typologies"),
    **dict.fromkeys(("maison", "maisons"), "houses"),
    **dict.fromkeys(("date de publication", "dates de publication"), "date"),
    **dict.fromkeys(("tag", "tags", "etiquette", "etiquettes", "mots cles", "mot cle"), "tags"),
}
_INLINE = re.compile(r"([^:]{3,25}?)\s*:\s*(\S.*)")
_MAX_VALUES = 20
_MAX_AFTER = 6


@dataclass
class Footer:
    """The footer's values by label ("categories", "typologies", "houses", "date", "tags").

    `labels` are the labels as written, `after` the lines below it that belong to none of them.
    """

    start: int = 0
    values: dict[str, list[str]] = field(default_factory=dict)
    labels: list[str] = field(default_factory=list)
    after: list[Line] = field(default_factory=list)


def footer_label(text: str) -> tuple[str, str]:
    """Return the key of a footer label and the value on its line; ("", "") for other lines."""
    text = text.replace("(s)", "s") if len(text) <= 200 else ""
    if len(text) <= 30 and (key := _LABELS.get(fold(text))):
        return key, ""
    match = _INLINE.fullmatch(text)
    key = _LABELS.get(fold(match[1]), "") if match else ""
    return (key, match[2]) if key else ("", "")


def find_footer(lines: list[Line]) -> Footer | None:
    """Return the footer that ends the lines, or None.

    The labels are looked for from the end, so that a heading of the body with the same word is
    never taken: what is below a label must look like values, and each label comes once.
    """
    footer, pending = Footer(), []
    for index in range(len(lines) - 1, -1, -1):
        key, inline = footer_label(lines[index].text)
        if not key:
            pending.insert(0, lines[index])
            if len(pending) > _MAX_VALUES:
                break
            continue
        values, after = _split_values(key, inline, pending)
        if key in footer.values or (after and (footer.values or len(after) > _MAX_AFTER)):
            break
        footer.start, footer.values[key] = index, values
        footer.labels.insert(0, lines[index].text.removesuffix(inline) if inline else "")
        footer.labels[0] = footer.labels[0] or lines[index].text
        footer.after = footer.after or after
        pending = []
    return footer if _is_footer(footer, lines) else None


def _split_values(key: str, inline: str, lines: list[Line]) -> tuple[list[str], list[Line]]:
    """Return the values of a label, and the lines from the first that is no value of it."""
    count = 0
    while count < len(lines) and _is_value(lines[count].text):
        count += 1
    if key == "date":
        count = 0 if inline else min(count, 1)
    texts = [inline, *(BULLET.sub("", line.text, count=1) for line in lines[:count])]
    if key == "date":
        return [text for text in texts if text], lines[count:]
    return [value for text in texts for value in split_list(text)], lines[count:]


def _is_value(text: str) -> bool:
    """Tell whether a line can be a value, or a list of values, and not a sentence of prose."""
    if text.startswith(">") or "://" in text:
        return False
    parts = split_list(text)
    if not parts or any(len(part) > 120 for part in parts):
        return False
    word_count = len(text.split())
    if text.endswith((".", "!", "?", ":", "…")) and word_count > 6:
        return False
    return word_count / len(parts) <= 14


def _is_footer(footer: Footer, lines: list[Line]) -> bool:
    """Tell whether what was found is a footer: two labels or a date; one label alone if plain."""
    if len(footer.values) != 1:
        return len(footer.values) > 1
    [(key, values)] = footer.values.items()
    if key == "date":
        return any(find_dates(value) for value in values)
    below = lines[footer.start + 1 :]
    plain = not any(BULLET.match(line.text) for line in below)
    alone = footer_label(lines[footer.start].text)[1] == ""
    return plain and alone and not footer.after and len(below) <= 4
