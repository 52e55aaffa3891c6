"""Writes the paragraphs and lists of a capture as safe HTML, and reads their text back."""

import re
from html import escape, unescape
from typing import NamedTuple

EMAIL = re.compile(r"(?<![\w.+-])\w[\w.+-]{0,63}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")
_HOST = r"[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}"
URL = re.compile(
    rf"(?:https?://{_HOST}|(?<![\w.@])www\.{_HOST})(?::\d+)?(?:[/?#][^\s<>\"«»]*)?",
    re.IGNORECASE,
)
_LINK = re.compile(f"{URL.pattern}|{EMAIL.pattern}", re.IGNORECASE)
_TAG = re.compile(r"<[^>]*>")
_MAX_DEPTH = 5
STEP = 2  # columns: less is a slip of the copy, not a level


class Entry(NamedTuple):
    """One item of a list: its tag ("ul" or "ol"), its indentation and its text."""

    tag: str
    indent: int
    text: str


def split_url(found: str) -> tuple[str, str]:
    """Separate an address from the punctuation of the sentence that follows it."""
    url = found.rstrip(".,;:!?'’*_…")
    while url.endswith(")") and url.count(")") > url.count("("):
        url = url[:-1].rstrip(".,;:!?'’*_…")
    return url, found[len(url) :]


def absolute(url: str) -> str:
    """Return the address with its scheme, which people leave out before «www.»."""
    return f"https://{url}" if url[:4].lower() == "www." else url


def inline_html(text: str) -> str:
    """Escape the text and make its web and mail addresses links."""
    parts, last = [], 0
    for match in _LINK.finditer(text):
        found, tail = match.group(), ""
        if URL.match(found):
            found, tail = split_url(found)
        href = absolute(found) if URL.match(found) else f"mailto:{found}"
        label = escape(found, quote=False)
        parts.append(escape(text[last : match.start()], quote=False))
        parts.append(f'<a href="{escape(href)}">{label}</a>{escape(tail, quote=False)}')
        last = match.end()
    return "".join([*parts, escape(text[last:], quote=False)])


def list_html(entries: list[Entry]) -> str:
    """Return the HTML of a list; an item indented more than the one above it is nested in it."""
    html, stack = [], []
    for entry in entries:
        if not stack or (entry.indent >= stack[-1].indent + STEP and len(stack) < _MAX_DEPTH):
            html.append(f"<{entry.tag}>")
            stack.append(entry)
        else:
            while len(stack) > 1 and entry.indent <= stack[-1].indent - STEP:
                html.append(f"</li></{stack.pop().tag}>")
            html.append(_next_item(stack[-1].tag, entry.tag))
            # A first item copied with too large an indent is still on its neighbours' level.
            stack[-1] = entry._replace(indent=min(entry.indent, stack[-1].indent))
        html.append(f"<li>{inline_html(entry.text)}")
    html.extend(f"</li></{entry.tag}>" for entry in reversed(stack))
    return "".join(html)


def _next_item(old: str, new: str) -> str:
    """Return what stands between two items of one level."""
    return "</li>" if old == new else f"</li></{old}><{new}>"


def text_of(html: str) -> str:
    """Return the text of HTML written here, blocks separated by line ends."""
    # A line that starts with a number is no list number here: <ol> has none in its text.
    spaced = re.sub(r"</?(?:p|li|ul|ol)>", "\n\u2022 ", html)
    return unescape(_TAG.sub("", spaced))
