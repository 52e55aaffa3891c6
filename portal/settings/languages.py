"""The languages that the environment asks for."""

from difflib import get_close_matches

from django.conf.locale import LANG_INFO
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

KNOWN = {code: info["name"] for code, info in LANG_INFO.items() if "name" in info}


def languages_of(first: str, asked: list[str]) -> list[tuple[str, str]]:
    """Return (code, name) of the first language, then of those asked for, each once.

    Raises
    ------
    ImproperlyConfigured: a code is none that Django knows; it says which, and what may have been meant.
    """
    codes = dict.fromkeys([first, *filter(None, (code.strip().lower() for code in asked))])
    if unknown := [code for code in codes if code not in KNOWN]:
        raise ImproperlyConfigured(_refusal(unknown))
    return [(code, _(KNOWN[code])) for code in codes]


def _refusal(unknown: list[str]) -> str:
    meant = {match for code in unknown for match in get_close_matches(code, KNOWN, n=3, cutoff=0.5)}
    if whole := {code for code in KNOWN for other in unknown if other.partition("-")[0] == code}:
        meant = whole
    advice = f" Did you mean {', '.join(sorted(meant))}?" if meant else ""
    return (
        f"LANGUAGES names {', '.join(unknown)}, which is no language that Django knows.{advice}"
        " Write codes with commas between them: LANGUAGES=fr,en,de"
    )
