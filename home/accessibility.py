"""The audit of accessibility in docs/accessibility, read once: the statement and the footer say what it says."""

import tomllib
from datetime import date
from functools import cache
from typing import NamedTuple

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

FOLDER = settings.BASE_DIR / "docs" / "accessibility"
MET, FAILED = "conforme", "non conforme"


class Level(models.TextChoices):
    """What the law has a site say of itself, by the share of criteria that it meets."""

    FULL = "full", _("fully compliant")
    PARTIAL = "partial", _("partially compliant")
    NONE = "none", _("not compliant")


class Criterion(NamedTuple):
    number: str
    title: str
    state: str  # conforme, non conforme, non applicable
    how: str  # how it is met here, or why it is not
    evidence: list[str]  # tests, and checks by hand that begin with their date
    planned: str = ""  # what will be done, where it is not met


class Audit(NamedTuple):
    done_on: date
    technologies: list[str]
    environments: list[str]
    tools: list[str]
    sample: list[dict[str, str]]
    exempt: list[str]
    criteria: list[Criterion]

    @property
    def met(self) -> list[Criterion]:
        return [criterion for criterion in self.criteria if criterion.state == MET]

    @property
    def failed(self) -> list[Criterion]:
        return [criterion for criterion in self.criteria if criterion.state == FAILED]

    @property
    def rate(self) -> int:
        """Percentage of the criteria that apply which are met, rounded down."""
        return 100 * len(self.met) // len(self.met + self.failed)

    @property
    def level(self) -> Level:
        if not self.failed:
            return Level.FULL
        return Level.PARTIAL if self.rate >= 50 else Level.NONE


@cache
def read_audit() -> Audit:
    """Return the audit by the French general framework (RGAA 4.1)."""
    data = tomllib.loads((FOLDER / "rgaa-4.1.toml").read_text())
    criteria = [Criterion(**row) for theme in data.pop("theme") for row in theme["criterion"]]
    return Audit(**data, criteria=criteria)
