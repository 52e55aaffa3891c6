from search.highlight import Reading
from search.plan import Plan, PlannedWord

NOTHING_ASKED = Plan([])


def excerpt(summary, body, plan):
    return Reading("", summary, body, plan, "fr").excerpt


def test_a_whole_summary_has_no_dots_after_it():
    assert excerpt("On y sème.", "Un long texte.", NOTHING_ASKED) == "On y sème."


def test_a_text_without_summary_is_cut_at_a_word():
    shown = excerpt("", "jardin " * 100, NOTHING_ASKED)
    assert shown.endswith("jardin …") and len(shown) < 250


def test_words_side_by_side_are_marked_as_one():
    plan = Plan([PlannedWord(word, {(word,): 1}) for word in ("troc", "savoir")])
    title = Reading("Troc savoirs, savoirs et troc", "", "", plan, "fr").title
    assert title == "<mark>Troc savoirs</mark>, <mark>savoirs</mark> et <mark>troc</mark>"


def test_a_feminine_is_marked_as_its_masculine():
    plan = Plan([PlannedWord("acteur", {("acteur",): 1})])
    assert "<mark>actrice</mark>" in excerpt("", "Une actrice du quartier.", plan)


def test_words_side_by_side_are_counted_where_they_are_most():
    plan = Plan([PlannedWord(word, {(word,): 1}) for word in ("troc", "savoir", "jardin")])
    body = f"Un troc. {'Rien. ' * 40}Un jardin, un troc, encore un jardin."
    assert Reading("", "", body, plan, "fr").side_by_side(40) == 2
    assert Reading("Troc de savoirs au jardin", "", body, plan, "fr").side_by_side(40) == 3
    assert Reading("", "", "Rien de tout cela.", plan, "fr").side_by_side(40) == 0
