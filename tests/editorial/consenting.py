"""Articles that quote people, and what these agreed to."""

from articles.models import ArticlePage
from editorial.models import Consent
from tests.factories import stored


def quoting(page, *blocks, user=None, publish=False):
    """Give the body of `page` these blocks, in a new draft or online, and return it."""
    page.body = stored(*blocks)
    revision = page.save_revision(user=user)
    if publish:
        revision.publish()
    return ArticlePage.objects.get(pk=page.pk)


def consent(page, person, **fields):
    """An agreement to be quoted and named, unless `fields` say otherwise."""
    fields = {"to_text": True, "to_name": True, **fields}
    return Consent.objects.create(page=page, person=person, **fields)
