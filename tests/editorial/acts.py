"""What people do in the admin, posted as they do."""

from django.urls import reverse

from editorial.models import open_state
from tests.factories import article_form_data


def save(client, user, page, **fields):
    """Save `page` in the editor as `user` would, unchanged where `fields` say nothing."""
    client.force_login(user)
    fields.setdefault("title", page.title)
    data = article_form_data(slug=page.slug, **fields)
    return client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data, follow=True)


def submit(client, user, page, **fields):
    return save(client, user, page, **fields, **{"action-submit": "1"})


def decide(client, user, page, decision, comment="", seen=None, **fields):
    """Decide on the screen of the review, having seen the text as it is now."""
    client.force_login(user)
    state = open_state(page)
    data = {
        "decision": decision,
        "comment": comment,
        "seen": seen or (state and state.text) or "",
        **fields,
    }
    return client.post(reverse("editorial_review", args=[page.pk]), data, follow=True)
