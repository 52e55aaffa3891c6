"""The screens of those who write and review ask few queries, however many texts are under review."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import ArticlePageFactory

pytestmark = pytest.mark.django_db
MANY, FEW_QUERIES = 12, 40


@pytest.fixture
def under_review(lantern, contributor, lead, editor):
    articles = [
        ArticlePageFactory(parent=lantern, title=f"Article {number}", owner=contributor)
        for number in range(MANY)
    ]
    for article in articles:
        article.title += " revu"
        article.save_revision(user=contributor)
        article.get_workflow().start(article, contributor)
    return articles


@pytest.mark.parametrize("name", ["contributor", "lead", "editor"])
@pytest.mark.parametrize("screen", ["welcome", "articles", "section"])
def test_a_screen_asks_few_queries(client, under_review, lantern, request, name, screen):
    client.force_login(request.getfixturevalue(name))
    url = {
        "welcome": reverse("wagtailadmin_home"),
        "articles": reverse("articles_admin:index"),
        "section": reverse("wagtailadmin_explore", args=[lantern.pk]),
    }[screen]
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    assert len(queries) <= FEW_QUERIES


def test_the_first_screen_shows_what_waits_for_a_lead_and_the_way_to_the_rest(
    client, under_review, lead
):
    client.force_login(lead)
    page = client.get(reverse("wagtailadmin_home")).text
    assert "12 textes attendent votre décision" in page.replace("\xa0", " ")
    assert page.count(reverse("editorial_review", args=[0]).split("0/")[0]) == 6
    assert reverse("report_waiting:index") in page


def test_the_first_screen_shows_nothing_to_decide_to_who_wrote_it(
    client, under_review, contributor
):
    client.force_login(contributor)
    assert 'id="waiting"' not in client.get(reverse("wagtailadmin_home")).text


@pytest.mark.parametrize("name", ["contributor", "lead", "outsider", "editor", "admin"])
def test_who_may_delete_is_as_wagtail_says(lantern, contributor, request, name):
    """Without reading the pages below, where there are none."""
    user = request.getfixturevalue(name)
    own = ArticlePageFactory(parent=lantern, title="Le sien", owner=contributor, live=False)
    public = ArticlePageFactory(parent=lantern, title="En ligne", owner=contributor)
    other = ArticlePageFactory(parent=lantern, title="Un autre", live=False)
    for article in (own, public, other, lantern):
        ours = article.permissions_for_user(user)
        theirs = super(type(ours), ours).can_delete()
        assert ours.can_delete() == theirs, article.title
