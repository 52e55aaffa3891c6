"""What the editorial work adds to the admin, one module a subject."""

from editorial.wagtail_hooks import (
    mails,  # noqa: F401
    review,  # noqa: F401
    writing,  # noqa: F401
)
