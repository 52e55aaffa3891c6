"""How French and English are read, and how a query is."""

import pytest

from search.analysis import is_stop, parts_of, stem, words_of
from search.query import MOST_WORDS, Query, QueryWord, bet_key, parse

ALIKE = [
    ("bénévole", "benevoles"),
    ("BÉNÉVOLAT", "bénévolat"),
    ("cœur", "coeur"),
    ("élue", "élus"),
    ("déclarer", "déclarés"),
    ("déclarait", "déclarant"),
    ("associations", "association"),
    ("financer", "financements"),
    ("régional", "régionale"),
    ("directeur", "directrices"),
    ("acteur", "actrice"),
    ("trésorier", "trésorière"),
    ("premier", "premières"),
    ("conseiller", "conseillère"),
    ("be\u0301ne\u0301vole", "bénévole"),  # decomposed
]


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_forms_of_a_french_word_have_one_stem(one, other):
    def stems(text):
        return [stem(word, "fr") for word in words_of(text, "fr")]

    assert stems(one) == stems(other)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("L’été d'une mairie, qu’on aime", ["ete", "une", "mairie", "on", "aime"]),
        ("aujourd'hui", ["aujourd", "hui"]),
        ("un seuil de 153\u202f000 €", ["un", "seuil", "de", "153000"]),
        ("153 000 et 12 3456", ["153000", "et", "12", "3456"]),
        ("co-construire", ["co-construire"]),
        ("« Et après ? » – oui", ["et", "apres", "oui"]),
        ("Loi 1901", ["loi", "1901"]),
        ("\u0000\u200b***", []),
    ],
)
def test_words_of_a_french_text(text, words):
    assert words_of(text, "fr") == words


def test_a_compound_is_found_by_its_parts_and_in_one_piece():
    assert parts_of("co-construire") == ["co", "construire", "coconstruire"]


def test_a_very_long_word_is_cut():
    assert [len(word) for word in words_of("x" * 5000, "fr")] == [40]


def test_each_language_has_its_own_analysis():
    assert stem("meetings", "en") == stem("meeting", "en")
    assert is_stop("the", "en") and not is_stop("the", "fr")
    assert stem("vereine", "de") == stem("verein", "de")  # a language that only settings add


def test_a_language_without_stemmer_is_read_word_by_word():
    assert stem("nevez", "br") == "nevez"


def test_a_query_is_words_phrases_exclusions_and_beginnings():
    query = parse('partage "bail commun" -loyer -"prix fixe" mutualis*', "fr")
    assert query.words == (
        QueryWord("partage"),
        QueryWord("mutualis", is_prefix=True),
    )
    assert query.phrases == (("bail", "commun"),)
    assert query.excluded == (("loyer",), ("prix", "fixe"))


def test_french_quotation_marks_make_a_phrase():
    assert parse("« maison commune »", "fr").phrases == (("maison", "commune"),)


def test_a_hyphen_in_a_word_excludes_nothing():
    query = parse("vide-grenier - local", "fr")
    assert query.excluded == ()
    assert [word.text for word in query.words] == ["vide", "grenier", "local"]
    assert query.words[0].compound == "videgrenier"


@pytest.mark.parametrize(
    "text", ['"', '"a', "-", "--", "*", "***", "« ", '""', "-*", "\0", "a" * 9999]
)
def test_any_text_is_a_query(text):
    assert isinstance(parse(text, "fr"), Query)


def test_a_long_query_keeps_its_first_words():
    query = parse(" ".join(f"mot{number}" for number in range(100)), "fr")
    assert len(query.words) == MOST_WORDS
    assert query.words[0].text == "mot0"


def test_a_best_bet_is_found_however_it_is_typed():
    assert bet_key("Les Bénévoles", "fr") == bet_key("les benevole", "fr")
