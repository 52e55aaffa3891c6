"""What is given to read outside, and what a reader does."""

from django.urls import reverse

from editorial.tokens import reading_token
from tests.factories import stored

BODY = stored(
    ("heading", {"text": "Comment faire", "level": "2"}),
    ("paragraph", "<p>On a commencé par un atelier vélo.</p>"),
    ("quotation", {"text": "On ne jette plus rien.", "who": "Awa", "capacity": ""}),
)
READER = {"name": "Awa Diallo", "email": "awa@example.net", "days": "14", "message": "Relisez."}


def path_of(link):
    return reverse("editorial:read", args=[reading_token(link.pk)])


def readers_path(page):
    return reverse("editorial_readers", args=[page.pk])


def saved_again(page, **changes):
    """Save a revision of `page`, changed or not."""
    draft = page.get_latest_revision_as_object()
    for name, value in changes.items():
        setattr(draft, name, value)
    return draft.save_revision()


def answer(client, link, **data):
    data = {"verdict": "approve", "name": "Awa Diallo", **data}
    return client.post(path_of(link), data)
