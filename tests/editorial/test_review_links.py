"""Those who answer for a house give its articles to read outside, and see what became of each link."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageLogEntry

from editorial import reading
from editorial.models import LinkState, Mail, ReviewLink
from editorial.sending import send_due
from editorial.tokens import reading_token
from tests.editorial.outside import READER, answer, path_of, readers_path, saved_again
from tests.factories import ArticlePageFactory, UserFactory

pytestmark = pytest.mark.django_db


def mailed_path():
    return re.search(r"https?://[^/]+(/editorial/read/\S+)", mail.outbox[-1].body).group(1)


@pytest.mark.parametrize("who", ["lead", "editor", "admin"])
def test_those_who_answer_for_the_house_send_a_link(client, article, who, request):
    client.force_login(request.getfixturevalue(who))
    response = client.post(readers_path(article), READER)
    assert response.status_code == 302
    link = ReviewLink.objects.get()
    assert (link.page_id, link.revision_id) == (article.pk, article.latest_revision_id)
    assert timedelta(days=13) < link.expires_at - timezone.now() <= timedelta(days=14)
    send_due(timezone.now())
    [sent] = mail.outbox
    assert sent.to == ["awa@example.net"]
    assert "Le repair café" in sent.subject and "Relisez." in sent.body
    assert client.get(mailed_path()).status_code == 200


def test_the_author_reads_the_answers_but_sends_no_link(client, article, link, contributor):
    client.force_login(contributor)
    screen = client.get(readers_path(article))
    assert "Awa Diallo" in screen.text and 'name="email"' not in screen.text
    client.post(readers_path(article), READER)
    client.post(reverse("editorial_revoke_link", args=[link.pk]))
    client.post(reverse("editorial_resend_link", args=[link.pk]))
    link.refresh_from_db()
    assert ReviewLink.objects.count() == 1 and link.revoked_at is None
    assert Mail.objects.count() == 1


def test_another_house_sees_no_reader_and_sends_no_link(client, article, link, outsider):
    client.force_login(outsider)
    assert client.get(readers_path(article)).status_code == 404
    client.post(readers_path(article), READER)
    client.post(reverse("editorial_revoke_link", args=[link.pk]))
    link.refresh_from_db()
    assert ReviewLink.objects.count() == 1 and link.revoked_at is None


def test_what_is_online_is_given_to_nobody(client, lantern, lead):
    online = ArticlePageFactory(parent=lantern)
    client.force_login(lead)
    assert 'name="email"' not in client.get(readers_path(online)).text
    client.post(readers_path(online), READER)
    assert not ReviewLink.objects.exists()


@pytest.mark.parametrize(
    "field, value",
    [
        ("email", "awa@example.net\r\nBcc: all@example.net"),
        ("email", "awa@example.net, all@example.net"),
        ("days", "3650"),
        ("name", ""),
        ("name", "A\x00wa"),
    ],
)
def test_a_reader_that_cannot_be_is_refused_and_nothing_typed_is_lost(
    client, article, lead, field, value
):
    client.force_login(lead)
    screen = client.post(readers_path(article), {**READER, field: value})
    assert screen.status_code == 200 and "Relisez." in screen.text
    assert not ReviewLink.objects.exists() and not Mail.objects.exists()


def test_a_reader_has_one_link_to_a_text(client, article, lead):
    client.force_login(lead)
    client.post(readers_path(article), READER)
    again = client.post(readers_path(article), {**READER, "email": "AWA@example.net"})
    assert again.status_code == 200 and "Relisez." in again.text
    assert ReviewLink.objects.count() == Mail.objects.count() == 1
    reading.revoke(ReviewLink.objects.get(), lead)
    client.post(readers_path(article), READER)
    saved_again(article, summary="Autre chose.")
    client.post(readers_path(article), READER)
    assert ReviewLink.objects.count() == 3


def test_a_name_of_two_lines_becomes_one(client, article, lead):
    client.force_login(lead)
    client.post(readers_path(article), {**READER, "name": "Awa\r\nBcc: all@example.net"})
    assert ReviewLink.objects.get().name == "Awa Bcc: all@example.net"
    send_due(timezone.now())
    assert mail.outbox[0].recipients() == ["awa@example.net"]


def test_the_tables_hold_no_address_that_opens(link):
    token = reading_token(link.pk)
    signature = token.split(":")[1]
    kept = Mail.objects.get()
    assert signature not in str([kept.content, kept.subject, kept.event])
    assert signature not in str(PageLogEntry.objects.values_list("data", flat=True))
    assert signature not in str(ReviewLink.objects.values_list())


def test_the_button_of_the_form_leads_to_the_readers(client, article, contributor):
    client.force_login(contributor)
    edit = client.get(reverse("wagtailadmin_pages:edit", args=[article.pk]))
    assert readers_path(article) in edit.text


def test_a_link_is_withdrawn_once(client, link, article, lead):
    client.force_login(lead)
    for _time in range(2):
        client.post(reverse("editorial_revoke_link", args=[link.pk]))
    assert ReviewLink.objects.get().state == LinkState.REVOKED
    assert PageLogEntry.objects.filter(page=article.pk, action=reading.REVOKED).count() == 1
    client.logout()
    assert client.get(path_of(link)).status_code == 410


def test_a_link_is_sent_again_while_it_waits(client, link, lead):
    client.force_login(lead)
    client.post(reverse("editorial_resend_link", args=[link.pk]))
    send_due(timezone.now())
    assert len(mail.outbox) == 2 and client.get(mailed_path()).status_code == 200
    answer(client, link)
    client.post(reverse("editorial_resend_link", args=[link.pk]))
    assert Mail.objects.filter(address=link.email).count() == 2


def test_a_link_sent_again_twice_at_once_leaves_once(link, lead):
    for seen_by_both in (ReviewLink.objects.get(), ReviewLink.objects.get()):
        seen_by_both.sent_at = link.sent_at
        reading.resend(seen_by_both, lead)
    assert Mail.objects.filter(address=link.email).count() == 2


def test_each_link_says_where_it_is(client, link, article, lead):
    client.force_login(lead)
    answer(client, link)
    ReviewLink.objects.create(
        page=article,
        name="Luc",
        email="luc@example.net",
        fingerprint="another text",
        expires_at=timezone.now() + timedelta(days=1),
    )
    states = {each.name: each.state for each in ReviewLink.objects.whole()}
    assert states == {"Awa Diallo": LinkState.ANSWERED, "Luc": LinkState.CHANGED}


def test_the_list_costs_the_same_however_many_links(
    client, link, article, lead, django_assert_num_queries
):
    client.force_login(lead)
    path = readers_path(article)
    client.get(path)
    with CaptureQueriesContext(connection) as for_one:
        client.get(path)
    for rank in range(20):
        other = ReviewLink(
            name=f"Lecteur {rank}", email="luc@example.net", created_by=UserFactory()
        )
        other.bind(article, 7)
        other.save()
    with django_assert_num_queries(len(for_one)):
        assert "Lecteur 19" in client.get(path).text
    assert len(for_one) <= 40


def test_links_go_with_their_page(link, article):
    article.delete()
    assert not ReviewLink.objects.exists()
