"""The reports as people read them, and what they tell of."""

import csv
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from editorial.models import ReviewState
from tests.factories import ArticlePageFactory


def address(report):
    return reverse(f"report_{report}:index")


def get(client, user, report, **query):
    client.force_login(user)
    return client.get(address(report), query)


def rows(client, user, report, **query):
    """The rows of the CSV file of a report, by the label of the column."""
    response = get(client, user, report, export="csv", **query)
    lines = b"".join(response.streaming_content).decode().splitlines()
    return list(csv.DictReader(lines))


def titles(client, user, report, **query):
    return [row["Titre"] for row in rows(client, user, report, **query)]


def submitted(author, house_page, title, days=0):
    """An article under review, at the same step for so many days."""
    article = ArticlePageFactory(parent=house_page, title=title, live=False, owner=author)
    article.save_revision(user=author)
    article.get_workflow().start(article, author)
    since = timezone.now() - timedelta(days=days)
    ReviewState.objects.filter(page=article).update(started_at=since)
    return article


def asleep(house_page, title, days=61, **fields):
    article = ArticlePageFactory(parent=house_page, title=title, live=False, **fields)
    touched = timezone.now() - timedelta(days=days)
    Page.objects.filter(pk=article.pk).update(
        has_unpublished_changes=True, latest_revision_created_at=touched
    )
    return article
