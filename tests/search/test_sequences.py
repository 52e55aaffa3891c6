"""The texts that are read to find a sequence of words, or to leave it out."""

import pytest

from search.models import DocumentText
from tests.search.conftest import Searcher
from tests.search.test_engines import write

pytestmark = pytest.mark.django_db


@pytest.fixture
def titles(nothing_published):
    return Searcher("database").titles


def test_only_a_text_that_has_the_words_of_a_sequence_is_read_to_leave_it_out(titles):
    write(1, "Prêt garanti")
    write(2, "Garanti, prêt")
    write(3, "Prêt solidaire")
    assert set(titles('-"prêt garanti"')) == {"Garanti, prêt", "Prêt solidaire"}
    # Were they read, these would now be left out; only the second has both words.
    DocumentText.objects.filter(pk__in=[2, 3]).update(words=" pret garanti ")
    assert titles('-"prêt garanti"') == ["Prêt solidaire"]
