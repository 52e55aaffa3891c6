"""A capture, once read, on its way to being a draft: what it says, looked up in the site."""

import hashlib
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.models import ArticlePage
from exchange.captures import Capture, CaptureError, parse_capture
from exchange.errors import LineError
from exchange.importer import CREATED, Importer, Options
from exchange.lines import ArticleLine
from houses.departments import DEPARTMENTS
from houses.models import House
from portal.text import fold

SOURCE = "capture"
LONGEST = 200_000  # characters

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


def notes_in_words(capture: Capture) -> list[str]:
    """Return what a person should look at, in words."""
    notes = [f"{NOTES.get(note.code, note.code)} {note.text}".strip() for note in capture.notes]
    _known, unknown = match_houses(capture.houses)
    notes += [f"{NOTES['unknown_house']} {name}" for name in unknown]
    if capture.department and not department_code(capture.department):
        notes.append(f"{NOTES['unknown_department']} {capture.department}")
    return notes


def match_houses(names: list[str]) -> tuple[list[House], list[str]]:
    """Return the houses with these names, acronyms or both, and the names that no house has."""
    houses = list(House.objects.all())
    known, unknown = [], []
    for name in names:
        wanted = fold(name)
        house = next((house for house in houses if wanted in _names(house)), None)
        known.append(house) if house else unknown.append(name)
    return known, unknown


def _names(house: House) -> set[str]:
    """The ways to write a house: its name, its acronym, one with the other in brackets."""
    name, acronym = fold(house.name), fold(house.acronym)
    names = {name, house.slug}
    return names | ({acronym, f"{acronym} ({name})", f"{name} ({acronym})"} if acronym else set())


def department_code(name: str) -> str:
    """Return the code of the department with this name or code, empty where there is none."""
    wanted = fold(name).replace("-", " ")
    for code, label in DEPARTMENTS.items():
        if wanted in {code.lower(), fold(label).replace("-", " ")}:
            return code
    return ""


def import_capture(
    text: str, *, house: House | None = None, publish=False, user=None, **corrections
):
    """Make the draft of a pasted text, and return (article, outcome, notes).

    The text itself is the identity: pasted again, unchanged, it makes no second article.

    Parameters
    ----------
    house: responsible; where it is None, the first house that the text names, then the network's.
    corrections: fields of ArticleLine set by a person, which take the place of what was recognised.

    Raises LineError, with nothing written, where it cannot be imported.
    """
    capture = read_capture(text)
    known, _unknown = match_houses(capture.houses)
    responsible = [house] if house else []
    partners = [other for other in known if other != house]
    line = ArticleLine(
        number=1,
        id=_digest(text),
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
        digest=_digest(text),
    )
    for name, value in corrections.items():
        setattr(line, name, value)
    with Importer(Options(source=SOURCE, publish=publish), user) as importer:
        importer.save(line, Path())
    if importer.refused:
        raise LineError(importer.refused[0][1])
    article = ArticlePage.objects.get(source=SOURCE, source_id=line.id)
    outcome = next(iter(importer.outcomes), CREATED)
    return article, outcome, notes_in_words(capture)


def _digest(text: str) -> str:
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()
