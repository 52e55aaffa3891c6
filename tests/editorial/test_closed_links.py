"""What ends a link; one that is closed shows what a forged one shows."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ReferenceIndex

from editorial import reading
from editorial.models import ReviewAnswer, ReviewLink
from editorial.tokens import reading_token
from tests.editorial.acts import decide, submit
from tests.editorial.outside import READER, answer, path_of, readers_path, saved_again
from tests.factories import ArticlePageFactory

pytestmark = pytest.mark.django_db


def ways_to_close():
    def revoke(link):
        reading.revoke(link, None)

    def expire(link):
        ReviewLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

    def change(link):
        saved_again(link.page.specific, summary="Autre chose.")

    def overwrite(link):
        draft = link.page.get_latest_revision_as_object()
        draft.summary = "Autre chose."
        draft.save_revision(overwrite_revision=draft.latest_revision)

    def publish(link):
        link.page.latest_revision.publish(skip_permission_checks=True)

    def unpublish(link):
        publish(link)
        link.page.refresh_from_db()
        link.page.unpublish()

    def delete(link):
        link.page.specific.delete()

    return [revoke, expire, change, overwrite, publish, unpublish, delete]


def closed_screen(client, below=""):
    return client.get(reverse("editorial:read", args=["nonsense"]) + below)


@pytest.mark.parametrize("close", ways_to_close(), ids=lambda close: close.__name__)
@pytest.mark.parametrize("answered", [False, True])
def test_a_closed_link_shows_what_a_forged_one_shows(client, link, close, answered):
    path = path_of(link)
    if answered:
        answer(client, link)
    assert client.get(path).status_code == 200
    close(link)
    for below in ("", "page/"):
        forged = closed_screen(client, below)
        shown = client.get(path + below)
        assert (shown.status_code, shown.content) == (410, forged.content)
        for clock in (shown.headers, forged.headers):
            clock.pop("Expires", None)
        assert dict(shown.headers) == dict(forged.headers)
    assert client.head(path).status_code == 410


@pytest.mark.parametrize(
    "forge",
    [
        lambda token: token[:-1],
        lambda token: token[1:],
        lambda token: token.split(":")[0],
        lambda token: token.split(":")[1],
        lambda token: "0" * 32 + token[32:],
        lambda token: token.upper(),
        lambda token: token + ":x",
        lambda token: "%00",
        lambda token: "é" * 500,
    ],
)
def test_a_forged_token_costs_no_query(client, link, forge, django_assert_num_queries):
    path = f"/editorial/read/{forge(reading_token(link.pk))}/"
    with django_assert_num_queries(0):
        assert client.get(path).content == closed_screen(client).content
    with django_assert_num_queries(0):
        assert client.post(path, {"verdict": "approve", "name": "X"}).status_code == 410
    assert not ReviewAnswer.objects.exists()


def test_a_closed_link_costs_one_query(client, link, django_assert_num_queries):
    reading.revoke(link, None)
    with django_assert_num_queries(1):
        client.get(path_of(link))


def test_the_token_of_one_link_opens_no_other(client, lantern, link, lead):
    other = ReviewLink(name="Luc", email="luc@example.net")
    other.bind(ArticlePageFactory(parent=lantern, title="Un autre", live=False), 7)
    reading.send(other, lead)
    assert "Un autre" not in client.get(path_of(link) + "page/").text
    mixed = reading_token(other.pk)[:32] + reading_token(link.pk)[32:]
    assert client.get(f"/editorial/read/{mixed}/").status_code == 410


def test_a_save_that_changes_nothing_keeps_the_link_open(client, link, article):
    saved_again(article)
    assert client.get(path_of(link)).status_code == 200


def test_a_link_outlives_the_clearing_of_old_revisions(client, link, article):
    saved_again(article)
    call_command("purge_revisions", verbosity=0)
    assert client.get(path_of(link)).status_code == 200


def test_a_change_of_what_is_online_already_is_read_until_it_is_published(client, lantern, lead):
    online = ArticlePageFactory(parent=lantern, title="En ligne")
    saved_again(online, summary="Mise à jour.")
    link = ReviewLink(name="Awa", email="awa@example.net")
    link.bind(type(online).objects.get(pk=online.pk), 7)
    reading.send(link, lead)
    assert "Mise à jour." in client.get(path_of(link) + "page/").text
    online.get_latest_revision().publish(skip_permission_checks=True)
    assert client.get(path_of(link)).status_code == 410


def test_a_link_is_open_throughout_the_review_and_closed_by_its_end(
    client, article, contributor, lead, editor
):
    submit(client, contributor, article)
    client.force_login(lead)
    client.post(readers_path(article), READER)
    path = path_of(ReviewLink.objects.get())
    answer(client, ReviewLink.objects.get(), verdict="request_changes", comment="Trop court.")
    review = client.get(reverse("editorial_review", args=[article.pk])).text
    assert "Trop court." in review
    decide(client, lead, article, "approve")
    client.logout()
    assert client.get(path).status_code == 200, "a decision is not an answer, nor the contrary"
    decide(client, editor, article, "approve")
    assert type(article).objects.get(pk=article.pk).live
    assert client.get(path).status_code == 410


def test_where_a_page_is_used_its_readers_are_not_told():
    assert not ReferenceIndex.model_is_indexable(ReviewLink)
