"""What the editorial work adds to the admin, one module a subject."""

from editorial.wagtail_hooks import (  # noqa: F401
    bulk,
    closing,
    consents,
    link_checks,
    links,
    mails,
    review,
    team,
    verification,
    writing,
)
