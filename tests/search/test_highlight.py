from search.highlight import excerpt, marked
from search.plan import Plan, PlannedWord

NOTHING_ASKED = Plan([])


def test_a_whole_summary_has_no_dots_after_it():
    assert excerpt("On y sème.", "Un long texte.", NOTHING_ASKED, "fr") == "On y sème."


def test_a_text_without_summary_is_cut_at_a_word():
    shown = excerpt("", "jardin " * 100, NOTHING_ASKED, "fr")
    assert shown.endswith("jardin …") and len(shown) < 250


def test_words_side_by_side_are_marked_as_one():
    plan = Plan([PlannedWord(word, {(word,): 1}) for word in ("troc", "savoir")])
    title = marked("Troc savoirs, savoirs et troc", plan, "fr")
    assert title == "<mark>Troc savoirs</mark>, <mark>savoirs</mark> et <mark>troc</mark>"


def test_a_feminine_is_marked_as_its_masculine():
    plan = Plan([PlannedWord("acteur", {("acteur",): 1})])
    assert "<mark>actrice</mark>" in excerpt("", "Une actrice du quartier.", plan, "fr")
