"""One line of a JSON Lines file as an article to import (docs/import.md), or the reason why it is not one."""

import datetime
import gzip
import hashlib
import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from exchange.errors import LineError
from houses.departments import DEPARTMENTS

BODY_FORMATS = ("text", "html", "markdown", "blocks")
KNOWN_FIELDS = {
    *("id", "title", "body", "body_format", "summary", "date", "language", "categories"),
    *("typologies", "tags", "houses", "place", "images", "links", "contacts", "see_also"),
    *("event", "adapted_from", "image"),
}


# Parts of the objects in a list; the first may stand for the whole.
PARTS = {
    "images": ("file", "alt", "credit"),
    "links": ("url", "label", "description"),
    "contacts": ("name", "role", "organisation", "email", "phone"),
}


@dataclass(frozen=True)
class Line:
    """A line of a file: its number from 1, and its text or the error met reading it."""

    number: int
    text: str = ""
    error: str = ""


@dataclass
class ArticleLine:
    """What one line says of an article, checked but not yet looked up in the site."""

    number: int
    id: str
    title: str
    body: str | list
    body_format: str = "text"
    summary: str = ""
    date: datetime.date | None = None
    language: str = settings.LANGUAGE_CODE
    categories: list[str] = field(default_factory=list)
    typologies: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    houses: list[str] = field(default_factory=list)
    commune: str = ""
    department: str = ""
    event: dict = field(default_factory=dict)
    images: list[dict] = field(default_factory=list)
    links: list[dict] = field(default_factory=list)
    contacts: list[dict] = field(default_factory=list)
    see_also: list[str] = field(default_factory=list)
    adapted_from: str = ""
    digest: str = ""
    unknown: frozenset[str] = frozenset()


def read_lines(path: Path) -> Iterator[Line]:
    """Yield the lines of a file that are not blank, gzipped or not; what cannot be read is an error line."""
    number = 0
    opener = gzip.open if path.suffix == ".gz" else open
    try:
        with opener(path, "rb") as file:
            for number, raw in enumerate(file, start=1):
                if raw.strip():
                    yield _decoded(number, raw)
    except (OSError, EOFError, zlib.error) as error:
        yield Line(
            number + 1, error=_("the file cannot be read further: %(error)s") % {"error": error}
        )


def _decoded(number: int, raw: bytes) -> Line:
    try:
        return Line(number, text=raw.decode("utf-8-sig" if number == 1 else "utf-8"))
    except UnicodeDecodeError as error:
        message = _("not UTF-8: byte %(position)s of the line") % {"position": error.start + 1}
        return Line(number, error=message)


def parse_line(line: Line) -> ArticleLine:
    """Return the article that a line describes.

    Raises LineError with the first reason why it cannot be used.
    """
    if line.error:
        raise LineError(line.error)
    data, digest = _read_object(line.text)
    place = _object(data, "place")
    body_format = _text(data, "body_format") or "text"
    if body_format not in BODY_FORMATS:
        raise LineError(_("unknown body_format: %(value)s") % {"value": body_format[:60]})
    return ArticleLine(
        number=line.number,
        id=_required(data, "id", 255),
        title=_required(data, "title", 255),
        body=_body(data, body_format),
        body_format=body_format,
        summary=_text(data, "summary"),
        date=_date(data, "date"),
        language=_language(data),
        categories=_labels(data, "categories"),
        typologies=_labels(data, "typologies"),
        tags=_labels(data, "tags"),
        houses=_labels(data, "houses"),
        commune=_text(place, "commune", 100),
        department=_department(place),
        event=_event(data),
        images=_images(data),
        links=_objects(data, "links"),
        contacts=_objects(data, "contacts"),
        see_also=_labels(data, "see_also", 255),
        adapted_from=_text(data, "adapted_from"),
        digest=digest,
        unknown=frozenset(data) - KNOWN_FIELDS,
    )


