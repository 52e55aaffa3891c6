"""The listing: what each filter keeps, and what it says of a query string that is wrong."""

import datetime

import pytest
from django.utils.translation import gettext

from articles.models import ArticlePage
from articles.views import PAGE_SIZE
from tests.factories import (
    ArticlePageFactory,
    CategoryFactory,
    HousePageFactory,
    TagFactory,
    TypologyFactory,
)
from tests.portal.reading import links_of, page_of, says, squashed, text_of

# One query each for: the choices of categories, typologies, houses and years; the count; the
# articles; their typologies; their house pages; the settings and the site. Tags, when asked for,
# add one. None of it grows with the articles.
QUERIES = 12


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


def titles_of(response):
    return [squashed(title.text) for title in page_of(response).select(".hit h2")]


def found(client, query):
    return set(titles_of(client.get(f"/articles/{query}")))


GARDEN, BOAT, UNDATED = "Le jardin partagé", "Le bateau commun", "Sans date"


# Filters


@pytest.mark.parametrize(
    "query, titles",
    [
        ("", {GARDEN, BOAT, UNDATED}),
        ("?category=ecologie", {GARDEN}),
        ("?typology=compte-rendu", {BOAT}),
        ("?house=la-lanterne", {GARDEN, UNDATED}),
        ("?house=reseau", {BOAT}),  # a partner
        ("?tag=mer", {BOAT}),
        ("?year=2026", {GARDEN}),
        ("?q=bateau", {BOAT}),
        ("?q=BATEAU", {BOAT}),
        ("?q=plusieurs", {BOAT}),  # in the summary
        ("?q=bateau+plusieurs", {BOAT}),
        ("?q=bateau+jardin", set()),
        ("?q=+++", {GARDEN, BOAT, UNDATED}),
    ],
)
def test_a_filter_keeps_what_it_says(client, articles, query, titles):
    assert found(client, query) == titles


@pytest.mark.parametrize(
    "query, titles",
    [
        ("?category=ecologie&category=culture", {GARDEN, BOAT}),
        ("?year=2025&year=2026", {GARDEN, BOAT}),
        ("?tag=mer&tag=terre", {GARDEN, BOAT}),
        ("?house=le-port&house=la-lanterne", {GARDEN, BOAT, UNDATED}),
        ("?category=ecologie&house=la-lanterne&year=2026&tag=terre&q=jardin", {GARDEN}),
        ("?category=ecologie&house=le-port", set()),
        ("?category=ecologie&year=2025", set()),
        ("?typology=temoignage&typology=compte-rendu&q=jardin", {GARDEN}),
    ],
)
def test_values_of_one_filter_add_up_and_filters_narrow(client, articles, query, titles):
    assert found(client, query) == titles


def test_an_article_with_several_matching_terms_is_listed_once(client, lantern):
    terms = [CategoryFactory(name="Un"), CategoryFactory(name="Deux")]
    ArticlePageFactory(parent=lantern, title="Seul", categories=terms)
    assert titles_of(client.get("/articles/?category=un&category=deux")) == ["Seul"]


@pytest.mark.parametrize("word", ["%", "_", "\\", "'", '"', "<b>"])
def test_signs_of_the_database_are_words_like_others(client, articles, lantern, word):
    ArticlePageFactory(parent=lantern, title=f"Avec {word} dedans", slug="signe")
    response = client.get("/articles/", {"q": word})
    assert titles_of(response) == [f"Avec {word} dedans"]


def test_newest_articles_come_first_and_undated_ones_last(client, articles):
    assert titles_of(client.get("/articles/")) == [GARDEN, BOAT, UNDATED]


def test_a_listed_article_shows_where_it_comes_from(client, garden):
    hit = page_of(client.get("/articles/")).select_one(".hit")
    text = squashed(hit.get_text(" "))
    assert "Témoignage" in text and "La Lanterne · Territoire de Belfort" in text
    assert "mai 2026" in text
    assert hit.h2.a["href"] == garden.url


def test_titles_and_words_are_escaped(client, lantern):
    ArticlePageFactory(parent=lantern, title="<script>alert(1)</script>", slug="script")
    response = client.get("/articles/", {"q": "<script>alert"})
    assert "<script>alert" not in response.text
    assert titles_of(response) == ["<script>alert(1)</script>"]
    assert page_of(response).select_one("[name=q]")["value"] == "<script>alert"


# Bad query strings


@pytest.mark.parametrize(
    "name, label",
    [
        ("category", "Category"),
        ("typology", "Typology"),
        ("house", "House"),
        ("tag", "Tag"),
        ("year", "Year"),
    ],
)
@pytest.mark.parametrize("value", ["inconnu", "<b>", "1 OR 1=1", "9" * 40])
def test_an_unknown_value_is_told_and_ignored(client, articles, name, label, value):
    response = client.get("/articles/", {name: value})
    assert response.status_code == 200
    message = "%(label)s: “%(value)s” does not exist here; it was ignored."
    assert says(response, message, label=gettext(label), value=value)
    assert set(titles_of(response)) == {GARDEN, BOAT, UNDATED}
    assert "<b>" not in response.text


def test_a_known_value_beside_an_unknown_one_still_filters(client, articles):
    response = client.get("/articles/?category=inconnu&category=ecologie&year=1800")
    assert titles_of(response) == [GARDEN]
    assert len(page_of(response).select(".notice")) == 2


def test_a_house_without_a_public_page_is_no_filter(client, articles, harbour):
    harbour.unpublish()
    response = client.get("/articles/?house=le-port")
    assert page_of(response).select(".notice")
    assert "Le Port" not in page_of(response).select_one(".facets").text


