import pytest

from editorial import reading
from editorial.models import ReviewLink
from houses.models import Role
from tests.editorial.outside import BODY
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
