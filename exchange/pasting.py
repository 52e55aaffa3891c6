"""A capture, once read, on its way to being a draft: what it says, looked up in the site."""

import hashlib
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.models import ArticlePage, Category, Typology
from exchange.captures import Capture, CaptureError, parse_capture
from exchange.errors import LineError
from exchange.importer import CREATED, Importer, Options
from exchange.lines import ArticleLine
from exchange.lookups import houses_by_name
from houses.departments import DEPARTMENTS
from houses.models import House
from search.text import fold

SOURCE = "capture"
LONGEST = 200_000  # characters
# What only those who edit for the whole network may add to.
VOCABULARY = {"categories": Category, "typologies": Typology}

ERRORS = {
    "empty": gettext_lazy("There is no text."),
    "no_title": gettext_lazy("No title was found: the first line of the text should be it."),
}
NOTES = {
    "title_is_date": gettext_lazy("The first line was only a date: check the title."),
    "title_cut": gettext_lazy("The first line was too long for a title; all of it opens the text."),
    "no_date": gettext_lazy("No date of publication was found."),
    "bad_date": gettext_lazy("This date could not be understood:"),
    "no_footer": gettext_lazy("No categories, typologies or house were found: choose them."),
    "after_footer": gettext_lazy("This stood below the footer; it ends the text:"),
    "left_out": gettext_lazy("Left out, as it belongs to the site it was copied from:"),
    "date_line": gettext_lazy("A date stood alone; check what it dates:"),
    "date_without_year": gettext_lazy("A date without its year:"),
    "odd_session": gettext_lazy("Check this session:"),
    "odd_contact": gettext_lazy("Check this contact:"),
    "unplaced_words": gettext_lazy("These words found no place; put them back by hand:"),
    "unknown_house": gettext_lazy("This house is not in the network's list:"),
    "unknown_categories": gettext_lazy("This category is not in the list:"),
    "unknown_typologies": gettext_lazy("This typology is not in the list:"),
    "unknown_department": gettext_lazy("This department is unknown:"),
}


def read_capture(text: str) -> Capture:
    """Return what is recognised in a pasted text.

    Raises LineError where it holds no article.
    """
    if len(text) > LONGEST:
        raise LineError(_("the text has more than %(longest)s characters") % {"longest": LONGEST})
    try:
        return parse_capture(text)
    except CaptureError as error:
        raise LineError(str(ERRORS[error.code])) from error


def notes_in_words(capture: Capture, *, new_vocabulary=True) -> list[str]:
    """Return what a person should look at, in words.

    `new_vocabulary` says whether unknown categories and typologies are to be created; if not, they are named.
    """
    notes = [f"{NOTES.get(note.code, note.code)} {note.text}".strip() for note in capture.notes]
    _known, unknown = match_houses(capture.houses)
    notes += [f"{NOTES['unknown_house']} {name}" for name in unknown]
    if capture.department and not department_code(capture.department):
        notes.append(f"{NOTES['unknown_department']} {capture.department}")
    return notes if new_vocabulary else notes + _unknown_vocabulary(capture)


def _unknown_vocabulary(named: Capture | ArticleLine) -> list[str]:
    """Return a note on each category and typology that the site has not."""
    return [
        f"{NOTES[f'unknown_{kind}']} {label}"
        for kind in VOCABULARY
        for label in _missing(kind, getattr(named, kind))
    ]


def _missing(kind: str, labels: list[str]) -> list[str]:
    return [label for label in labels if not VOCABULARY[kind].objects.labelled(label).exists()]


def _keep_vocabulary(line: ArticleLine) -> list[str]:
    """Take the unknown categories and typologies out of `line`, and return the notes that name them."""
    notes = _unknown_vocabulary(line)
    for kind in VOCABULARY:
        labels = getattr(line, kind)
        missing = _missing(kind, labels)
        setattr(line, kind, [label for label in labels if label not in missing])
    return notes


def match_houses(names: list[str]) -> tuple[list[House], list[str]]:
    """Return the houses with these names, and the names that no house has."""
    houses = houses_by_name()
    known = [houses[fold(name)] for name in names if fold(name) in houses]
    return known, [name for name in names if fold(name) not in houses]


def department_code(name: str) -> str:
    """Return the code of the department with this name or code, empty where there is none."""
    wanted = fold(name).replace("-", " ")
    for code, label in DEPARTMENTS.items():
        if wanted in {code.lower(), fold(label).replace("-", " ")}:
            return code
    return ""


def import_capture(
    capture: Capture,
    *,
    house: House | None = None,
    publish=False,
    new_vocabulary=True,
    user=None,
    **corrections,
):
    """Make the draft of what was read in a text, and return (article, outcome, notes).

    The text is the identity, with the house where a person chose one: pasted again, unchanged, it makes no
    second article of that house.

    Parameters
    ----------
    house: responsible; where it is None, the first house that the text names, then the network's.
    new_vocabulary: create the categories and typologies that are missing; otherwise they are left out and named.
    corrections: fields of ArticleLine set by a person, which take the place of what was recognised.

    Raises LineError, with nothing written, where it cannot be imported.
    """
    line = _line_of(capture, house, _digest(capture.source, house))
    for name, value in corrections.items():
        setattr(line, name, value)
    notes = notes_in_words(capture)
    if not new_vocabulary:
        notes += _keep_vocabulary(line)
    with Importer(Options(source=SOURCE, publish=publish), user) as importer:
        importer.save(line, Path())
    if importer.refused:
        raise LineError(importer.refused[0][1])
    article = ArticlePage.objects.get(source=SOURCE, source_id=line.id)
    outcome = next(iter(importer.outcomes), CREATED)
    return article, outcome, notes


def _line_of(capture: Capture, house: House | None, digest: str) -> ArticleLine:
    """Return what a capture says as a line of a file would say it."""
    known, _unknown = match_houses(capture.houses)
    responsible = [house] if house else []
    partners = [other for other in known if other != house]
    return ArticleLine(
        number=1,
        id=digest,
        title=capture.title,
        body=capture.body,
        body_format="blocks",
        summary=capture.summary,
        date=capture.published_on,
        categories=capture.categories,
        typologies=capture.typologies,
        tags=capture.tags,
        houses=[other.slug for other in responsible + partners],
        commune=capture.commune,
        department=department_code(capture.department),
        event={
            "event": capture.event[:255],
            "event_place": capture.event_place[:255],
            "event_date": capture.event_date,
            "speaker": capture.speaker[:255],
            "speaker_role": capture.speaker_role[:255],
        },
        digest=digest,
    )


def _digest(text: str, house: House | None) -> str:
    words = [*([house.slug] if house else []), *text.split()]
    return hashlib.sha256(" ".join(words).encode(errors="replace")).hexdigest()
