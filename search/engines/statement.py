"""A statement of SQL in the making, and values as they are written in it."""

from dataclasses import dataclass, field

from django.db import connection

from search.engines import Wanted


@dataclass
class Statement:
    """An SQL statement in the making: its named parts, with their parameters in order."""

    parts: list[str] = field(default_factory=list)
    parameters: list = field(default_factory=list)

    def add(self, name: str, sql: str, *parameters) -> None:
        """Add a part, which is computed once however often it is read."""
        self.parts.append(f"{name} AS MATERIALIZED ({sql})")
        self.parameters += parameters

    def add_name(self, name: str, sql: str) -> None:
        """Add a part that only names what another one has: nothing is copied."""
        self.parts.append(f"{name} AS NOT MATERIALIZED ({sql})")

    def run(self, sql: str) -> list[tuple]:
        with connection.cursor() as cursor:
            cursor.execute(f"WITH {', '.join(self.parts)} {sql}", self.parameters)
            return cursor.fetchall()


def ids(numbers) -> str:
    """Return whole numbers as a list of SQL."""
    return ", ".join(str(int(number)) for number in numbers) or "NULL"


def double(number: float) -> str:
    """Return a number as SQL, which PostgreSQL would otherwise compute with in decimals."""
    return f"CAST({number:.6f} AS DOUBLE PRECISION)"


def scopes(wanted: Wanted) -> str:
    return ids(scope.pk for scope in wanted.dictionary.scopes)
