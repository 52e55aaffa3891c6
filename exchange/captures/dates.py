"""Finds the dates and hours that French texts write in many ways."""

import re
from dataclasses import dataclass
from datetime import date

from exchange.captures.text import fold

_DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_DAY = "|".join(_DAYS)
_MONTHS = {
    **{"jan": 1, "fev": 2, "mar": 3, "avr": 4, "mai": 5, "juin": 6, "juil": 7},
    **{"aou": 8, "sep": 9, "oct": 10, "nov": 11, "dec": 12},
}
MONTH = (
    r"(?:janv(?:ier|\.)|f[ée]v(?:rier|r?\.)|mars|avr(?:il|\.)|mai|juin|juil(?:let|\.)"
    r"|ao[ûu]t|sept(?:embre|\.)|oct(?:obre|\.)|nov(?:embre|\.)|d[ée]c(?:embre|\.))(?!\w)"
)
_WRITTEN = re.compile(
    rf"""(?<!\w)(?:(?P<weekday>{_DAY})\s+)?
    (?:(?P<first>\d{{1,2}})(?:er)?(?:\s*,\s*\d{{1,2}}){{0,5}}(?:\s+(?P<first_month>{MONTH}))?
       (?:\s+(?P<first_year>\d{{4}}))?\s*(?:au|et|-|–|&)\s*(?:le\s+)?(?:(?:{_DAY})\s+)?)?
    (?P<day>\d{{1,2}})(?:er)?\s+(?P<month>{MONTH})(?:\s+(?P<year>\d{{4}})(?!\w))?""",
    re.IGNORECASE | re.VERBOSE,
)
_NUMERIC = re.compile(
    rf"(?:(?<!\w)(?P<weekday>{_DAY})\s+)?(?<![\w/.-])(?P<day>\d{{1,2}})(?P<sep>[/.-])"
    r"(?P<month>\d{1,2})(?P=sep)(?P<year>\d{4}|\d{2})(?![/.-]?\w)",
    re.IGNORECASE,
)
_ISO = re.compile(r"(?<![\w-])(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})(?![-\w])")
_MONTH_OF_YEAR = re.compile(rf"{MONTH}\s+\d{{4}}", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
_YEAR = re.compile(r"(?<![\w/.-])(?:19|20)\d{2}(?!\w)")

_HOUR = rf"\d{{1,2}}\s?(?:h(?:eures?)?(?:\s?[0-5]\d(?!\w|\s+{MONTH}))?|:[0-5]\d)(?!\w)"
_HOURS = re.compile(
    rf"(?:(?<!\w)(?:à\s+partir\s+de|de|à|entre|dès)\s+)?(?<![\w/])"
    rf"(?:(?P<bare>\d{{1,2}}|(?<!-)midi)\s?(?:[-–]|à)\s?(?P<bare_end>{_HOUR})"
    rf"|(?P<start>{_HOUR})(?:\s*(?:[-–—/]|à|et|jusqu['’]à)\s*(?P<end>{_HOUR}))?)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class FoundDate:
    """A date in a text; `several` is true for «du 3 au 5 mars», whose day is then the first."""

    start: int
    end: int
    text: str
    day: int
    month: int
    year: int | None
    several: bool = False
    weekday: str = ""

    def on(self, year: int | None = None) -> date | None:
        """Return the day, in `year` if the text gives none; None if there is no such day."""
        try:
            return date(self.year or year or 0, self.month, self.day)
        except ValueError:
            return None

    def contradicts_weekday(self, day: date) -> bool:
        """Tell whether the text names another day of the week than that of the date."""
        return bool(self.weekday) and fold(self.weekday) != _DAYS[day.weekday()]


@dataclass(frozen=True)
class FoundHours:
    """The hours of a text, as "HH:MM"; `end` may be empty."""

    start: str
    end: str
    text: str


def find_dates(text: str) -> list[FoundDate]:
    """Return the dates of a text in their order, those that the calendar does not have excepted."""
    if not _DIGIT.search(text):
        return []
    found = [_written(match) for match in _WRITTEN.finditer(text)]
    for pattern in (_NUMERIC, _ISO):
        found += [_numeric(match) for match in pattern.finditer(text)]
    return sorted((day for day in found if day.on(2000)), key=lambda day: day.start)


def _month(name: str) -> int:
    """Return the number of a month from its name or its abbreviation."""
    folded = fold(name)
    return _MONTHS.get(folded[:3]) or _MONTHS[folded[:4]]


def _written(match: re.Match) -> FoundDate:
    """Return the date of a match such as «mardi 6 mars 2018» or «du 3 au 5 mars»."""
    year = match["first_year"] or match["year"]
    return FoundDate(
        match.start(),
        match.end(),
        match.group(),
        int(match["first"] or match["day"]),
        _month(match["first_month"] or match["month"]),
        int(year) if year else None,
        bool(match["first"]),
        match["weekday"] or "",
    )


def _numeric(match: re.Match) -> FoundDate:
    """Return the date of a match such as «24/01/2018» or «2018-01-24»."""
    year = int(match["year"])
    return FoundDate(
        match.start(),
        match.end(),
        match.group(),
        int(match["day"]),
        int(match["month"]),
        year if year > 99 else 2000 + year,
        weekday=match.groupdict().get("weekday") or "",
    )


def find_year(text: str) -> int | None:
    """Return the first year written in a text."""
    match = _YEAR.search(text)
    return int(match.group()) if match else None


def find_hours(text: str) -> FoundHours | None:
    """Return the first hours of a text, or None if it has none or they are not hours of a day."""
    match = _HOURS.search(text)
    if not match:
        return None
    start = _clock(match["bare"] or match["start"])
    end = _clock(match["bare_end"] or match["end"] or "")
    if start is None or end is None:
        return None
    return FoundHours(start, end, match.group())


def has_break(text: str) -> bool:
    """Tell whether the text gives hours twice, as «de 9h à 12h et de 14h à 16h»."""
    return len(_HOURS.findall(text)) > 1


def _clock(written: str) -> str | None:
    """Return «18 h 30» as "18:30", "" for nothing, None for an hour that no clock shows."""
    if not written:
        return ""
    numbers = [int(number) for number in re.findall(r"\d+", written)] or [12]  # midi
    hour, minute = numbers[0], numbers[1] if len(numbers) > 1 else 0
    return f"{hour:02}:{minute:02}" if hour < 24 else None


def has_hours(text: str) -> bool:
    """Tell whether the text gives an hour of the day."""
    return _HOURS.search(text) is not None


def only_date(text: str) -> FoundDate | None:
    """Return the date of a line that holds nothing else (an article and an hour excepted)."""
    dates = find_dates(text)
    if len(dates) != 1:
        return None
    rest = text[: dates[0].start] + text[dates[0].end :]
    hours = _HOURS.search(rest)
    rest = fold(rest.replace(hours.group(), "") if hours else rest)
    return dates[0] if rest in ("", "le", "du", "date", "date le") else None


def is_month_of_year(text: str) -> bool:
    """Tell whether a line is only a month and a year."""
    return _MONTH_OF_YEAR.fullmatch(text.strip(" .:")) is not None
