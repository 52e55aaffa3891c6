"""What people do in the admin, posted as they do."""

from django.core import mail
from django.urls import reverse
from django.utils import timezone

from articles.models import ArticlePage
from editorial.models import open_state
from editorial.sending import send_due
from tests.factories import article_form_data


def save(client, user, page, **fields):
    """Save `page` in the editor as `user` would, unchanged where `fields` say nothing."""
    client.force_login(user)
    fields.setdefault("title", page.title)
    # As the form opened now has it: the address of a draft follows its title.
    slug = type(page).objects.get(pk=page.pk).slug
    data = article_form_data(slug=slug, **fields)
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


def is_live(page):
    return ArticlePage.objects.get(pk=page.pk).live


def step(page):
    state = open_state(page)
    return state and type(state.task.specific)


def recipients():
    """Whom the mails since the last call went to."""
    send_due(timezone.now())
    people = sorted(address for each in mail.outbox for address in each.to)
    mail.outbox.clear()
    return people
