"""What the editorial work adds to the admin, one module a subject."""

from editorial.wagtail_hooks import bulk, closing, link_checks, mails, review, verification  # noqa: F401
