"""Finds, in the opening of a capture, the event it reports, its place and day, and who spoke."""

import re
from dataclasses import dataclass, field

from exchange.captures.dates import (
    FoundDate,
    find_dates,
    find_hours,
    find_year,
    has_hours,
    only_date,
)
from exchange.captures.edges import furniture_kind
from exchange.captures.people import NAME, is_person, is_role
from exchange.captures.text import Line, split_list

_EVENT_NOUN = re.compile(
    r"\b(?:rencontres?|réunions?|assemblées?|ateliers?|séminaires?|colloques?|journées?|forums?"
    r"|conférences?|webinaires?|tables?[ -]rondes?|universités?|assises|congrès|comités?|soirées?"
    r"|groupes? de travail|formations?|visites?|salons?|festivals?|fêtes?|semaines?|rendez-vous"
    r"|cafés?|petits?[ -]déjeuners?|commissions?|conseils? d['’]administration|AG|CA|sommets?"
    r"|états généraux|mois d[eu]|cycles?|conventions?|week-ends?|débats?|tournées?|sessions?"
    r"|matinées?|après-midis?)\b",
    re.IGNORECASE,
)
_ARTICLE = r"(?:de\s+(?:(?:la|cette|notre|leur)\s+|l['’]\s?)?|du\s+|des\s+|d['’](?:une?\s+)?)"
_OPENING = re.compile(
    rf"\b(?:dans le cadre|lors|à l['’]occasion|au cours|à l['’]issue)\s+{_ARTICLE}"
    rf"|\bsuite\s+(?:à\s+(?:la\s+|l['’]\s?|une?\s+)|aux?\s+)"
    rf"|^(?:(?:compte[ -]rendus?|comptes[ -]rendus?|synthèse|restitution|bilan|actes|procès[ -]verbal|pv"
    rf"|relevé (?:de décisions|de conclusions))\s+{_ARTICLE}"
    rf"|retour\s+sur\s+(?:la\s+|les?\s+|l['’]\s?|une?\s+|notre\s+))",
    re.IGNORECASE,
)
_SUBJECT = re.compile(r"(?:(?:la|le|les|une?|notre|cette)\s+|l['’]\s?)?", re.IGNORECASE)
_EVENT_END = re.compile(
    r"\s+(?:qui|dont|où|organisée?s?|tenue?s?|animée?s?|portée?s?|à\s+(?=[A-ZÀ-Þ])|a\s|ont\s"
    r"|s['’]est\s|se\s)|[,.;:(!?]|\s[-–—]\s",
)
_BEFORE_DATE = re.compile(r"\s*\b(?:du|le|les|des|de|ce|au|en|la)\s*$", re.IGNORECASE)
_TALK = re.compile(
    r"\b(?:intervention|présentation|conférence|exposé|témoignage|communication)s?\b"
    r"[^.]{0,60}?\b(?:du|le|de|en date du)\s+$",
    re.IGNORECASE,
)
_LAST_PLACE = re.compile(
    r"[\s,–-]*(?:à\s+(?:la\s+|l['’]\s?)?|aux?\s+)?(?P<place>[A-ZÀ-Þ][^.;:!?]{2,80})\.?"
)
_HELD_AT = re.compile(
    r"\b(?:tenue?s?|lieu|déroulée?s?|organisée?s?|réunie?s?|rassemblée?s?)\s+"
    r"(?:à\s+la|au|à\s+l['’]\s?|aux|dans\s+(?:la|les?|l['’]))\s*(?P<place>[^,.;:()]{3,80})",
    re.IGNORECASE,
)
_AT = re.compile(r"\bà\s+(?=(?:l['’])?[A-ZÀ-Þ])")
_PARTICLES = {"de", "du", "des", "la", "le", "les", "sur", "sous", "en", "lès", "aux", "et"}
_SPEAKS = re.compile(
    r"(?:^|[\s,])(?:(?:nous|vous|y|a|ont|est|sont)\s+){0,3}(?:présent|expliqu|racont|témoign"
    r"|partag|expos|revien|décri|détaill|interv[ie]|reven|rappel|évoqu|dress|livr)\w*",
    re.IGNORECASE,
)
_SPEECH_OF = re.compile(
    rf"(?:\b(?:intervention|témoignage|présentation|exposé|conférence|propos)s?"
    rf"\s+(?:du\s+[^,.]{{3,30}}?\s+)?(?:de\s+|d['’])"
    rf"|\b(?:présentée?|animée?|proposée?|rédigée?|écrite?|faite?|donnée?|menée?)s?\s+par\s+|^par\s+"
    rf"|^(?:intervenante?s?|témoins?|orat(?:eur|rice)s?)\s*:\s*)"
    rf"(?P<name>(?-i:{NAME}(?:\s+et\s+{NAME})?))(?:\s*[,(–-]\s*(?P<role>[^,.;()]{{3,150}}))?",
    re.IGNORECASE,
)
_NAME_AND_ROLE = re.compile(rf"(?P<name>{NAME})\s*\((?P<role>[^()]{{3,150}})\)")
_ARTICLE_BEFORE = re.compile(r"^(?:(?:notre|leur|la|le)\s|l['’])", re.IGNORECASE)
_COMMUNE = re.compile(r"([^•·∙|:]{2,60}?)\s*[•·∙|]\s*([^•·∙|:]{2,60})")
_OPENING_LINES = 5
_SENTENCES = 3
_EDGE_LINES = 6


