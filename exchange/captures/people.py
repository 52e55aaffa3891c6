"""Recognises people in a capture: contact lines, and who says a quotation."""

import re

from exchange.captures.html import EMAIL
from exchange.captures.text import BULLET, fold, has_words, split_list

_CAPITAL = "A-ZÀ-ÖØ-ÞŒŸ"
_NAME_WORD = rf"(?:d['’])?[{_CAPITAL}](?:[\w’'-]{{1,30}}|\.)"
NAME = (
    rf"(?:(?:Mmes?|Mrs?|MM?\.|Madame|Monsieur|Dr|Pr)\s+)?{_NAME_WORD}"
    rf"(?:\s+(?:(?:de|du|des|la|le|van|von|ben|el)\s+){{0,2}}{_NAME_WORD}){{1,3}}"
)
_NAME = re.compile(NAME)
_ROLE_WORD = re.compile(
    r"(?:co ?|vice ?|ex )?(?:direct|president|charge|coordinat|responsable|animat|delegue"
    r"|secretaire|tresori|membre|benevole|elue?$|adjoint|maire$|chef|conseill|referent|fondat|salarie"
    r"|consultant|profess|maitre|chercheu|assistant|agente?$|cadre$|administrat|format|mediat"
    r"|technicien|gestionnaire|attache|developp|participant|habitant|stagiaire|educat|accueil$)"
)
_GROUP_WORD = re.compile(
    r"\b(?:association|maison|mda|centre|mairie|ville|commune|collectif|federation|reseau|espace"
    r"|office|ligue|comite|union|club|departement|region|metropole|agglomeration|service|pole"
    r"|fondation|institut|amicale|foyer|mjc|crib|point|conseil departemental|communaute)\b"
)
_CONTACT = re.compile(
    r"(?P<label>(?:vos |votre |nos )?(?:contacts?|renseignements?(?: et inscriptions?)?"
    r"|pour (?:tout renseignement|plus d['’]informations?|en savoir plus)|référente?s?"
    r"|coordonnées|informations?(?: et inscriptions?)?|inscriptions?))\s*:\s*(?P<rest>\S.*)",
    re.IGNORECASE,
)
_CONTACT_ALONE = re.compile(r"(?:vos |votre )?(?:contacts?|coordonnées)\s*:?", re.IGNORECASE)
_PHONE = re.compile(r"(?<!\w)(?:\+33\s?(?:\(0\)\s?)?|0)[1-9](?:[\s.-]?\d{2}){4}(?!\w)")
_MEANS = re.compile(
    r"(?<!\w)(?:t[ée]l(?:[ée]phone)?\.?|port(?:able)?\.?|e-?mail|m[ée]l|courriel|adresse e-?mail)"
    r"\s*:?\s*$",
    re.IGNORECASE,
)
_ATTRIBUTION = re.compile(
    r"(?:[—–―]|--?)\s*(?P<who>[^,(]{3,80}?)\s*(?:[,(]\s*(?P<capacity>.+?)\)?)?"
)
_QUOTED = re.compile(r"[«“\"](?P<text>[^«»“”\"]+)[»”\"]")
_EMPHASIS = re.compile(r"([*_]{1,3})(?=\S)(?P<text>.*\S)\1")


_ARTICLE = re.compile(
    r"(?:les?|la|l|des?|du|ces?|cette|cet|nos|notre|une?|ils?|elles?|aux?|en|dans|pour)\b"
)


def is_role(text: str) -> bool:
    """Tell whether a text begins as the name of a function in an association does."""
    return _ROLE_WORD.match(fold(text)) is not None


def is_person(text: str) -> bool:
    """Tell whether a text is a first name and a name, or two such joined by «et»."""
    names = re.split(r"\s+(?:et|&)\s+", text.strip()) if len(text) <= 150 else []
    return bool(names) and all(
        _NAME.fullmatch(name)
        and not is_role(name)
        and not _GROUP_WORD.search(fold(name))
        and not _ARTICLE.match(fold(name))
        for name in names
    )


def strip_emphasis(text: str) -> str:
    """Return the text without the stars or underscores around the whole of it."""
    while match := _EMPHASIS.fullmatch(text):
        text = match["text"]
    return text


def strip_guillemets(text: str) -> str:
    """Return the text without the quotation marks around the whole of it."""
    match = _QUOTED.fullmatch(text)
    return match["text"].strip() if match else text


def read_attribution(text: str) -> tuple[str, str]:
    """Return who speaks and in which capacity, from «— Name, role»; ("", "") for another text."""
    match = _ATTRIBUTION.fullmatch(text) if len(text) <= 200 else None
    if not match or not (is_person(match["who"]) or _short_speaker(match)):
        return "", ""
    return match["who"], (match["capacity"] or "").rstrip(".")