@pytest.mark.parametrize("page", ["9999", "abc", "0", "-1", "1.5", "<b>", "9" * 50])
def test_a_page_that_does_not_exist_is_told(client, articles, page):
    response = client.get("/articles/", {"page": page})
    assert response.status_code == 200
    message = "There is no page “%(missing_page)s”: here is page %(number)s."
    assert says(response, message, missing_page=page, number=1)
    assert set(titles_of(response)) == {GARDEN, BOAT, UNDATED}


@pytest.mark.parametrize("page", ["", "1"])
def test_a_page_that_exists_needs_no_message(client, articles, page):
    assert not page_of(client.get("/articles/", {"page": page})).select(".notice")


def test_a_search_that_is_too_long_is_cut(client, articles):
    words = "bateau " + "x" * 5_000
    response = client.get("/articles/", {"q": words})
    assert response.status_code == 200
    assert page_of(response).select_one("[name=q]")["value"] == words[:200]


def test_a_search_of_many_words_is_answered(client, articles):
    assert found(client, "?q=" + "+".join(["bateau"] * 28)) == {BOAT}


@pytest.mark.parametrize("query", ["?q=%00", "?q=%FF%FE", "?category=%00", "?page=%00", "?a[]=1"])
def test_bytes_that_are_no_text_are_survived(client, articles, query):
    assert client.get(f"/articles/{query}").status_code == 200


def test_a_listing_is_only_read(client, articles):
    assert client.post("/articles/").status_code == 405


# Nothing found


def test_an_empty_result_says_what_to_do(client, articles):
    response = client.get("/articles/?q=introuvable")
    assert titles_of(response) == []
    assert says(response, "No article matches. Try fewer words, or remove a filter.")
    assert "/articles/" in links_of(response)
    assert "introuvable" in page_of(response).h1.text


def test_a_listing_without_any_article_is_a_page(client, home):
    response = client.get("/articles/")
    assert response.status_code == 200
    assert says(response, "No article matches. Try fewer words, or remove a filter.")


# Chips, boxes and pages


def chips_of(response):
    """The label of each filter that is on, with the address of the listing without it."""
    return {
        link.find(string=True, recursive=False): link["href"]
        for link in page_of(response).select(".chips a")
    }


def test_a_chip_removes_its_filter_only(client, articles):
    response = client.get("/articles/?category=ecologie&category=culture&year=2026&q=jardin&page=9")
    chips = chips_of(response)
    assert set(chips) == {"Écologie", "Culture", "2026"}
    without = client.get("/articles/" + chips["2026"])
    assert set(chips_of(without)) == {"Écologie", "Culture"}
    assert page_of(without).select_one("[name=q]")["value"] == "jardin"
    assert not page_of(without).select(".notice")
    without = client.get("/articles/" + chips["Culture"])
    assert set(chips_of(without)) == {"Écologie", "2026"}


def test_the_last_chip_leads_to_the_whole_listing(client, articles):
    (address,) = chips_of(client.get("/articles/?tag=mer")).values()
    assert found(client, address) == {GARDEN, BOAT, UNDATED}


def test_an_unknown_value_has_no_chip(client, articles):
    assert chips_of(client.get("/articles/?category=inconnu")) == {}


def test_the_boxes_of_the_filters_that_are_on_are_ticked(client, articles):
    document = page_of(client.get("/articles/?category=ecologie&house=le-port&tag=mer&year=2026"))
    ticked = {(box["name"], box["value"]) for box in document.select(".facets [checked]")}
    assert ticked == {
        ("category", "ecologie"),
        ("house", "le-port"),
        ("tag", "mer"),
        ("year", "2026"),
    }


def test_years_are_those_of_published_articles(client, articles, lantern):
    ArticlePageFactory(parent=lantern, published_on=datetime.date(1999, 1, 1), live=False)
    boxes = page_of(client.get("/articles/")).select("[name=year]")
    assert [box["value"] for box in boxes] == ["2026", "2025"]


def test_pages_follow_one_another_and_keep_the_filters(client, lantern, garden):
    for _number in range(PAGE_SIZE):
        ArticlePageFactory(parent=lantern)
    seen, address = [], "/articles/?house=la-lanterne"
    for page in (1, 2):
        response = client.get(address)
        seen += titles_of(response)
        assert says(response, "page %(number)s of %(total)s", number=page, total=2)
        assert chips_of(response).keys() == {"La Lanterne"}
        following = page_of(response).select_one("a[rel=next]")
        address = "/articles/" + following["href"] if following else None
    assert address is None
    assert len(set(seen)) == len(seen) == PAGE_SIZE + 1


def test_the_title_counts_the_articles(client, articles):
    assert "3 articles" in text_of(client.get("/articles/"))
    assert "1 article " in text_of(client.get("/articles/?tag=mer"))


# Queries


@pytest.mark.parametrize("query", ["", "?category=c&typology=t&house=la-lanterne&tag=t&q=titre"])
def test_the_queries_do_not_grow_with_the_articles(
    client, lantern, django_assert_max_num_queries, query
):
    terms = {
        "categories": [CategoryFactory(name="C")],
        "typologies": [TypologyFactory(name="T")],
        "tags": [TagFactory(name="T")],
    }
    ArticlePageFactory(parent=lantern, **terms)
    client.get(f"/articles/{query}")
    with django_assert_max_num_queries(QUERIES) as captured:
        client.get(f"/articles/{query}")
    most = len(captured)
    for _number in range(6):
        ArticlePageFactory(parent=lantern, **terms)
        ArticlePageFactory(parent=HousePageFactory(), typologies=[TypologyFactory()])
    # A publication has the frame of the site read again, once.
    client.get(f"/articles/{query}")
    with django_assert_max_num_queries(most):
        client.get(f"/articles/{query}")
    assert ArticlePage.objects.count() == 13
