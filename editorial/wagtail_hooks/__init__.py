"""What the editorial work adds to the admin, one module a subject."""

from editorial.wagtail_hooks import audit, reports, review  # noqa: F401
