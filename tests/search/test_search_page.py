"""The search page, which is every listing of the site too: what it shows and says."""

import datetime
from dataclasses import replace

import pytest
from django.utils.translation import gettext

from articles.models import ArticlePage
from search import listing, statistics, views
from search.forms import PAGE_SIZE
from search.models import SearchCount
from tests.factories import (
    ArticlePageFactory,
    CategoryFactory,
    HousePageFactory,
    PlainPageFactory,
    TagFactory,
    TypologyFactory,
    restricted,
)
from tests.portal.reading import links_of, page_of, says, squashed, text_of
from tests.search.pages import ARTICLES, BOAT, GARDEN, PAGE, UNDATED, chips_of, titles_of

# In the transaction of a test nothing is kept in memory (search.state): a visitor’s page takes four, some more to mend a word.
QUERIES = 31


def heading_of(response):
    return squashed(page_of(response).h1.text)


# What is shown of a document


def test_a_hit_shows_what_it_is_and_where_it_comes_from(client, garden):
    hit = page_of(client.get(f"{PAGE}?q=jardin")).select_one(".hit")
    assert hit.select_one(".label").text == "Témoignage"
    assert hit.h2.a["href"] == garden.url
    assert [mark.text for mark in hit.h2.select("mark")] == ["jardin"]
    assert (
        squashed(hit.select_one(".quiet").text) == "La Lanterne · Territoire de Belfort · mai 2026"
    )
    assert hit.img["src"].endswith(f"#e{garden.house.emblem_seed}")


def test_a_house_is_found_under_its_name_once(client, lantern):
    hit = page_of(client.get(f"{PAGE}?kind=house")).select_one(".hit")
    assert hit.h2.text == "La Lanterne"
    assert hit.select_one(".label").text == "Maisons"
    assert squashed(hit.select_one(".quiet").text) == "Territoire de Belfort"


def test_a_plain_page_has_the_mark_of_the_network(client, home):
    PlainPageFactory(title="Mentions légales", summary="Qui publie.")
    hit = page_of(client.get(f"{PAGE}?q=mentions")).select_one(".hit")
    assert "mark" in hit.img["src"] and "Qui publie." in hit.text


def test_titles_and_words_are_escaped(client, lantern):
    ArticlePageFactory(parent=lantern, title="<script>alert(1)</script>", slug="script")
    response = client.get(PAGE, {"q": "<script>alert"})
    assert "<script>alert" not in response.text
    assert titles_of(response) == ["<script>alert(1)</script>"]
    assert page_of(response).select_one("[name=q]")["value"] == "<script>alert"


def test_what_is_restricted_is_neither_found_nor_counted(client, lantern, garden):
    restricted(garden)
    response = client.get(f"{PAGE}?q=jardin")
    assert titles_of(response) == []
    assert "Écologie" not in text_of(response) and "terre" not in text_of(response)


# Headings


def test_the_heading_is_announced_and_is_the_title(client, articles):
    response = client.get(f"{PAGE}?q=jardin")
    assert heading_of(response) == "1 résultat pour « jardin »"
    assert squashed(page_of(response).select_one("[role=status]").text) == heading_of(response)
    assert squashed(page_of(response).title.text) == "1 résultat pour « jardin » – Maillage"


def test_a_listing_is_named_after_its_filter(client, articles):
    assert heading_of(client.get(f"{PAGE}?category=ecologie")) == "Écologie : 1 résultat"
    assert heading_of(client.get(f"{PAGE}?year=2026&year=2025")) == "2 résultats"


def test_a_first_visit_shows_the_newest_and_invites(client, articles):
    response = client.get(PAGE)
    assert heading_of(response) == gettext("Everything published, newest first")
    assert titles_of(response)[0] == GARDEN
    assert "Écrivez ci-dessus ce que vous cherchez" in text_of(response)


