"""What keeps people from reading the documents that are attached, and how it is mended."""

import json
import subprocess
import sys

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

LIMIT = 10  # seconds to look at a file
# What can be looked at without opening it in its own software.
LOOKED_AT = {"pdf", "docx", "odt"}


class Obstacle(models.TextChoices):
    """What keeps people from reading a file; the label says how to mend it."""

    UNREADABLE = (
        "unreadable",
        _("The file does not open here: open it yourself, then save it again."),
    )
    LOCKED = (
        "locked",
        _("It is protected, which may shut out screen readers: save it without protection."),
    )
    SCAN = (
        "scan",
        _(
            "It is the picture of a sheet, which cannot be read aloud: start again from the text that was printed, "
            "or have its words recognised (OCR)."
        ),
    )
    UNTAGGED = (
        "untagged",
        _(
            "Nothing tells its headings, lists and tables apart: make the PDF again from your word processor, with "
            "“Tagged PDF” ticked (in Word: “Document structure tags for accessibility”)."
        ),
    )
    NO_HEADINGS = (
        "no-headings",
        _("It is long and has no headings: use the styles “Heading 1”, “Heading 2”…, not bold."),
    )
    NO_LANGUAGE = (
        "no-language",
        _("It does not say which language it is in: choose that of the text, then save it again."),
    )
    NO_TITLE = ("no-title", _("It has no title: write one in the properties of the document."))


def obstacles_of(content: bytes, extension: str) -> list[str]:
    """Return which `Obstacle` is met in a file, whatever it holds; none where its kind is not looked at."""
    if extension.lower() not in LOOKED_AT:
        return []
    try:
        answer = subprocess.run(
            [sys.executable, "-m", "portal.document_reading", extension.lower()],
            input=content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=settings.BASE_DIR,
            timeout=LIMIT,
            check=True,
        ).stdout
    except subprocess.SubprocessError:
        return [Obstacle.UNREADABLE.value]
    return json.loads(answer)
