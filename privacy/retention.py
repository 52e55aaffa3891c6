"""What is too old, kind by kind, as the register of processing says it, and its end."""

from django.db import transaction

from portal.personal_data import declared


def too_old(now) -> list[tuple]:
    """The kinds of which something has been kept longer than is said, each with how many rows, and these."""
    found = []
    for kind in declared():
        rows = kind.too_old(now)
        if rows is not None and (number := rows.count()):
            found.append((kind, number, rows))
    return found


def enforce(now) -> list[tuple[str, int]]:
    """Delete or empty what is too old; return how many rows of each kind."""
    done = []
    for kind, number, rows in too_old(now):
        with transaction.atomic():
            kind.forget(rows)
        done.append((kind.name, number))
    return done
