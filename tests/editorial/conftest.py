import pytest

from houses.models import Role
from tests.factories import ArticlePageFactory, MembershipFactory, UserFactory


@pytest.fixture
def second_lead(lantern):
    return MembershipFactory(user__username="second", house=lantern.house, role=Role.LEAD).user


@pytest.fixture
def second_editor(editor):
    return UserFactory(username="editor2", groups=editor.groups.all())


@pytest.fixture
def draft(lantern, contributor):
    """An article that the contributor of the house has written and not submitted."""
    article = ArticlePageFactory(
        parent=lantern, title="Un repair café", live=False, owner=contributor
    )
    article.save_revision(user=contributor)
    return article
