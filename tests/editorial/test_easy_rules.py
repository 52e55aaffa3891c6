"""What the writing advice says of a text that should be easy to read."""

import pytest

from articles.models import EasyArticlePage
from editorial.writing import easy
from editorial.writing.passages import Reading
from editorial.writing.rereading import reread
from tests.factories import PictureFactory, stored

pytestmark = pytest.mark.django_db


def findings(rule, *lines, **fields):
    page = EasyArticlePage(title="Prêter des outils", body=stored(("text", "\n".join(lines))))
    for name, value in fields.items():
        setattr(page, name, value)
    return list(rule(Reading(page)))


def test_a_sentence_of_sixteen_words_is_too_long():
    fifteen = "Un " + "mot " * 13 + "encore."
    assert findings(easy.long_sentences, fifteen) == []
    (found,) = findings(easy.long_sentences, fifteen, "Un " + "mot " * 14 + "encore.")
    assert "16" in found.message


@pytest.mark.parametrize("short", ["la CAF", "des tables, etc.", "un RDV", "les asso."])
def test_abbreviations_are_to_be_written_in_full(short):
    assert findings(easy.abbreviations, f"On prête {short}")


def test_plain_words_are_no_abbreviations():
    assert findings(easy.abbreviations, "On prête la tente.", "Texte. Le soir.") == []


@pytest.mark.parametrize("figure", ["64 %", "12 000 euros", "187654 fois"])
def test_figures_hard_to_picture_are_noticed(figure):
    assert findings(easy.hard_figures, f"On compte {figure}.")


def test_small_figures_are_not():
    assert findings(easy.hard_figures, "On prête 22 tables à 15 euros en 2021.") == []


def test_brackets_and_semicolons_are_noticed():
    assert findings(easy.hard_signs, "On prête (le samedi).")
    assert findings(easy.hard_signs, "On prête le samedi.") == []


def test_a_long_piece_is_to_be_split():
    assert findings(easy.long_pieces, *["Une ligne."] * 6)
    assert not findings(easy.long_pieces, *["Une ligne."] * 5)


def test_pictures_help():
    assert findings(easy.no_picture)
    picture = PictureFactory()
    assert not findings(easy.no_picture, picture=picture)
    assert findings(easy.pictures_undescribed, picture=picture)
    assert not findings(easy.pictures_undescribed, picture=picture, picture_alt="Une tente.")


def test_an_easy_version_is_reread_by_its_own_rules():
    page = EasyArticlePage(title="Prêter", body=stored(("text", "La CAF aide.")))
    messages = [finding.message for finding in reread(Reading(page))]
    assert any("CAF" in message for message in messages)
    assert len(messages) == 2  # and a picture: no category, typology or summary is asked for
