"""A reader answers once, and what they wrote is never lost."""

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageLogEntry

from editorial import reading
from editorial.models import Mail, ReviewAnswer, ReviewLink
from editorial.sending import send_due
from tests.editorial.outside import answer, path_of, readers_path, saved_again

pytestmark = pytest.mark.django_db


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


def test_an_answer_to_an_article_deleted_meanwhile_is_given_back(client, link, monkeypatch):
    opened_by = reading.opened_by

    def while_it_is_deleted(token):
        found = opened_by(token)
        ReviewLink.objects.all().delete()
        return found

    monkeypatch.setattr(reading, "opened_by", while_it_is_deleted)
    late = answer(client, link, comment="Une heure de travail.")
    assert late.status_code == 410 and "Une heure de travail." in late.text


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
