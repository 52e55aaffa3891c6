"""What the editorial work adds to the admin, one module a subject."""

from editorial.wagtail_hooks import (  # noqa: F401
    audit,
    bulk,
    closing,
    consents,
    link_checks,
    links,
    mails,
    personal_data,
    reports,
    review,
    team,
    translations,
    verification,
    writing,
)