def test_results_are_sorted_by_relevance_or_by_date(client, lantern):
    day = datetime.date(2020, 1, 1)
    ArticlePageFactory(parent=lantern, title="Le local", published_on=day)
    later = day.replace(year=2024)
    summary = "Où l’on parle de tout, longuement, et à la fin un peu d’un local près de la gare."
    ArticlePageFactory(parent=lantern, title="Archives", summary=summary, published_on=later)
    by_relevance = client.get(f"{PAGE}?q=local")
    (link,) = [href for href in links_of(by_relevance) if "sort=date" in href]
    by_date = client.get(PAGE + link)
    assert titles_of(by_relevance) == titles_of(by_date)[::-1]
    assert page_of(by_date).select_one("input[type=hidden][name=sort][value=date]")


# Bad query strings


@pytest.mark.parametrize(
    "name, label",
    [("category", "Category"), ("house", "House"), ("year", "Year"), ("sort", "Order")],
)
@pytest.mark.parametrize("value", ["inconnu", "<b>", "1 OR 1=1", "9" * 40])
def test_an_unknown_value_is_told_and_ignored(client, articles, name, label, value):
    response = client.get(f"{ARTICLES}", {name: value, "kind": "article"})
    assert response.status_code == 200
    message = "%(label)s: “%(value)s” does not exist here; it was ignored."
    assert says(response, message, label=gettext(label), value=value)
    assert set(titles_of(response)) == {GARDEN, BOAT, UNDATED}
    assert "<b>" not in response.text


def test_a_page_after_the_last_one_is_told(client, articles):
    response = client.get(f"{ARTICLES}&page=9")
    message = "There is no page “%(missing_page)s”: here is page %(number)s."
    assert says(response, message, missing_page=9, number=1)
    assert set(titles_of(response)) == {GARDEN, BOAT, UNDATED}


@pytest.mark.parametrize("page", ["abc", "0", "-1", "1.5", "<b>", "9" * 50])
def test_what_is_no_page_is_told(client, articles, page):
    response = client.get(PAGE, {"page": page, "kind": "article"})
    assert response.status_code == 200
    assert len(page_of(response).select(".notice")) == 1
    assert set(titles_of(response)) == {GARDEN, BOAT, UNDATED}


@pytest.mark.parametrize("page", ["", "1"])
def test_a_page_that_exists_needs_no_message(client, articles, page):
    assert not page_of(client.get(PAGE, {"page": page})).select(".notice")


def test_a_search_that_is_too_long_is_cut_and_told(client, articles):
    words = "bateau " + "x" * 5_000
    response = client.get(PAGE, {"q": words})
    assert response.status_code == 200
    assert page_of(response).select_one("[name=q]")["value"] == words[:200]
    assert says(response, "This was too long to be searched for whole: only the beginning was.")


@pytest.mark.parametrize(
    "query", ["?q=%00", "?q=%FF%FE", "?category=%00", "?page=%00", "?a[]=1", "?open=%00", "?q=%22"]
)
def test_bytes_that_are_no_text_are_survived(client, articles, query):
    assert client.get(PAGE + query).status_code == 200


def test_the_page_is_only_read(client, articles):
    assert client.post(PAGE).status_code == 405


def test_what_is_found_can_be_followed_by_a_feed(client, articles):
    response = client.get(f"{PAGE}?q=jardin&category=ecologie&page=1")
    (link,) = page_of(response).select('link[type="application/rss+xml"]')
    assert link["href"] in links_of(response)
    assert GARDEN in client.get(link["href"]).text


# Nothing found, or not quite


def test_an_empty_result_says_what_to_try(client, articles):
    response = client.get(f"{PAGE}?q=introuvable")
    assert titles_of(response) == []
    assert heading_of(response) == "Rien trouvé pour « introuvable »"
    assert PAGE in links_of(response)


