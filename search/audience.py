"""Who may find a document: everybody, those who are logged in, or the members of some groups."""

EVERYBODY = ""
LOGGED_IN = "login"
GROUPS = "groups:"


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