def _read_object(text: str) -> tuple[dict, str]:
    """Return the object that a line holds, and its digest, which the order of its fields does not change."""
    try:
        data = json.loads(text)
        canonical = json.dumps(data, sort_keys=True)
        # Half of a surrogate pair is JSON, but no text: neither UTF-8 nor a database holds it.
        json.dumps(data, ensure_ascii=False).encode()
    except UnicodeEncodeError as error:
        raise LineError(_("it holds half of a character, which cannot be stored")) from error
    except json.JSONDecodeError as error:
        message = _("not JSON, or cut short: character %(position)s of the line")
        raise LineError(message % {"position": error.pos + 1}) from error
    except ValueError as error:
        raise LineError(_("not JSON that can be read: a number is too long")) from error
    except RecursionError as error:
        raise LineError(_("not JSON that can be read: nested too deep")) from error
    if not isinstance(data, dict):
        raise LineError(_("a line is an object: {…}"))
    return data, hashlib.sha256(canonical.encode()).hexdigest()


def _text(data: dict, name: str, longest: int | None = None) -> str:
    value = data.get(name)
    if value is None:
        return ""
    if not isinstance(value, str | int) or isinstance(value, bool):
        raise LineError(_("%(name)s is not a text") % {"name": name})
    value = str(value).strip()
    if "\0" in value:
        raise LineError(_("%(name)s holds a null character") % {"name": name})
    if longest and len(value) > longest:
        message = _("%(name)s has %(length)s characters, %(longest)s at most")
        raise LineError(message % {"name": name, "length": len(value), "longest": longest})
    return value


def _required(data: dict, name: str, longest: int) -> str:
    value = _text(data, name, longest)
    if not value:
        raise LineError(_("%(name)s is missing") % {"name": name})
    return value


def _body(data: dict, body_format: str):
    if "body" not in data:
        raise LineError(_("%(name)s is missing") % {"name": "body"})
    return data["body"] if body_format == "blocks" else _text(data, "body")


def _list(data: dict, name: str) -> list:
    value = data.get(name) or []
    if not isinstance(value, list):
        raise LineError(_("%(name)s is not a list") % {"name": name})
    return value


def _labels(data: dict, name: str, longest: int = 100) -> list[str]:
    """Return the labels of a list, each once, in order."""
    labels = [_text({name: value}, name, longest) for value in _list(data, name)]
    return list(dict.fromkeys(label for label in labels if label))


def _object(data: dict, name: str) -> dict:
    value = data.get(name) or {}
    if not isinstance(value, dict):
        raise LineError(_("%(name)s is not an object: {…}") % {"name": name})
    return value


def _objects(data: dict, name: str) -> list[dict]:
    """Return a list of objects; a bare text stands for an object with its main part."""
    main = PARTS[name][0]
    values = [value if isinstance(value, dict) else {main: value} for value in _list(data, name)]
    return [_parts(value, PARTS[name]) for value in values]


def _images(data: dict) -> list[dict]:
    image = _object(data, "image")
    return _objects(data, "images") + ([_parts(image, PARTS["images"])] if image else [])


def _parts(value: dict, names: tuple[str, ...]) -> dict[str, str]:
    """Return the parts of an object that are not empty; the first is required."""
    _required(value, names[0], 2000)
    texts = {name: _text(value, name, 2000) for name in names}
    return {name: text for name, text in texts.items() if text}


def _date(data: dict, name: str) -> datetime.date | None:
    text = _text(data, name)
    try:
        date = parse_date(text) if text else None
    except ValueError:
        date = None
    if text and date is None:
        raise LineError(
            _("%(name)s is not a date like 2026-05-22: %(value)s")
            % {"name": name, "value": text[:60]}
        )
    return date


def _language(data: dict) -> str:
    language = _text(data, "language") or settings.LANGUAGE_CODE
    if language.lower().split("-")[0] not in dict(settings.LANGUAGES):
        raise LineError(_("the site has no language “%(value)s”") % {"value": language[:60]})
    return language.lower().split("-")[0]


def _department(place: dict) -> str:
    """Return the department's code; the one that begins the Insee code where none is given."""
    insee = _text(place, "insee", 5)
    code = _text(place, "department").upper() or (insee[:3] if insee[:2] == "97" else insee[:2])
    code = code.zfill(2) if code else ""
    if code and code not in DEPARTMENTS:
        raise LineError(_("there is no department %(value)s") % {"value": code[:20]})
    return code


def _event(data: dict) -> dict:
    event = _object(data, "event")
    names = {
        "name": "event",
        "place": "event_place",
        "speaker": "speaker",
        "speaker_role": "speaker_role",
    }
    found = {target: _text(event, name, 255) for name, target in names.items()}
    return {**found, "event_date": _date(event, "date")}