@dataclass
class Context:
    """What the opening says.

    `year` is that of the day or one named beside it. `dated_line` is the line that holds only the
    day, if there is one; `opening` holds the indexes of the lines that say something of all this.
    """

    event: str = ""
    place: str = ""
    day: FoundDate | None = None
    year: int | None = None
    speaker: str = ""
    role: str = ""
    is_talk_day: bool = False
    dated_line: str = ""
    opening: set[int] = field(default_factory=set)


def read_context(title: str, lines: list[Line]) -> Context:
    """Return the context given by the title and the first lines, which all stay where they are."""
    context = Context()
    _read_sentence(title, context)
    for index, line in enumerate(lines[:_OPENING_LINES]):
        for sentence in re.split(r"(?<=[a-zà-ÿ0-9»)][.!?])\s+", line.text[:1500])[:_SENTENCES]:
            if _read_sentence(sentence, context):
                context.opening.add(index)
        if not context.day and (day := only_date(line.text)) and not has_hours(line.text):
            context.day, context.dated_line = day, line.text
            context.opening.add(index)
    if not context.day:
        context.day = next(iter(find_dates(title)), None)
    if context.day:
        context.year = context.day.year or context.year
    return context


def _read_sentence(sentence: str, context: Context) -> bool:
    """Complete the context with what a sentence says, and tell whether it says something.

    What came first stays, except that the day of a talk replaces that of the event.
    """
    dates = find_dates(sentence)
    start = _event_start(sentence, dates)
    if start is not None:
        context.event = context.event or _event(sentence[start:], dates, start)
        context.place = context.place or _place(sentence[start:])
    talk = next((day for day in dates if _TALK.search(sentence[: day.start])), None)
    if talk and not context.is_talk_day:
        context.day, context.is_talk_day = talk, True
    elif start is not None and dates and not context.day:
        context.day = next((day for day in dates if day.start >= start), dates[0])
    if start is not None or talk:
        context.year = context.year or find_year(sentence)
    if not context.speaker:
        context.speaker, context.role = _speaker(sentence)
    return start is not None or talk is not None or _named(context, sentence)


def _named(context: Context, sentence: str) -> bool:
    """Tell whether a sentence is the one that named the speaker."""
    return bool(context.speaker) and context.speaker in sentence


def _event_start(sentence: str, dates: list[FoundDate]) -> int | None:
    """Return where the name of an event begins in a sentence, or None."""
    for match in _OPENING.finditer(sentence):
        noun = _EVENT_NOUN.search(sentence, match.end(), match.end() + 50)
        if noun and len(sentence[match.end() : noun.start()].split()) <= 3:
            return match.end()
    start = _SUBJECT.match(sentence).end()
    near = dates and dates[0].start - start <= 120
    return start if near and _EVENT_NOUN.match(sentence, start) else None


