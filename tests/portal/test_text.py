import pytest

from portal.templatetags.portal_tags import french_spaces, shortened
from portal.text import title_slug
from search.text import fold


@pytest.mark.parametrize(
    "text, folded",
    [
        ("Bénévolat", "benevolat"),
        ("BÉNÉVOLAT", "benevolat"),
        ("Be\u0301ne\u0301volat", "benevolat"),
        ("  deux   mots\u00a0ici\u202f! ", "deux mots ici !"),
        ("Œuvres et ex æquo", "oeuvres et ex aequo"),
        ("L’économie d'ici", "l'economie d'ici"),
        ("pair‑à‑pair", "pair-a-pair"),
        ("STRASSE Straße", "strasse strasse"),
        ("", ""),
    ],
)
def test_fold_makes_spellings_of_one_label_equal(text, folded):
    assert fold(text) == folded


def test_fold_keeps_different_labels_apart():
    assert len({fold(label) for label in ("C", "C++", "C#")}) == 3


def test_fold_changes_nothing_the_second_time():
    folded = fold("  L’Œuvre : ŒUVRES d’Été – İstanbul ")
    assert fold(folded) == folded


@pytest.mark.parametrize(
    "title, slug",
    [
        ("L’atelier d’une maison", "l-atelier-d-une-maison"),
        ("L'atelier d'une maison", "l-atelier-d-une-maison"),
        ("Été à l’école !", "ete-a-l-ecole"),
        ("a" * 300, "a" * 200),
        ("a" * 199 + " bcd", "a" * 199),
        ("« »", ""),
    ],
)
def test_a_title_gives_its_words_to_the_address(title, slug):
    assert title_slug(title) == slug


@pytest.mark.parametrize(
    "text, spaced",
    [
        ("Vraiment ?", "Vraiment\u202f?"),
        ("Vraiment !", "Vraiment\u202f!"),
        ("d’abord ; ensuite", "d’abord\u202f; ensuite"),
        ("Le lieu : ici", "Le lieu\u00a0: ici"),
        ("« oui »", "«\u00a0oui\u00a0»"),
        ("12 % ou 3 €", "12\u00a0% ou 3\u00a0€"),
        ("« Quoi » ?", "«\u00a0Quoi\u00a0»\u202f?"),
        ("https://example.org/?a=1", "https://example.org/?a=1"),
        ("sans signe", "sans signe"),
    ],
)
def test_french_signs_keep_their_space(text, spaced):
    assert french_spaces(text) == spaced


def test_french_spaces_do_not_make_a_text_safe():
    assert not hasattr(french_spaces("<b>Quoi ?</b>"), "__html__")


@pytest.mark.parametrize(
    "text, shown",
    [
        ("", ""),
        ("douze lettre", "douze lettre"),
        ("treize lettre", "treize lett…"),
        ("e\u0301" * 12, "é" * 12),
        ("e\u0301" * 13, "é" * 11 + "…"),
    ],
)
def test_a_long_text_is_cut_between_two_letters(text, shown):
    assert shortened(text, 12) == shown
