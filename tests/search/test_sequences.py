"""The texts that are read to find a sequence of words, or to leave it out."""

from datetime import date

import pytest

from search.engines import sequences
from search.models import DocumentText
from tests.portal.reading import says
from tests.search.conftest import Searcher
from tests.search.test_engines import write

pytestmark = pytest.mark.django_db


@pytest.fixture
def searcher(nothing_published):
    return Searcher("database")


def test_only_a_text_that_has_the_words_of_a_sequence_is_read_to_leave_it_out(searcher):
    write(1, "Prêt garanti")
    write(2, "Garanti, prêt")
    write(3, "Prêt solidaire")
    assert set(searcher.titles('-"prêt garanti"')) == {"Garanti, prêt", "Prêt solidaire"}
    # Were they read, these would now be left out; only the second has both words.
    DocumentText.objects.filter(pk__in=[2, 3]).update(words=" pret garanti ")
    assert searcher.titles('-"prêt garanti"') == ["Prêt solidaire"]


@pytest.fixture
def dated(searcher):
    """Five texts, the newest first."""
    for pk, title in enumerate(["Fin de la", "An de la", "An sans", "Mois sans", "Mois de la"]):
        write(pk, title, day=date(2024, 1, 9 - pk))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('"de la"', ["Fin de la", "An de la"]),
        ('-"de la"', ["An sans", "Mois sans"]),
        # Half as many are read where there are two sequences.
        ('-"de la" -"et de"', []),
        ('-"et la" -"et de"', ["Fin de la", "An de la"]),
        # Other words find the documents that are read.
        ('mois -"de la"', ["Mois sans"]),
        ('"de la" mois', ["Mois de la"]),
    ],
)
def test_of_sequences_of_small_words_only_the_first_texts_are_read(
    dated, searcher, monkeypatch, text, found
):
    monkeypatch.setattr(sequences, "MOST_READ", 4)
    results = searcher.search(text)
    assert [hit.document.title for hit in results.hits] == found
    assert results.partial == ("mois" not in text)


def test_a_search_that_has_read_all_the_texts_is_whole(dated, searcher):
    for text in ('"de la"', '-"de la"', '"an de la"', "an", ""):
        assert not searcher.search(text).partial


def test_who_is_not_shown_all_that_is_found_is_told(dated, client, monkeypatch):
    monkeypatch.setattr(sequences, "MOST_READ", 4)
    told = "These are very common words: only a part of what is published was looked through. Add a word that says what it is about."
    assert says(client.get("/recherche/", {"q": '"de la"'}), told)
    assert client.get("/api/search/", {"q": '"de la"'}).json()["partial"]
    assert not client.get("/api/search/", {"q": '"mois de la"'}).json()["partial"]
