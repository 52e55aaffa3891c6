"""What several people publish and restrict at the same moment: PostgreSQL lets them, SQLite makes them wait."""

import pytest
from django.db import transaction
from wagtail.models import Page

from articles.models import ArticlePage
from portal import publication
from search.searching import Request, search
from tests.at_once import Somebody
from tests.factories import ArticlePageFactory, HousePageFactory, restricted

pytestmark = [
    pytest.mark.postgresql,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]
LONG = 1  # seconds in which whoever need not wait is done


@pytest.fixture
def house(postgresql, db):
    return HousePageFactory()


def test_what_is_published_while_its_house_is_restricted_is_restricted(house):
    draft = ArticlePageFactory(parent=house, title="Prêter une sono", live=False)
    with transaction.atomic():
        draft.save_revision().publish()
        restricting = Somebody(lambda: restricted(Page.objects.get(pk=house.pk)))
        restricting.join(LONG)
    restricting.join()
    assert search(Request(text="sono")).total == 0


def test_what_is_withdrawn_while_its_house_is_read_again_stays_withdrawn(house, monkeypatch):
    article = ArticlePageFactory(parent=house, title="Prêter une sono")
    withdrawing, placed = [], publication._replaced

    def replaced(*arguments):
        withdraw = ArticlePage.objects.get(pk=article.pk).unpublish
        withdrawing.append(Somebody(withdraw))
        withdrawing[-1].join(LONG)
        return placed(*arguments)

    monkeypatch.setattr(publication, "_replaced", replaced)
    publication.project_section(Page.objects.get(pk=house.pk), itself=False)
    withdrawing[0].join()
    assert search(Request(text="sono")).total == 0
