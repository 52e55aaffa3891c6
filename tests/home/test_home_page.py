import datetime

import pytest
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from home.models import HomeHighlight, HomePage
from tests.factories import (
    ArticlePageFactory,
    CategoryFactory,
    HousePageFactory,
    PictureFactory,
    TypologyFactory,
    restricted,
)
from tests.portal.reading import links_of, page_of, says, squashed

# What the front door shows is read in one query each: the page by its address (path,
# restrictions), which articles are put forward and which are the latest, these with their
# typologies and pictures. Houses and terms are kept ready. Nothing grows with the articles.
QUERIES = 7


def cards_of(response, section):
    """The title of each article in a section of the page."""
    cards = page_of(response).select(f"section[aria-labelledby={section}] .card h3")
    return [squashed(card.text) for card in cards]


def index_of(response, section):
    """The entries of a section's index, with what stands beside each."""
    rows = page_of(response).select(f"section[aria-labelledby={section}] ul.index li")
    return {row.a.text: (row.a["href"], row.a.next_sibling.strip()) for row in rows}


@pytest.fixture
def articles(lantern):
    """Eight articles, the oldest first."""
    return [
        ArticlePageFactory(
            parent=lantern, title=f"Mai {day}", published_on=datetime.date(2026, 5, day)
        )
        for day in range(1, 9)
    ]


def test_the_site_begins_with_its_home_page(client, home):
    response = client.get("/")
    assert response.status_code == 200
    assert squashed(page_of(response).h1.text) == home.heading
    assert page_of(response).h1.em.text == "une autre peut le refaire"


def test_an_empty_site_invites_to_write(client, home):
    response = client.get("/")
    assert says(response, "No article yet: tell the first one.")
    assert reverse("wagtailadmin_home") in links_of(response)


def test_the_six_latest_articles_are_shown_newest_first(client, articles):
    titles = [f"Mai {day}" for day in range(8, 2, -1)]
    assert cards_of(client.get("/"), "latest") == titles


def test_articles_put_forward_come_first_in_the_order_of_the_editors(client, home, articles):
    HomeHighlight.objects.create(page=home, article=articles[0], sort_order=1)
    HomeHighlight.objects.create(page=home, article=articles[7], sort_order=0)
    response = client.get("/")
    assert cards_of(response, "highlights") == ["Mai 8", "Mai 1"]
    assert cards_of(response, "latest") == [f"Mai {day}" for day in range(7, 1, -1)]


def test_only_the_picture_that_comes_first_is_loaded_before_it_is_reached(client, home, lantern):
    for number in range(2):
        article = ArticlePageFactory(parent=lantern, picture=PictureFactory())
        HomeHighlight.objects.create(page=home, article=article, sort_order=number)
    ArticlePageFactory(parent=lantern, picture=PictureFactory())
    pictures = page_of(client.get("/")).select(".card picture img")
    assert [picture["loading"] for picture in pictures] == ["eager", "lazy", "lazy"]
    assert [picture["fetchpriority"] for picture in pictures] == ["high", "auto", "auto"]


def test_an_article_put_forward_is_shown_when_published_only(client, home, articles):
    draft, private, unpublished = articles[:3]
    for rank, article in enumerate((draft, private, unpublished)):
        HomeHighlight.objects.create(page=home, article=article, sort_order=rank)
    Page.objects.filter(pk=draft.pk).update(live=False)
    unpublished.unpublish()
    restricted(private)
    response = client.get("/")
    assert cards_of(response, "highlights") == []
    for article in (draft, private, unpublished):
        assert article.url not in links_of(response)


def test_three_articles_are_put_forward_at_most(client, editor, home, articles):
    client.force_login(editor)
    address = reverse("wagtailadmin_pages:edit", args=[home.pk])
    rows = [{"article": article.pk} for article in articles[:4]]
    data = {
        "title": home.title,
        "slug": home.slug,
        "heading": home.heading,
        "suggestions": streamfield([]),
        "highlights": inline_formset(rows),
    }
    response = client.post(address, nested_form_data(data))
    assert response.status_code == 200
    assert response.context["form"].formsets["highlights"].non_form_errors()
    assert not home.highlights.exists()