def _event(text: str, dates: list[FoundDate], offset: int) -> str:
    """Return the name at the beginning of the text, without its date and place."""
    end = _EVENT_END.search(text)
    name = text[: end.start()] if end else text
    for day in dates:
        if 0 <= day.start - offset < len(name):
            name = name[: day.start - offset]
            break
    while before := _BEFORE_DATE.search(name):
        name = name[: before.start()]
    name = name.strip(" –-")
    # «la rencontre du 5 mars» names no event; a very long name is a sentence.
    return name if len(name.split()) > 1 and len(name) <= 200 else ""


def _place(text: str) -> str:
    """Return the town, or the hall, where the event was held; "" if none is named."""
    town = _AT.search(text)
    if town and (name := _proper_name(text[town.end() :])):
        return name
    held = _HELD_AT.search(text)
    if not held:
        return _place_after_date(text)
    place = held["place"]
    dates = find_dates(place)
    place = _BEFORE_DATE.sub("", place[: dates[0].start]) if dates else place
    return re.split(r"\s+(?:qui|dont|où|pour|avec|et)\s", place)[0].strip()


def _place_after_date(text: str) -> str:
    """Return the place that ends a text such as «du 14 mars 2017 à 18h, Salle des fêtes»."""
    dates = find_dates(text)
    rest = text[dates[-1].end :] if dates else ""
    hours = find_hours(rest)
    rest = rest.replace(hours.text, "", 1) if hours else rest
    match = _LAST_PLACE.fullmatch(rest)
    return match["place"] if match and len(match["place"].split()) <= 8 else ""


def _proper_name(text: str) -> str:
    """Return the words with a capital at the beginning of the text, with the particles between."""
    kept, pending = [], []
    for word in text.split()[:8]:
        bare = word.rstrip(",.;:!?)»")
        if bare[:1].isupper() or re.match(r"[ld]['’][A-ZÀ-Þ]", bare):
            kept += [*pending, bare]
            pending = []
        elif bare in _PARTICLES and kept:
            pending.append(bare)
        else:
            break
        if bare != word:
            break
    return " ".join(kept)


def _speaker(sentence: str) -> tuple[str, str]:
    """Return who speaks and in which capacity; ("", "") if the sentence does not say."""
    for verb in _SPEAKS.finditer(sentence):
        before = sentence[: verb.start()].rstrip(" ,")
        pieces = split_list(before)
        for count in range(1, min(len(pieces), 4) + 1):
            piece = pieces[-count]
            if in_brackets := _NAME_AND_ROLE.fullmatch(piece):
                return in_brackets["name"], in_brackets["role"]
            # Without a role, only a surname in capitals tells a person from a group.
            if is_person(piece) and (count > 1 or re.search(r"[A-ZÀ-Þ]{2}", piece)):
                return piece, ", ".join(pieces[len(pieces) - count + 1 :])
        # «Notre présidente, Yvonne Tardieu, a rappelé…»
        role = _ARTICLE_BEFORE.sub("", pieces[0]) if len(pieces) == 2 else ""
        if is_role(role) and is_person(pieces[1]):
            return pieces[1], role
    spoken = _SPEECH_OF.search(sentence)
    if spoken and is_person(spoken["name"]):
        return spoken["name"], (spoken["role"] or "").strip()
    return "", ""


def find_commune(lines: list[Line]) -> tuple[int, str, str] | None:
    """Return the index of a «commune • department» line near an end of the lines, and its parts."""
    for index, line in enumerate(lines):
        if _EDGE_LINES <= index < len(lines) - _EDGE_LINES or furniture_kind(line.text):
            continue
        match = _COMMUNE.fullmatch(line.text)
        parts = [part.strip() for part in match.groups()] if match else []
        if parts and all(map(_is_place, parts)) and not is_role(parts[1]):
            return index, *parts
    return None


def _is_place(text: str) -> bool:
    """Tell whether every word that is not a particle has a capital, as in the name of a place."""
    names = [
        word
        for word in re.split(r"[\s'’-]+", text.strip())
        if word.casefold() not in _PARTICLES | {"d", "l"} and word[:1] not in "(0123456789"
    ]
    return 0 < len(names) <= 6 and all(name[0].isupper() for name in names)
