"""Mails reach those concerned, once, in their language; a mail server that is down loses none."""

import re
from datetime import timedelta
from smtplib import SMTPRecipientsRefused

import pytest
from django.conf import settings
from django.core import mail
from django.db import transaction
from django.utils import timezone
from wagtail.users.models import UserProfile

from editorial.mailing import Message, post
from editorial.models import Mail, MailPreference, Rhythm
from editorial.sending import send_due
from tests.factories import ArticlePageFactory, UserFactory, translated

pytestmark = pytest.mark.django_db


def message(person):
    return Message(
        "Bonjour",
        [f"Pour {person.username}."],
        quotes=[("Awa", "C’est bien.")],
        action="Relire",
        url="/admin/pages/3/",
    )


@pytest.fixture
def down(monkeypatch):
    """A mail server that refuses connections, until the list is emptied."""
    faults = [ConnectionRefusedError("down")]

    def send(self, *args):
        if faults:
            raise faults[0]
        mail.outbox.append(self)
        return 1

    monkeypatch.setattr("django.core.mail.EmailMultiAlternatives.send", send)
    return faults


def test_each_person_is_written_to_once(django_capture_on_commit_callbacks):
    awa, luc = UserFactory(username="awa"), UserFactory(username="luc")
    for _time in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            post("submitted:1", [awa, luc, luc], message)
    assert sorted(each.to for each in mail.outbox) == [["awa@example.org"], ["luc@example.org"]]


def test_nothing_is_sent_of_what_did_not_happen(django_capture_on_commit_callbacks):
    with (
        django_capture_on_commit_callbacks(execute=True),
        pytest.raises(ZeroDivisionError),
        transaction.atomic(),
    ):
        post("submitted:1", [UserFactory()], message)
        raise ZeroDivisionError
    assert not mail.outbox and not Mail.objects.exists()


def test_those_who_left_are_not_written_to():
    gone, mute = UserFactory(is_active=False), UserFactory(email="")
    post("submitted:1", [gone, mute], message)
    assert not Mail.objects.exists()


def test_a_mail_is_whole_in_text_and_html():
    post("submitted:1", [UserFactory(username="awa")], message)
    send_due(timezone.now())
    [sent] = mail.outbox
    html = sent.alternatives[0].content
    for body in (sent.body, html):
        assert "Pour awa." in body and "C’est bien." in body and "Relire" in body
        assert f"{settings.BASE_URL}/admin/pages/3/" in body
    assert re.search(r'href="http[^"]+/admin/pages/3/"', html)


def test_words_of_people_are_text_in_html():
    post("x", [UserFactory()], lambda person: Message("Sujet", ["<script>alert(1)</script>"]))
    send_due(timezone.now())
    assert "<script>" not in mail.outbox[0].alternatives[0].content


def test_a_mail_speaks_the_language_of_its_reader():
    john = UserFactory(username="john")
    UserProfile.objects.create(user=john, preferred_language="en")
    post("submitted:1", [john, UserFactory(username="awa")], message)
    send_due(timezone.now())
    bodies = {each.to[0]: each.body for each in mail.outbox}
    assert "Choose how often we write to you" in bodies["john@example.org"]
    assert "Choose" not in bodies["awa@example.org"]


def test_a_mail_says_in_which_language_a_title_is(lantern):
    article = translated(ArticlePageFactory(parent=lantern), title="A shared <tool> shed")
    told = Message("Bonjour", ["« A shared <tool> shed » est en ligne."])
    post("published", [UserFactory()], lambda person: told, page=article)
    send_due(timezone.now())
    html = mail.outbox[0].alternatives[0].content
    assert '« <span lang="en">A shared &lt;tool&gt; shed</span> » est en ligne.' in html


def test_mails_about_one_page_make_one_thread(lantern):
    article = ArticlePageFactory(parent=lantern, title="Le repair café")
    awa = UserFactory()
    for event in ("submitted:1", "approved:1"):
        post(event, [awa], message, page=article)
    send_due(timezone.now())
    first, second = mail.outbox
    assert first.subject == second.subject and "Le repair café" in first.subject
    assert first.extra_headers["References"] == second.extra_headers["References"]
    assert first.extra_headers["Message-ID"] != second.extra_headers["Message-ID"]


def test_a_mail_server_that_is_down_loses_nothing_and_sends_nothing_twice(down):
    post("submitted:1", [UserFactory()], message)
    now = timezone.now()
    assert send_due(now) == 0
    kept = Mail.objects.get()
    assert kept.sent_at is None and "down" in kept.error
    down.clear()
    assert send_due(now) == 0, "not before its next turn"
    assert send_due(now + timedelta(minutes=6)) == 1
    assert send_due(now + timedelta(days=1)) == 0
    assert len(mail.outbox) == 1