@pytest.mark.parametrize("query", ["!!!", '""', "-", "« »"])
def test_signs_alone_find_nothing_and_are_told(client, articles, query):
    response = client.get(PAGE, {"q": query})
    assert titles_of(response) == []
    assert heading_of(response) == f"Rien trouvé pour « {query} »"
    assert says(
        response, "There is no word in what you typed: write one or more, in letters or figures."
    )
    assert PAGE in links_of(response)
    # Nobody could publish what they looked for.
    assert not statistics.tally.waiting


def test_a_misspelt_word_is_mended_by_a_link(client, articles):
    response = client.get(f"{PAGE}?q=jradin&category=ecologie")
    link = page_of(response).select_one(".notice a")
    assert link.text == "jardin"
    assert titles_of(client.get(PAGE + link["href"])) == [GARDEN]


def test_looser_results_are_told(client, articles):
    response = client.get(f"{PAGE}?q=jardin+bateau")
    assert set(titles_of(response)) == {GARDEN, BOAT}
    message = "Few pages have all these words: those that have only some of them are here too."
    assert says(response, message)


def test_results_of_the_spare_engine_are_told(client, articles, monkeypatch):
    def spare(request, user):
        return replace(listing.search(request, user), degraded=True)

    monkeypatch.setattr(views, "search", spare)
    response = client.get(f"{PAGE}?q=jardin")
    assert titles_of(response) == [GARDEN]
    assert len(page_of(response).select(".notice")) == 1


def test_a_language_without_anything_published_says_so(client, home):
    response = client.get("/en/search/")
    assert response.status_code == 200
    assert "Nothing is published here yet." in text_of(response)


def test_searches_are_counted_once_whatever_is_done_with_their_results(client, articles):
    for query in (
        "?q=jardin",
        "?q=jardin&category=ecologie",
        "?q=jardin&page=2",
        "?category=culture",
    ):
        client.get(PAGE + query)
    statistics.tally.write()
    assert [(row.text, row.searches) for row in SearchCount.objects.all()] == [("jardin", 1)]


# Pages, fragments and the old address


def test_pages_follow_one_another_and_keep_the_filters(client, lantern, garden):
    for _number in range(PAGE_SIZE):
        ArticlePageFactory(parent=lantern)
    seen, address = [], f"{PAGE}?house=la-lanterne&kind=article"
    for page in (1, 2):
        response = client.get(address)
        seen += titles_of(response)
        assert says(response, "page %(number)s of %(total)s", number=page, total=2)
        assert "La Lanterne" in chips_of(response)
        following = page_of(response).select_one("a[rel=next]")
        address = PAGE + following["href"] if following else None
    assert address is None
    assert len(set(seen)) == len(seen) == PAGE_SIZE + 1


def test_htmx_is_given_what_changes_only(client, articles):
    response = client.get(f"{PAGE}?q=jardin", headers={"HX-Request": "true"})
    assert titles_of(response) == [GARDEN]
    assert page_of(response).title and not page_of(response).select("html, #search")
    # A cache must not give the one for the other.
    assert "HX-Request" in response["Vary"] and "HX-Request" in client.get(PAGE)["Vary"]


def test_the_old_listing_leads_to_the_search_for_good(client, articles):
    response = client.get("/articles/?category=ecologie&category=culture&q=jardin&page=2")
    assert response.status_code == 301
    assert response["Location"] == (
        f"{PAGE}?category=ecologie&category=culture&q=jardin&page=2&kind=article"
    )


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
    client.get(PAGE + query)
    with django_assert_max_num_queries(QUERIES) as captured:
        client.get(PAGE + query)
    most = len(captured)
    for _number in range(6):
        ArticlePageFactory(parent=lantern, **terms)
        ArticlePageFactory(parent=HousePageFactory(), typologies=[TypologyFactory()])
    # A publication has the frame of the site read again, once.
    client.get(PAGE + query)
    with django_assert_max_num_queries(most):
        client.get(PAGE + query)
    assert ArticlePage.objects.count() == 13
