"""Notes at the foot of a text, written where they belong between double square brackets: «gratuit[[Sauf la sono.]]».

As plain words in the text they survive imports, translation and comparison, and are found; only the page that readers
see makes numbered notes of them.
"""

import re
from typing import NamedTuple

from django.utils.html import format_html
from django.utils.translation import gettext as _

# A tag, which is left as it is, or a note: words with some formatting, within one paragraph.
TAG_OR_NOTE = re.compile(
    r"(?P<tag><[^>]*>)"
    r"|\s*\[\[(?P<note>(?:[^<\[\]]|</?(?:b|i|strong|em|a)\b[^>]*>|<br ?/?>|\[(?!\[)|\](?!\]))+)\]\]"
)
PAIRED_TAG = re.compile(r"<(/?)(b|i|strong|em|a)\b")
IN_LINE = re.compile(r"\s*\[\[(.+?)\]\]")


class Numbered(NamedTuple):
    html: str
    notes: list[str]


def in_line(text: str) -> str:
    """Return a plain text with its notes in brackets, as one would read it aloud."""
    return IN_LINE.sub(r" (\1)", text) if "[[" in text else text


def is_unclosed(text: str) -> bool:
    return text.count("[[") != text.count("]]")


def number_notes(html: str, text: str = "") -> Numbered:
    """Return `html` with a numbered reference in the place of each note, and the notes.

    Parameters
    ----------
    text: what tells its notes from those of the other texts of the document.
    """
    notes, links = [], 0

    def replaced(match):
        nonlocal links
        if tag := match["tag"]:
            links += tag.startswith("<a ") - (tag == "</a>")
            return tag
        # A link in a link, or half of a formatting, would break the page.
        if links or not _is_whole(match["note"]):
            return match[0]
        notes.append(match["note"].strip())
        return _reference(f"{text}{len(notes)}", len(notes))

    return Numbered(TAG_OR_NOTE.sub(replaced, html) if "[[" in html else html, notes)


def _is_whole(html: str) -> bool:
    """Whether each formatting that begins in `html` ends in it."""
    within = []
    for end, name in PAIRED_TAG.findall(html):
        if not end:
            within.append(name)
        elif not within or within.pop() != name:
            return False
    return not within


def _reference(anchor: str, number: int) -> str:
    return format_html(
        '<sup><a id="note-ref-{0}" href="#note-{0}" role="doc-noteref" aria-label="{2}">{1}</a></sup>',
        anchor,
        number,
        _("Note %(number)s") % {"number": number},
    )
