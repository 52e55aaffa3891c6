"""One command does what is due; a job that fails leaves the others to be done."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.utils import timezone

from articles.models import ArticlePage
from editorial.mailing import Message, post
from editorial.management.commands.housekeeping import JOBS
from editorial.models import ReviewState
from tests.editorial.acts import submit

pytestmark = pytest.mark.django_db


def test_what_is_planned_goes_online_and_who_is_late_is_reminded(
    client, draft, contributor, lead, lantern
):
    submit(client, contributor, draft)
    long_ago = timezone.now() - timedelta(days=6)
    ReviewState.objects.update(started_at=long_ago)
    planned = ArticlePage(title="Prévu", slug="prevu", live=False, owner=contributor)
    lantern.add_child(instance=planned)
    revision = planned.save_revision(approved_go_live_at=long_ago)
    assert revision.approved_go_live_at
    call_command("housekeeping")
    assert ArticlePage.objects.get(pk=planned.pk).live
    told = [each.body for each in mail.outbox if each.to == [lead.email]]
    assert len(told) == 2 and "attend votre relecture depuis" in told[1]


def test_a_job_that_fails_leaves_the_others_to_be_done(editor, monkeypatch):
    post("x", [editor], lambda person: Message("Bonjour", ["Voici."]))

    def fails(now):
        raise ZeroDivisionError

    monkeypatch.setitem(JOBS, "reviewers reminded", fails)
    with pytest.raises(CommandError, match="reviewers reminded"):
        call_command("housekeeping")
    assert len(mail.outbox) == 1
