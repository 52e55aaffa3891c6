import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext
from wagtail.models import Locale

from houses.models import HouseIndexPage, HousePage
from tests.factories import (
    ArticlePageFactory,
    HouseFactory,
    PictureFactory,
    TypologyFactory,
    put_online,
    restricted,
)
from tests.portal.reading import links_of, page_of, says, text_of

# The page by its address with its house, restrictions, breadcrumbs; then the articles of
# the house, their typologies and their renditions, each in one query whatever their number.
QUERIES = 5


def add_house_page(client, house, **fields):
    index = HouseIndexPage.objects.get()
    address = reverse("wagtailadmin_pages:add", args=["houses", "housepage", index.pk])
    data = {"house": house.pk, "slug": house.slug, "introduction": "null", **fields}
    return client.post(address, data)


def test_a_house_page_is_named_after_its_house(client, editor, home):
    client.force_login(editor)
    house = HouseFactory(name="Le Moulin")
    add_house_page(client, house)
    page = put_online(HousePage.objects.get(house=house))
    assert (page.title, page.slug, page.live) == ("Le Moulin", "le-moulin", True)


def test_a_house_has_one_page_a_language(client, editor, lantern):
    client.force_login(editor)
    response = add_house_page(client, lantern.house, slug="autre")
    assert response.status_code == 200
    assert says(response, "This house already has its page in this language.")
    assert HousePage.objects.filter(house=lantern.house).count() == 1


def test_a_house_has_a_page_in_another_language(lantern):
    english = Locale.objects.get(language_code="en")
    HousePage(title="x", house=lantern.house, locale=english).clean()
    with pytest.raises(ValidationError) as refusal:
        HousePage(title="x", house=lantern.house, locale=lantern.locale).clean()
    message = gettext("This house already has its page in this language.")
    assert refusal.value.message_dict == {"house": [message]}


def test_a_new_page_gives_the_members_their_rights(lantern, contributor):
    """The membership may be older than the page."""
    house = HouseFactory(name="Le Moulin")
    house.memberships.create(user=contributor)
    page = HouseIndexPage.objects.get().add_child(instance=HousePage(house=house))
    assert page.permissions_for_user(contributor).can_add_subpage()


def test_the_page_shows_how_to_reach_the_house(client, lantern):
    house = lantern.house
    house.address, house.opening_hours = "3 rue du Four\n90300 Valdoie", "mardi : 9 h – 12 h"
    house.email, house.phone = "bonjour@example.org", "03 84 00 00 00"
    house.website = "https://lanterne.example.org"
    house.save()
    response = client.get(lantern.url)
    assert "3 rue du Four 90300 Valdoie" in text_of(response)
    assert "mardi : 9 h – 12 h" in text_of(response)
    assert {
        "mailto:bonjour@example.org",
        "tel:0384000000",
        "https://lanterne.example.org",
    } <= set(links_of(response))


def test_what_people_wrote_is_escaped(client, lantern):
    house = lantern.house
    house.address, house.commune = "<script>alert(1)</script>", "<b>ici</b>"
    house.save()
    lantern.summary = "<script>alert(2)</script>"
    lantern.save_revision().publish()
    response = client.get(lantern.url)
    assert "alert(1)</script>\n" not in response.text
    assert "<script>alert" not in response.text
    assert "<script>alert(1)</script>" in text_of(response)
    assert "<script>alert(2)</script>" in text_of(response)


def test_a_house_without_picture_shows_its_emblem(client, lantern):
    document = page_of(client.get(lantern.url))
    assert document.select_one("header.house img")["src"] == lantern.house.emblem_url
    lantern.picture = PictureFactory()
    lantern.save_revision().publish()
    document = page_of(client.get(lantern.url))
    assert document.select_one("header.house picture source[type='image/avif']")


def test_the_page_lists_the_articles_of_its_house_only(client, lantern, harbour):
    own = ArticlePageFactory(parent=lantern)
    other = ArticlePageFactory(parent=harbour)
    links = links_of(client.get(lantern.url))
    assert own.url in links and other.url not in links


def test_the_page_lists_published_articles_only(client, lantern):
    hidden = [ArticlePageFactory(parent=lantern, live=False)]
    hidden.append(restricted(ArticlePageFactory(parent=lantern)))
    hidden.append(ArticlePageFactory(parent=lantern))
    hidden[-1].unpublish()
    response = client.get(lantern.url)
    for article in hidden:
        assert article.title not in response.text
    assert says(response, "No article yet: tell the first one.")


def test_the_page_shows_the_title_that_is_published(client, lantern):
    article = ArticlePageFactory(parent=lantern, title="Publié")
    article.title = "Brouillon"
    article.save_revision()
    response = client.get(lantern.url)
    assert "Publié" in response.text and "Brouillon" not in response.text


def test_the_newest_articles_come_first_and_the_others_are_a_click_away(client, lantern):
    for day in range(1, 11):
        ArticlePageFactory(parent=lantern, title=f"Jour {day}.", published_on=f"2026-05-{day:02}")
    response = client.get(lantern.url)
    titles = [title.text for title in page_of(response).select(".card h3")]
    assert titles == [f"Jour {day}." for day in range(10, 1, -1)]
    assert "/recherche/?kind=article&house=la-lanterne" in links_of(response)


def test_all_the_articles_fit_without_a_link_to_the_others(client, lantern):
    for _number in range(9):
        ArticlePageFactory(parent=lantern)
    assert "/recherche/?kind=article&house=la-lanterne" not in links_of(client.get(lantern.url))


@pytest.mark.parametrize("number", [1, 9])
def test_the_queries_do_not_grow_with_the_articles(
    client, lantern, django_assert_num_queries, number
):
    typologies = [TypologyFactory()]
    for _number in range(number):
        ArticlePageFactory(parent=lantern, picture=PictureFactory(), typologies=typologies)
    client.get(lantern.url)  # draws the pictures
    with django_assert_num_queries(QUERIES):
        client.get(lantern.url)
