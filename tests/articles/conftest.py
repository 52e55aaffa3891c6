import pytest

from tests.factories import (
    ArticlePageFactory,
)


@pytest.fixture
def article(lantern):
    return ArticlePageFactory(parent=lantern, title="Le jardin partagé")
