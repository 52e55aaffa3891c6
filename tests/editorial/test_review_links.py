"""A page is read from outside by a link that opens one text, for a time, and shows nothing else."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Collection, CollectionViewRestriction, PageLogEntry, ReferenceIndex

from editorial import reading
from editorial.models import LinkState, Mail, ReviewAnswer, ReviewLink
from editorial.sending import send_due
from editorial.tokens import reading_token
from tests.editorial.acts import decide, submit
from tests.factories import (
    ArticlePageFactory,
    DocumentFactory,
    PictureFactory,
    PlainPageFactory,
    UserFactory,
    see_also,
    stored,
)

pytestmark = pytest.mark.django_db

BODY = stored(
    ("heading", {"text": "Comment faire", "level": "2"}),
    ("paragraph", "<p>On a commencé par un atelier vélo.</p>"),
    ("quotation", {"text": "On ne jette plus rien.", "who": "Awa", "capacity": ""}),
)
READER = {"name": "Awa Diallo", "email": "awa@example.net", "days": "14", "message": "Relisez."}


@pytest.fixture
def article(lantern, contributor):
    """A draft with a text of three blocks."""
    return ArticlePageFactory(
        parent=lantern,
        title="Le repair café",
        summary="Réparer ensemble.",
        body=BODY,
        owner=contributor,
        live=False,
    )


@pytest.fixture
def link(article, lead):
    link = ReviewLink(name="Awa Diallo", email="awa@example.net", message="Relisez la fin.")
    link.bind(article, 14)
    reading.send(link, lead)
    return ReviewLink.objects.get()


def path_of(link):
    return reverse("editorial:read", args=[reading_token(link.pk)])


def readers_path(page):
    return reverse("editorial_readers", args=[page.pk])


def mailed_path():
    return re.search(r"https?://[^/]+(/editorial/read/\S+)", mail.outbox[-1].body).group(1)


def saved_again(page, **changes):
    """Save a revision of `page`, changed or not."""
    draft = page.get_latest_revision_as_object()
    for name, value in changes.items():
        setattr(draft, name, value)
    return draft.save_revision()


def answer(client, link, **data):
    data = {"verdict": "approve", "name": "Awa Diallo", **data}
    return client.post(path_of(link), data)


# Who may give an article to read


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
    assert client.get(readers_path(article)).status_code == 302
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


# What a link opens


def test_a_reader_sees_the_draft_as_it_will_be(client, link, article):
    picture = PictureFactory(title="atelier")
    saved_again(article, picture=picture, picture_alt="Deux vélos")
    link.bind(type(article).objects.get(pk=article.pk), 14)
    link.save()
    screen, page = client.get(path_of(link)), client.get(path_of(link) + "page/")
    assert 'src="page/"' in screen.text and "Relisez la fin." in screen.text
    assert "On a commencé par un atelier vélo." in page.text
    source = re.search(r'<img[^>]+src="(/media/[^"]+)"[^>]*alt="Deux vélos"', page.text) or (
        re.search(r'<img[^>]+alt="Deux vélos"[^>]*src="(/media/[^"]+)"', page.text)
    )
    assert client.get(source.group(1)).status_code == 200


def test_every_type_of_page_can_be_read(client, home, lead, lantern):
    notices = PlainPageFactory(title="Mentions", body=BODY, live=False)
    saved_again(lantern, summary="Une maison ouverte.")
    for page in (notices, type(lantern).objects.get(pk=lantern.pk)):
        link = ReviewLink(name="Awa", email="awa@example.net")
        link.bind(page, 7)
        reading.send(link, lead)
        assert client.get(path_of(link)).status_code == 200
        assert page.title in client.get(path_of(link) + "page/").text


def test_the_page_shows_no_other_draft(client, lantern, harbour, link, article):
    hidden = [
        ArticlePageFactory(parent=house, title=f"Secret {rank}", live=False)
        for rank, house in enumerate((lantern, harbour))
    ]
    article.related_articles = see_also(*hidden)
    article.adapted_from = hidden[1]
    article.save_revision()
    link.bind(type(article).objects.get(pk=article.pk), 14)
    link.save()
    saved_again(lantern, summary="Une maison ouverte.")
    of_the_house = ReviewLink(name="Awa", email="awa@example.net")
    of_the_house.bind(type(lantern).objects.get(pk=lantern.pk), 7)
    of_the_house.save()
    for opened in (link, of_the_house):
        for path in (path_of(opened), path_of(opened) + "page/"):
            text = client.get(path).text
            assert "Secret" not in text and "secret-" not in text


def test_a_document_kept_for_some_stays_so(client, link, article):
    document = DocumentFactory()
    document.collection = Collection.get_first_root_node().add_child(name="Interne")
    document.save()
    CollectionViewRestriction.objects.create(
        collection=document.collection, restriction_type=CollectionViewRestriction.LOGIN
    )
    saved_again(article, body=stored(("document", {"document": document.pk, "title": ""})))
    link.bind(type(article).objects.get(pk=article.pk), 14)
    link.save()
    assert document.url in client.get(path_of(link) + "page/").text
    assert client.get(document.url).status_code == 302


@pytest.mark.parametrize("below", ["", "page/"])
def test_nothing_is_cached_listed_or_told_to_other_sites(client, link, below):
    for path in (path_of(link) + below, path_of(link)[:-4] + "/" + below):
        response = client.get(path)
        assert response["Referrer-Policy"] == "no-referrer"
        assert "no-store" in response["Cache-Control"] and "private" in response["Cache-Control"]
        assert "noindex" in response["X-Robots-Tag"]
        assert not response.cookies
        policy = response["Content-Security-Policy"]
        assert "default-src 'self'" in policy and "unsafe" not in policy


def test_the_token_is_not_in_what_is_shown(client, link):
    for path in (path_of(link), path_of(link) + "page/"):
        assert reading_token(link.pk).split(":")[1] not in client.get(path).text


def test_who_is_logged_in_sees_what_the_reader_sees(client, link, admin):
    client.force_login(admin)
    for path in (path_of(link), path_of(link) + "page/"):
        assert "userbar" not in client.get(path).text


# What ends a link


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


# Opening


def test_opening_writes_nothing(client, link, django_assert_max_num_queries):
    client.get(path_of(link) + "page/")  # its pictures are made at the first look
    for path in (path_of(link), path_of(link) + "page/"):
        for _time in range(3):
            with django_assert_max_num_queries(25) as asked:
                client.get(path)
            verbs = {query["sql"].split()[0] for query in asked.captured_queries}
            assert verbs == {"SELECT"}
            assert client.head(path).content == b""


def test_a_long_article_costs_no_more_than_a_short_one(client, lantern, django_assert_num_queries):
    for blocks in (1, 40):
        body = stored(*[("paragraph", f"<p>Texte {rank}</p>") for rank in range(blocks)])
        page = ArticlePageFactory(parent=lantern, body=body, live=False)
        link = ReviewLink(name="Awa", email="awa@example.net")
        link.bind(page, 7)
        link.save()
        client.get(path_of(link))
        # The link with its page and text, then what a draft is put together from.
        with django_assert_num_queries(6):
            client.get(path_of(link))


# Answering


def test_an_answer_is_kept_logged_mailed_and_shown(
    client, link, article, lead, contributor, outsider
):
    answer(
        client,
        link,
        verdict="request_changes",
        comment="Presque.",
        **{"comment-body-1": "L’atelier était un samedi.", "comment-title": "Plus court ?"},
    )
    kept = ReviewAnswer.objects.get()
    assert [each["text"] for each in kept.part_comments] == [
        "Plus court ?",
        "L’atelier était un samedi.",
    ]
    assert "atelier vélo" in kept.part_comments[1]["beginning"]
    thanks = client.get(path_of(link)).text
    assert "L’atelier était un samedi." in thanks and "<textarea" not in thanks
    send_due(timezone.now())
    told = {to for each in mail.outbox for to in each.to} - {"awa@example.net"}
    assert told == {lead.email, contributor.email}
    assert "L’atelier était un samedi." in mail.outbox[-1].body
    client.force_login(contributor)
    screen = client.get(readers_path(article)).text
    assert "L’atelier était un samedi." in screen
    assert f"#:w:contentpath=body.{article.body[1].id}" in screen
    history = client.get(reverse("wagtailadmin_pages:history", args=[article.pk])).text
    assert "Awa Diallo" in history and "L’atelier était un samedi." in history
    article.refresh_from_db()
    assert not article.live, "an opinion publishes nothing"


def test_who_may_no_longer_edit_the_article_is_not_told(client, link, contributor):
    contributor.memberships.get().delete()
    answer(client, link)
    assert not Mail.objects.filter(user=contributor).exists()


def test_an_answer_is_given_once_and_what_is_written_after_is_given_back(client, link):
    answer(client, link, comment="Très bien.")
    again = answer(client, link, comment="Finalement non.", verdict="request_changes")
    assert ReviewAnswer.objects.get().comment == "Très bien."
    assert again.status_code == 200 and "Finalement non." in again.text
    same = answer(client, link, comment="Très bien.")
    assert 'role="alert"' not in same.text


def test_of_two_answers_at_once_one_is_kept(client, link, monkeypatch):
    opened_by, inside = reading.opened_by, []

    def while_another_answers(token):
        found = opened_by(token)
        assert not found.given_answer or inside
        if not inside:
            inside.append(token)
            answer(client, link, comment="La première.")
        return found

    monkeypatch.setattr(reading, "opened_by", while_another_answers)
    late = answer(client, link, comment="La seconde.")
    assert ReviewAnswer.objects.get().comment == "La première."
    assert PageLogEntry.objects.filter(action=reading.ANSWERED).count() == 1
    assert "La seconde." in late.text


def test_words_of_a_reader_are_text_everywhere(client, link, article, lead):
    attack = "<script>alert(1)</script><img src=x onerror=alert(2)>"
    answer(client, link, name=attack, comment=attack, **{"comment-title": attack})
    send_due(timezone.now())
    client.force_login(lead)
    shown = [
        client.get(path_of(link)).text,
        client.get(readers_path(article)).text,
        client.get(reverse("wagtailadmin_pages:history", args=[article.pk])).text,
        mail.outbox[-1].alternatives[0].content,
        client.post("/editorial/read/nonsense/", {"comment": attack}).text,
    ]
    for text in shown:
        assert "alert(2)" in text and "<script>alert" not in text and "<img src=x" not in text


@pytest.mark.parametrize(
    "data",
    [
        {"verdict": "", "comment": "Mon avis."},
        {"verdict": "publish", "comment": "Mon avis."},
        {"name": "", "comment": "Mon avis."},
        {"name": "A" * 200, "comment": "Mon avis."},
        {"comment": "Mon avis." + "A" * 5000},
        {"comment": "Mon avis.\x00"},
    ],
)
def test_an_answer_that_lacks_something_is_asked_again_with_what_was_written(client, link, data):
    screen = answer(client, link, **data)
    assert screen.status_code == 200 and 'role="alert"' in screen.text
    assert "Mon avis." in screen.text
    assert not ReviewAnswer.objects.exists()


def test_changes_are_asked_for_in_words(client, link):
    assert 'role="alert"' in answer(client, link, verdict="request_changes").text
    answer(client, link, verdict="request_changes", **{"comment-summary": "Trop long."})
    assert ReviewAnswer.objects.get().part_comments[0]["text"] == "Trop long."


def test_what_was_written_while_the_article_changed_is_given_back(client, link, article):
    saved_again(article, summary="Autre chose.")
    late = answer(client, link, comment="Une heure de travail.", **{"comment-title": "Bravo"})
    assert late.status_code == 410
    assert "Une heure de travail." in late.text and "Bravo" in late.text
    assert not ReviewAnswer.objects.exists()


def test_an_answer_needs_no_cookie(link):
    assert answer(Client(enforce_csrf_checks=True), link).status_code == 302
    assert ReviewAnswer.objects.exists()


@pytest.mark.parametrize("verb", ["get", "head"])
def test_looking_changes_nothing(client, link, lead, verb):
    query = {"verdict": "approve", "name": "Awa", "comment": "Bien."}
    getattr(client, verb)(path_of(link), query)
    client.force_login(lead)
    for name in ("editorial_revoke_link", "editorial_resend_link"):
        response = getattr(client, verb)(reverse(name, args=[link.pk]))
        assert response.status_code == 405
    link.refresh_from_db()
    assert not ReviewAnswer.objects.exists() and link.revoked_at is None
    assert Mail.objects.count() == 1


# The links of an article


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
