"""What the reading of a capture gives: the parsed article, and what a person should look at."""

from dataclasses import dataclass, field
from datetime import date


class CaptureError(ValueError):
    """A text that cannot become an article.

    `code` is "empty" (no word at all) or "no_title" (only site furniture or a footer); the caller
    turns it into a message in the reader's language.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Note:
    """Something a person should look at: `code` says what, `text` holds the words concerned.

    Codes: title_is_date, title_cut, no_date, bad_date, no_footer, after_footer (text below the
    footer, kept at the end of the body), left_out, date_line, date_without_year, odd_session,
    odd_contact, unplaced_words.
    """

    code: str
    text: str = ""


@dataclass
class Capture:
    """An article read from a pasted page, whose text is `source`.

    `body` is a flat list of {"type", "value"} blocks. `contacts` repeats the contact blocks of the
    body. `left_out` holds the source lines that belong to the site and not to the article.
    `recognised` holds the source words that a field says in another form: a label, a date, an
    hour, «à distance». With them every word of the source can be accounted for.
    """

    source: str = field(default="", compare=False)
    title: str = ""
    summary: str = ""
    published_on: date | None = None
    event: str = ""
    event_place: str = ""
    event_date: date | None = None
    speaker: str = ""
    speaker_role: str = ""
    commune: str = ""
    department: str = ""
    categories: list[str] = field(default_factory=list)
    typologies: list[str] = field(default_factory=list)
    houses: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    contacts: list[dict] = field(default_factory=list)
    body: list[dict] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    recognised: list[str] = field(default_factory=list)
