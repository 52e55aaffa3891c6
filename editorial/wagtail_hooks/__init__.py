"""What the editorial work adds to the admin, one module a subject."""

from editorial.wagtail_hooks import (  # noqa: F401
    links,
    mails,
    review,
    team,
    writing,
)
