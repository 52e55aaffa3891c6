"""The log is only added to: the database itself refuses to change or delete an entry, however it is asked.

There are two ends to what it says (`editorial.audit`): the name of a person who is erased, and logins whose time is over. Both go
while the log is open, which is seen by nothing but the transaction that opened it.
"""

from contextlib import contextmanager

from django.db import connections, transaction
from wagtail.models import ModelLogEntry, PageLogEntry

from editorial.models import LogOpening

LOGS = (ModelLogEntry, PageLogEntry)
OPENINGS = LogOpening._meta.db_table
# Emptied by the database when a kind of object leaves the software.
KIND = "content_type_id"
REFUSAL = "An entry of the log is neither changed nor deleted."
REFUSING_FUNCTION = f"""
CREATE OR REPLACE FUNCTION editorial_keep_log() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM {OPENINGS}) THEN
        RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$"""


@contextmanager
def opened_log():
    """Let the block, in its transaction, rewrite or delete entries."""
    with transaction.atomic():
        opening = LogOpening.objects.create()
        yield
        opening.delete()


def seal(using, **kwargs) -> None:
    """Have the database refuse, after each migration, which may have made the tables anew."""
    vendor = connections[using].vendor
    _execute(using, [*unsealing(vendor), *sealing(vendor)])


def unseal(using, **kwargs) -> None:
    """Have it refuse nothing, before each migration: no column that a trigger names can be altered."""
    _execute(using, unsealing(connections[using].vendor))


def _execute(using, statements: list[str]) -> None:
    with connections[using].cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def sealing(vendor: str) -> list[str]:
    """The statements after which a database of `vendor` refuses."""
    if vendor == "postgresql":
        return [REFUSING_FUNCTION, *(_on_postgresql(*each) for each in _refused(vendor))]
    return [_on_sqlite(*each) for each in _refused(vendor)]


def unsealing(vendor: str) -> list[str]:
    """The statements after which it no longer does: its tables can be emptied."""
    on_table = {"postgresql": " ON {}", "sqlite": ""}[vendor]
    return [
        f"DROP TRIGGER IF EXISTS {trigger}{on_table.format(table)}"
        for trigger, table, _event, _condition in _refused(vendor)
    ]


def _refused(vendor: str) -> list[tuple[str, str, str, str]]:
    """What is refused on each log: trigger, table, event, and the condition on the row."""
    refused = []
    for log in LOGS:
        table = log._meta.db_table
        kept = ", ".join(f.column for f in log._meta.local_fields if f.column != KIND)
        refused += [
            (f"{table}_deleted", table, "DELETE", "TRUE"),
            (f"{table}_changed", table, f"UPDATE OF {kept}", "TRUE"),
            (f"{table}_kind", table, f"UPDATE OF {KIND}", f"NEW.{KIND} IS NOT NULL"),
        ]
        if vendor == "postgresql":
            refused.append((f"{table}_emptied", table, "TRUNCATE", ""))
    return refused


def _on_postgresql(trigger: str, table: str, event: str, condition: str) -> str:
    rows = f"FOR EACH ROW WHEN ({condition})" if condition else "FOR EACH STATEMENT"
    return f"CREATE TRIGGER {trigger} AFTER {event} ON {table} {rows} EXECUTE FUNCTION editorial_keep_log()"


def _on_sqlite(trigger: str, table: str, event: str, condition: str) -> str:
    is_closed = f"NOT EXISTS (SELECT 1 FROM {OPENINGS})"
    refusal = f"SELECT RAISE(ABORT, '{REFUSAL}');"
    return f"CREATE TRIGGER {trigger} AFTER {event} ON {table} WHEN {condition} AND {is_closed} BEGIN {refusal} END"