def test_what_is_secret_is_forgotten_once_it_has_left(down):
    for event, is_secret in (("invited:1", True), ("submitted:1", False)):
        text = Message("Bonjour", ["Voici."], action="Entrer", url="/key/", is_secret=is_secret)
        post(event, [UserFactory()], lambda person, text=text: text)
    secret, other = Mail.objects.order_by("pk")
    now = timezone.now()
    send_due(now)
    secret.refresh_from_db()
    assert secret.content["url"] == "/key/", "a mail that could not leave is still whole"
    down.clear()
    send_due(now + timedelta(minutes=6))
    secret.refresh_from_db(), other.refresh_from_db()
    assert "/key/" in mail.outbox[0].body
    assert secret.sent_at and secret.content == {} and other.content["url"] == "/key/"


def test_an_address_that_does_not_exist_is_not_tried_again(down):
    down[:] = [SMTPRecipientsRefused({"x@example.org": (550, b"unknown")})]
    post("submitted:1", [UserFactory()], message)
    send_due(timezone.now())
    down.clear()
    assert send_due(timezone.now() + timedelta(days=1)) == 0
    assert Mail.objects.get().refused_at


def test_what_is_secret_is_forgotten_too_where_nobody_takes_it(down):
    down[:] = [SMTPRecipientsRefused({"x@example.org": (550, b"unknown")})]
    key = Message("Bonjour", ["Voici."], action="Entrer", url="/key/", is_secret=True)
    post("invited:1", [UserFactory()], lambda person: key)
    send_due(timezone.now())
    assert Mail.objects.get().content == {}


def test_two_senders_send_a_mail_once(monkeypatch):
    post("submitted:1", [UserFactory()], message)
    now, inside = timezone.now(), []

    def send(self, *args):
        inside.append(send_due(now))
        mail.outbox.append(self)

    monkeypatch.setattr("django.core.mail.EmailMultiAlternatives.send", send)
    assert send_due(now) == 1
    assert inside == [0] and len(mail.outbox) == 1


def test_a_daily_digest_gathers_the_mails_of_a_day(lantern):
    awa = UserFactory()
    MailPreference.objects.create(user=awa, rhythm=Rhythm.DAILY)
    for number in range(3):
        article = ArticlePageFactory(parent=lantern, title=f"Article numéro {number}")
        post(f"submitted:{number}", [awa], message, page=article)
    now = timezone.now()
    assert send_due(now) == 0
    assert send_due(now + timedelta(days=1)) == 3
    [digest] = mail.outbox
    assert all(f"Article numéro {number}" in digest.body for number in range(3))


def test_who_wants_no_mail_gets_none_but_what_is_vital():
    awa = UserFactory()
    MailPreference.objects.create(user=awa, rhythm=Rhythm.NEVER)
    post("submitted:1", [awa], message)
    post("invited:1", [awa], message, is_vital=True)
    send_due(timezone.now())
    assert len(mail.outbox) == 1


def unsubscribe_path():
    return re.search(r"https?://[^/]+(/editorial/mails/\S+)", mail.outbox[-1].body).group(1)


def test_the_link_at_the_foot_stops_the_mails_without_logging_in(client):
    awa = UserFactory()
    post("submitted:1", [awa], message)
    send_due(timezone.now())
    path = unsubscribe_path()
    assert client.get(path).text.count('type="radio"') == len(Rhythm)
    answer = client.post(path, {"rhythm": "never"})
    assert 'role="status"' in answer.text
    post("approved:1", [awa], message)
    assert Mail.objects.count() == 1


def test_a_mail_reader_unsubscribes_in_one_click(client):
    awa = UserFactory()
    post("submitted:1", [awa], message)
    send_due(timezone.now())
    headers = mail.outbox[0].extra_headers
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert unsubscribe_path() in headers["List-Unsubscribe"]
    assert client.post(unsubscribe_path(), {"List-Unsubscribe": "One-Click"}).status_code == 204
    assert awa.mail_preference.rhythm == Rhythm.NEVER


def test_a_link_that_was_changed_says_so(client):
    answer = client.get("/editorial/mails/nonsense:1:2/")
    assert answer.status_code == 404
    assert "<form method" not in answer.text.split("<main", 1)[1].split("</main")[0]


def test_a_title_of_two_lines_is_a_subject_of_one(lantern):
    article = ArticlePageFactory(parent=lantern, title="Le repair café\nBcc: x@example.org")
    post("submitted:1", [UserFactory()], message, page=article)
    assert send_due(timezone.now()) == 1
    assert mail.outbox[0].subject.endswith("Le repair café Bcc: x@example.org")


def test_a_mail_that_cannot_be_made_keeps_no_other_from_leaving():
    first, second = UserFactory(username="awa"), UserFactory(username="luc")
    post("broken:1", [first], message)
    Mail.objects.update(content={})
    post("submitted:1", [second], message)
    assert send_due(timezone.now()) == 1
    assert [each.to for each in mail.outbox] == [["luc@example.org"]]
    assert "KeyError" in Mail.objects.get(user=first).error
