import datetime
import os
import time

import pytest

from search import outbox, projection
from search.engines import choice, indices
from search.models import SearchDocument
from search.searching import Request, search
from tests.factories import ArticlePageFactory, CategoryFactory, TagFactory, TypologyFactory

ENGINES = ["database", pytest.param("remote", marks=pytest.mark.search_server)]


@pytest.fixture(autouse=True)
def rested_engine(monkeypatch):
    """That an engine was down in one test is not for the next one."""
    monkeypatch.setattr(choice, "_resting_until", 0.0)


def make_index(language):
    """Make an index that is searched at once: quicker than a whole reindexing."""
    alias = indices.alias_of(language)
    body = {
        "settings": {"index": indices.SETTINGS | indices.SETTLED},
        "mappings": indices.MAPPINGS,
        "aliases": {alias: {}},
    }
    indices.ask("PUT", f"/{alias}-{'0' * 20}", body)


def remove_indices():
    names = [index for language in indices.languages() for index in indices.of_language(language)]
    if names:
        indices.remove(",".join(names))


@pytest.fixture
def server(settings, db):
    """The real search server, with empty indices that only this test sees."""
    settings.SEARCH_URL = f"{os.environ['SEARCH_URL']}/test-{os.getpid()}-{time.time_ns()}"
    for language in indices.languages():
        make_index(language)
    mine = settings.SEARCH_URL
    yield mine
    settings.SEARCH_URL = mine
    remove_indices()


class Searcher:
    """Searches as visitors do, in what is published, with one engine."""

    def __init__(self, name):
        self.name = name

    def search(self, text="", user=None, **asked):
        if self.name == "remote":
            publish()
        results = search(Request(text=text, **asked), user)
        assert not results.degraded
        assert (results.engine == "database") == (self.name == "database")
        return results

    def titles(self, text="", user=None, **asked):
        """The titles found, in their order."""
        return [hit.document.title for hit in self.search(text, user, **asked).hits]

    def counts(self, facet, text="", user=None, **asked):
        """The counts of the values of a facet."""
        facets = {f.name: f.choices for f in self.search(text, user, **asked).facets}
        return {choice.value: choice.count for choice in facets[facet]}


def publish():
    """Have the external engine find all that is published."""
    outbox.send_pending()
    for language in indices.languages():
        indices.refresh(indices.alias_of(language))


@pytest.fixture
def nothing_published(db):
    """Not even the page that every site begins with."""
    projection.withdraw(SearchDocument.objects.values_list("pk", flat=True))
    SearchDocument.objects.all().delete()


@pytest.fixture(params=ENGINES)
def engine(request, nothing_published):
    """Each of the engines in turn."""
    if request.param == "remote":
        request.getfixturevalue("server")
    return Searcher(request.param)


@pytest.fixture
def garden(lantern):
    return ArticlePageFactory(
        parent=lantern,
        title="Le jardin partagé",
        summary="On y sème ensemble.",
        published_on=datetime.date(2026, 5, 1),
        categories=[CategoryFactory(name="Écologie")],
        typologies=[TypologyFactory(name="Témoignage")],
        tags=[TagFactory(name="terre")],
    )


@pytest.fixture
def boat(harbour, network):
    return ArticlePageFactory(
        parent=harbour,
        title="Le bateau commun",
        summary="On y navigue à plusieurs.",
        published_on=datetime.date(2025, 5, 1),
        categories=[CategoryFactory(name="Culture")],
        typologies=[TypologyFactory(name="Compte rendu")],
        tags=[TagFactory(name="mer")],
        partner_houses=[network],
    )


@pytest.fixture
def undated(lantern):
    return ArticlePageFactory(parent=lantern, title="Sans date")


@pytest.fixture
def articles(garden, boat, undated):
    return {"garden": garden, "boat": boat, "undated": undated}