def test_the_preview_shows_the_articles_being_chosen(client, editor, home, articles):
    client.force_login(editor)
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[home.pk])
    data = {
        "title": home.title,
        "slug": home.slug,
        "heading": home.heading,
        "suggestions": streamfield([]),
        "highlights": inline_formset([{"article": articles[0].pk}]),
    }
    assert client.post(address, nested_form_data(data)).json()["is_valid"]
    assert cards_of(client.get(address), "highlights") == ["Mai 1"]


def test_terms_lead_to_the_listing_with_their_number_of_articles(client, lantern):
    category, typology = CategoryFactory(name="Jardins"), TypologyFactory(name="Témoignage")
    CategoryFactory(name="Vide")
    for live in (True, True, False):
        ArticlePageFactory(parent=lantern, live=live, categories=[category], typologies=[typology])
    response = client.get("/")
    assert index_of(response, "categories") == {
        "Jardins": ("/recherche/?category=jardins", "2"),
        "Vide": ("/recherche/?category=vide", "0"),
    }
    assert index_of(response, "typologies") == {
        "Témoignage": ("/recherche/?typology=temoignage", "2")
    }


def test_public_houses_are_listed(client, lantern, harbour, network):
    HousePageFactory(house__name="Pas encore ouverte", live=False)
    restricted(harbour)
    houses = index_of(client.get("/"), "houses")
    assert houses == {
        "La Lanterne": (lantern.url, "Territoire de Belfort"),
        network.name: (network.pages.get().url, ""),
    }


def test_houses_follow_their_names_whatever_the_accents(client, home):
    for name in ("Zinc", "Étape", "Escale"):
        HousePageFactory(house__name=name)
    houses = list(index_of(client.get("/"), "houses"))
    assert [name for name in houses if name in ("Zinc", "Étape", "Escale")] == [
        "Escale",
        "Étape",
        "Zinc",
    ]


def test_a_term_renamed_or_deleted_is_so_at_once(client, home):
    garden, story = CategoryFactory(name="Jardins"), TypologyFactory(name="Récit")
    client.get("/")
    garden.name = "Potagers"
    garden.save()
    story.delete()
    response = client.get("/")
    assert list(index_of(response, "categories")) == ["Potagers"]
    assert not index_of(response, "typologies")


def test_often_searched_words_lead_to_the_listing(client, home):
    home.suggestions = [("search", "prêt de salle & clés"), ("search", "<b>")]
    home.save_revision().publish()
    response = client.get("/")
    assert "/recherche/?q=pr%C3%AAt%20de%20salle%20%26%20cl%C3%A9s" in links_of(response)
    assert "<b>" not in response.text


@pytest.mark.parametrize(
    "heading, highlight, parts",
    [
        ("Faire et refaire", "refaire", ("Faire et ", "refaire", "")),
        ("Faire et refaire", "", ("Faire et refaire", "", "")),
        ("Faire et refaire", "autre chose", ("Faire et refaire", "", "")),
        ("Faire faire", "aire", ("F", "aire", " faire")),
    ],
)
def test_the_marked_words_are_those_of_the_sentence(heading, highlight, parts):
    assert HomePage(heading=heading, highlight=highlight).heading_parts == parts


def test_the_search_field_leads_to_the_listing(client, home):
    form = page_of(client.get("/")).select_one('form[role="search"]')
    assert form["action"] == "/recherche/" and form.select_one("[name=q]")
    assert form.get("method", "get") == "get"


def test_there_is_one_home_page(home):
    assert not HomePage.can_create_at(home.get_parent())


@pytest.mark.parametrize("number", [1, 9])
def test_the_queries_do_not_grow_with_the_articles(
    client, home, lantern, django_assert_num_queries, number
):
    for _number in range(number):
        article = ArticlePageFactory(
            parent=HousePageFactory(),
            picture=PictureFactory(),
            categories=[CategoryFactory()],
            typologies=[TypologyFactory()],
        )
    HomeHighlight.objects.create(page=home, article=article, sort_order=0)
    client.get("/")  # draws the pictures
    with django_assert_num_queries(QUERIES):
        client.get("/")
