"""Who may find a document: everybody, those who are logged in, or the members of some groups."""

from django.db import connection

EVERYBODY = ""
LOGGED_IN = "login"
GROUPS = "groups:"
LOCK = 0x5EA2C4  # a number of this lock alone


def of_groups(ids) -> str:
    """Return the audience made of the members of the groups with these ids."""
    return GROUPS + ",".join(str(pk) for pk in sorted(ids))


def those_of(user, audiences) -> list[str]:
    """Return those of `audiences` that `user` belongs to; an administrator belongs to each."""
    if not user.is_authenticated:
        return [audience for audience in audiences if audience == EVERYBODY]
    if user.is_superuser:
        return list(audiences)
    groups = {str(pk) for pk in user.groups.values_list("pk", flat=True)}
    return [
        audience
        for audience in audiences
        if audience in (EVERYBODY, LOGGED_IN)
        or groups.intersection(audience.removeprefix(GROUPS).split(","))
    ]


def hold(*, to_change: bool = False) -> None:
    """Have who may find what stay as it is until this transaction ends; `to_change` it, be alone to hold it.

    Otherwise what is published while its section is being restricted would be written as it was read
    before, for everybody. To be held before any document. SQLite has one writer at a time anyway.
    """
    if connection.vendor == "postgresql":
        sharing = "" if to_change else "_shared"
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT pg_advisory_xact_lock{sharing}({LOCK})")
