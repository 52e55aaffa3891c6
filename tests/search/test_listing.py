"""What the search page offers around its results: filters, chips, addresses, and ways out where nothing is found."""

import pytest

from tests.factories import ArticlePageFactory, CategoryFactory
from tests.portal.reading import meta_of, page_of, squashed
from tests.search.pages import ARTICLES, BOAT, GARDEN, PAGE, UNDATED, chips_of, titles_of


def found(client, query):
    return set(titles_of(client.get(f"{ARTICLES}&{query}")))


def counts_of(response, name):
    """The label of each value in sight of a filter, with its count."""
    labels = page_of(response).select(f"#filter-{name} label")
    return {label.find(string=True, recursive=False): int(label.span.text) for label in labels}


def boxes_of(response, name, state):
    boxes = page_of(response).select(f"#filter-{name} input[type=checkbox][{state}]")
    return {box["value"] for box in boxes}


def ways_out(response):
    return {squashed(link.text): link["href"] for link in page_of(response).select(".empty li a")}


# Filters


@pytest.mark.parametrize(
    "query, titles",
    [
        ("", {GARDEN, BOAT, UNDATED}),
        ("category=ecologie", {GARDEN}),
        ("typology=compte-rendu", {BOAT}),
        ("house=la-lanterne", {GARDEN, UNDATED}),
        ("house=reseau", {BOAT}),  # a partner
        ("tag=mer", {BOAT}),
        ("year=2026", {GARDEN}),
        ("department=17", {BOAT}),
        ("q=BATEAU", {BOAT}),
        ("q=plusieurs", {BOAT}),  # in the summary
        ("q=bateau+jardin+-mer", {GARDEN, BOAT}),
        ("q=+++", {GARDEN, BOAT, UNDATED}),
        ("category=ecologie&category=culture", {GARDEN, BOAT}),
        ("house=le-port&house=la-lanterne", {GARDEN, BOAT, UNDATED}),
        ("category=ecologie&house=la-lanterne&year=2026&tag=terre&q=jardin", {GARDEN}),
        ("category=ecologie&house=le-port", set()),
    ],
)
def test_values_of_one_filter_add_up_and_filters_narrow(client, articles, query, titles):
    assert found(client, query) == titles


def test_newest_documents_come_first_and_undated_ones_last(client, articles):
    assert titles_of(client.get(ARTICLES)) == [GARDEN, BOAT, UNDATED]


def test_the_counts_of_a_filter_leave_its_own_choice_aside(client, articles):
    response = client.get(f"{ARTICLES}&category=ecologie")
    assert counts_of(response, "category") == {"Écologie": 1, "Culture": 1}
    assert counts_of(response, "typology") == {"Témoignage": 1, "Compte rendu": 0}


def test_a_value_that_nothing_has_is_disabled_and_stays_in_sight(client, articles):
    response = client.get(f"{PAGE}?category=ecologie&typology=compte-rendu")
    assert boxes_of(response, "typology", "disabled") == set()
    response = client.get(f"{PAGE}?category=ecologie")
    assert boxes_of(response, "typology", "disabled") == {"compte-rendu"}


def test_the_boxes_of_the_filters_that_are_on_are_ticked(client, articles):
    response = client.get(f"{PAGE}?category=ecologie&house=le-port&tag=mer&year=2026")
    assert boxes_of(response, "category", "checked") == {"ecologie"}
    assert boxes_of(response, "house", "checked") == {"le-port"}
    assert boxes_of(response, "tag", "checked") == {"mer"}
    assert boxes_of(response, "year", "checked") == {"2026"}


def test_a_filter_with_a_single_value_is_left_out(client, articles):
    filters = {tag["id"] for tag in page_of(client.get(PAGE)).select(".facets fieldset")}
    assert "filter-language" not in filters and "filter-kind" in filters


