"""A comment is told to those who wrote the text, an answer to those who spoke in its thread."""

import pytest
from wagtail.models import Comment, CommentReply

from editorial.models import Mail

pytestmark = pytest.mark.django_db


def told():
    people = sorted(Mail.objects.values_list("user__username", flat=True))
    Mail.objects.all().delete()
    return people


@pytest.fixture
def comment(draft, lead):
    return Comment.objects.create(page=draft, user=lead, text="Quand ?", contentpath="title")


def test_a_comment_is_told_to_the_author(comment, contributor):
    [mail] = Mail.objects.all()
    assert mail.user == contributor and mail.content["quotes"] == [["lead", "Quand ?"]]


def test_an_answer_is_told_to_the_thread_alone(comment, contributor, lead, editor, second_lead):
    told()
    CommentReply.objects.create(comment=comment, user=contributor, text="En mai.")
    assert told() == ["lead"]
    CommentReply.objects.create(comment=comment, user=editor, text="De quelle année ?")
    assert told() == ["contributor", "lead"]


def test_who_left_the_house_is_told_nothing(comment, contributor, lead):
    told()
    lead.memberships.all().delete()
    CommentReply.objects.create(comment=comment, user=contributor, text="En mai.")
    assert told() == []


def test_one_own_comment_is_not_told(draft, contributor):
    Comment.objects.create(page=draft, user=contributor, text="À revoir.", contentpath="title")
    assert told() == []