def read_signature(text: str) -> tuple[str, str]:
    """Return who speaks and in which capacity, from a line «Name, role»; ("", "") for another text."""
    who, _comma, capacity = text.partition(", ")
    signed = len(text) <= 120 and is_person(who) and is_role(capacity)
    if not signed or "," in capacity or text.endswith((".", ":", ";")):
        return "", ""
    return who, capacity


def _short_speaker(match: re.Match) -> bool:
    """Tell whether a first name alone, with a role after it, follows the dash."""
    first_name = re.fullmatch(rf"[{_CAPITAL}][\w'’-]+", match["who"])
    return first_name is not None and bool(match["capacity"])


def split_quotation(text: str) -> dict | None:
    """Return the quotation of a line such as «…» — Name, role; None for other lines."""
    quoted = _QUOTED.match(text)
    if not quoted:
        return None
    who, capacity = read_attribution(text[quoted.end() :].strip())
    return {"text": quoted["text"].strip(), "who": who, "capacity": capacity} if who else None


def is_quoted(text: str) -> bool:
    """Tell whether the whole text stands between quotation marks."""
    return _QUOTED.fullmatch(text) is not None


def is_contact_heading(text: str) -> bool:
    """Tell whether a line only announces the contact on the lines below it."""
    return _CONTACT_ALONE.fullmatch(text) is not None


def has_address(text: str) -> bool:
    """Tell whether a text gives a mail address or a telephone number."""
    return bool(EMAIL.search(text) or _PHONE.search(text))


def read_contacts(text: str) -> tuple[list[dict], list[str]]:
    """Read a contact line.

    Returns:
        The contacts (several if semicolons separate them) and the words that only label their
        parts; ([], []) for a line that is no contact, names nobody, or gives the addresses of
        several people in a way that does not tell whose they are.
    """
    text = BULLET.sub("", text, count=1)
    match = _CONTACT.fullmatch(text) if len(text) <= 400 else None
    if not match and not _is_bare_contact(text):
        return [], []
    rest = match["rest"] if match else text
    people = rest.split(";") if all(map(has_address, rest.split(";"))) else [rest]
    if any(len(EMAIL.findall(one)) > 1 or len(_PHONE.findall(one)) > 1 for one in people):
        return [], []
    filled = [_fill(one) for one in people]
    if not all(contact["name"] for contact, _labels in filled):
        return [], []
    labels = [label for _contact, found in filled for label in found]
    return [contact for contact, _labels in filled], labels + ([match["label"]] if match else [])


def _is_bare_contact(text: str) -> bool:
    """Tell whether a line without a label is a person's name and addresses, and no sentence."""
    if len(text) > 200 or not has_address(text):
        return False
    parts = split_list(text)
    return is_person(parts[0]) and all(len(part.split()) <= 8 for part in parts)


def _fill(text: str) -> tuple[dict, list[str]]:
    """Return the contact of a text, and the words such as «tél.» that came before its parts."""
    contact = dict.fromkeys(("name", "role", "organisation", "email", "phone"), "")
    labels = []
    for key, pattern in (("email", EMAIL), ("phone", _PHONE)):
        if match := pattern.search(text):
            before = text[: match.start()].rstrip()
            if means := _MEANS.search(before):
                labels.append(means.group())
                before = before[: means.start()]
            contact[key], text = match.group(), f"{before} , {text[match.end() :]}"
    for part in _parts(text):
        if part in ("ou", "et", "au", "par"):
            labels.append(part)
            continue
        key = _part_of(part, contact)
        contact[key] = ", ".join(filter(None, (contact[key], part)))
    if not contact["name"]:
        contact["name"], contact["organisation"] = contact["organisation"], ""
    return contact, labels


def _parts(text: str) -> list[str]:
    """Split what is left of a contact line at commas, dashes and bars."""
    parts = [part for piece in split_list(text) for part in re.split(r"\s[-–—|/]\s", piece)]
    parts = [part.strip(" .:-–—|/") for part in parts]
    return [part for part in parts if has_words(part)]


def _part_of(part: str, contact: dict) -> str:
    """Tell which field a part of a contact line goes to; nothing is ever without a place."""
    if is_role(part):
        return "role"
    if not contact["name"] and is_person(part):
        return "name"
    if _GROUP_WORD.search(fold(part)):
        return "organisation"
    if not contact["name"] and not contact["role"] and part[0].isupper() and " " not in part:
        return "name"
    return "role" if part[0].islower() else "organisation"