def test_a_long_list_is_folded_until_it_is_asked_for(client, lantern):
    categories = [CategoryFactory(name=f"Catégorie {number:02}") for number in range(20)]
    for number, category in enumerate(categories):
        title = "Un jardin" if number > 15 else "Une cour"
        ArticlePageFactory(parent=lantern, title=title, slug=str(number), categories=[category])
    # Those that something has come first; one that is chosen is in sight wherever it comes.
    response = client.get(f"{PAGE}?q=jardin&category=categorie-03")
    assert list(counts_of(response, "category").values()) == [1, 1, 1, 1, 0, 0, 0, 0]
    assert "Catégorie 03" in counts_of(client.get(f"{PAGE}?category=categorie-03"), "category")
    link = page_of(response).select_one("#filter-category > a")
    assert "12" in link.text
    opened = client.get(PAGE + link["href"])
    assert len(counts_of(opened, "category")) == 20
    assert page_of(opened).select_one("#filter-category .finder")
    # The form keeps it open, the heading folds it again.
    assert page_of(opened).select_one("input[type=hidden][name=open][value=category]")
    folded = client.get(PAGE + page_of(opened).select_one("#filter-category legend a")["href"])
    assert len(counts_of(folded, "category")) < 20


def test_filters_further_down_show_their_name_only(client, articles):
    response = client.get(PAGE)
    assert counts_of(response, "house") == {}
    heading = page_of(response).select_one("#filter-house legend a")
    assert heading["aria-expanded"] == "false"
    counts = counts_of(client.get(PAGE + heading["href"]), "house")
    # Those of the articles, and the network's own page.
    assert sorted(counts.values()) == [2, 2, 3]


# Chips and addresses


def test_a_chip_removes_its_filter_only(client, articles):
    query = "?category=ecologie&category=culture&year=2026&q=jardin&page=9"
    response = client.get(PAGE + query)
    chips = chips_of(response)
    assert set(chips) == {"Écologie", "Culture", "2026"}
    without = client.get(chips["2026"])
    assert set(chips_of(without)) == {"Écologie", "Culture"}
    assert page_of(without).select_one("[name=q]")["value"] == "jardin"
    assert not page_of(without).select(".notice")
    assert set(chips_of(client.get(chips["Culture"]))) == {"Écologie", "2026"}


def test_several_chips_are_removed_at_once(client, articles):
    response = client.get(f"{PAGE}?category=ecologie&year=2026&q=jardin")
    (link,) = page_of(response).select(".chips .all")
    assert link["href"] == f"{PAGE}?q=jardin"


def test_the_language_of_the_page_is_no_filter(client, articles):
    assert chips_of(client.get(PAGE)) == {}


def test_an_unknown_value_has_no_chip(client, articles):
    assert chips_of(client.get(f"{PAGE}?category=inconnu")) == {}


def test_a_listing_says_its_one_address(client, articles):
    response = client.get(f"{PAGE}?utm=x&year=2026&category=ecologie&category=inconnu&open=tag")
    (canonical,) = page_of(response).select('link[rel="canonical"]')
    assert canonical["href"] == f"http://testserver{PAGE}?category=ecologie&year=2026"


def test_a_listing_tells_machines_what_it_lists(client, articles):
    description = meta_of(client.get(PAGE + "?category=ecologie"))["description"]
    assert description.startswith("Écologie")


@pytest.mark.parametrize(
    "query, robots",
    [
        ("", None),
        ("?category=ecologie", None),
        ("?q=jardin", "noindex, follow"),
        ("?category=ecologie&year=2026", "noindex, follow"),
        ("?category=inconnu", "noindex, follow"),
        ("?open=tag", "noindex, follow"),
    ],
)
def test_machines_index_plain_listings_only(client, articles, query, robots):
    assert meta_of(client.get(PAGE + query)).get("robots") == robots


# Ways out


def test_an_empty_result_offers_to_drop_the_filter_that_hurts_most(client, articles):
    ArticlePageFactory(parent=articles["boat"].get_parent(), title="Un autre jardin")
    response = client.get(f"{PAGE}?q=jardin&category=culture&house=le-port")
    assert list(ways_out(response)) == ["Sans le filtre « Culture » : 1 résultat"]
    response = client.get(f"{PAGE}?category=ecologie&house=le-port")
    ways = ways_out(response)
    assert list(ways) == [
        "Sans le filtre « Écologie » : 3 résultats",
        "Sans le filtre « Le Port » : 1 résultat",
    ]
    assert titles_of(client.get(PAGE + ways["Sans le filtre « Le Port » : 1 résultat"])) == [GARDEN]


def test_an_empty_result_offers_to_drop_all_the_filters_when_each_is_in_the_way(client, articles):
    response = client.get(f"{PAGE}?q=jardin&category=culture&house=le-port&year=2025")
    assert ways_out(response) == {"Sans aucun filtre : 1 résultat": "?q=jardin"}
