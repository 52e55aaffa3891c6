"""An article: what its page says above and beside the text, in how many queries."""

import datetime

import pytest
from django.urls import reverse

from articles.models import ArticlePage
from tests.articles.pages import HARM, TEXT_BLOCKS, show
from tests.factories import (
    ArticlePageFactory,
    CategoryFactory,
    DocumentFactory,
    HouseFactory,
    HousePageFactory,
    PictureFactory,
    TagFactory,
    TypologyFactory,
    article_form_data,
    see_also,
    stored,
)
from tests.portal.reading import links_of, page_of, text_of

# The limit for a page without cache. What it buys: the page by its address (site, path,
# restrictions), settings, terms, tags, partners, house, neighbours with their terms, pictures and
# houses, and all the renditions of the page's own pictures at once.
QUERIES = 12


def test_the_table_of_contents_leads_to_the_parts(client, lantern):
    headings = [("Le début", "2"), ("Un détail", "3"), ("La fin <b>", "2")]
    body = [("heading", {"text": text, "level": level}) for text, level in headings]
    document = page_of(show(client, lantern, *body))
    entries = document.select("nav[aria-labelledby=outline] ol a")
    assert [entry.text for entry in entries] == ["Le début", "La fin <b>"]
    targets = [document.find(id=entry["href"][1:]) for entry in entries]
    assert [target.name for target in targets] == ["h2", "h2"]
    assert [target.text for target in targets] == ["Le début", "La fin <b>"]


def test_one_part_needs_no_table_of_contents(client, lantern):
    body = ("heading", {"text": "Seule", "level": "2"})
    assert not page_of(show(client, lantern, body)).select("nav[aria-labelledby=outline]")


def test_the_terms_of_an_article_can_be_followed(client, lantern, harbour):
    category, typology = CategoryFactory(name="Jardins"), TypologyFactory(name="Témoignage")
    article = ArticlePageFactory(
        parent=lantern,
        categories=[category],
        typologies=[typology],
        partner_houses=[harbour.house],
        tags=[TagFactory(name="terre & eau")],
        title="À suivre",
    )
    response = client.get(article.url)
    wanted = {
        "/recherche/?category=jardins",
        "/recherche/?typology=temoignage",
        "/recherche/?tag=terre-eau",
    }
    assert wanted | {lantern.url, harbour.url} <= set(links_of(response))
    for address in wanted:
        assert "À suivre" in client.get(address).text, address


def test_the_facts_of_an_article_are_told(client, lantern):
    response = show(
        client,
        lantern,
        event="Journée des maisons",
        event_place="Lyon",
        event_date=datetime.date(2026, 5, 22),
        speaker=HARM,
        speaker_role="trésorière",
        commune="Valdoie",
        department="90",
        published_on=datetime.date(2026, 6, 1),
    )
    facts = " ".join(page_of(response).select_one("dl.facts").get_text(" ").split())
    assert "Journée des maisons , Lyon , 22 mai 2026" in facts or (
        "Journée des maisons, Lyon, 22 mai 2026" in facts
    )
    assert "Valdoie, Territoire de Belfort" in facts
    assert "trésorière" in facts and "alert(" in facts
    assert "1 juin 2026" in facts
    assert "<script>alert" not in response.text


def test_contacts_and_links_are_shown_and_escaped(client, lantern):
    contact = {"name": HARM, "email": "ali@example.org", "phone": "03 84 00 00 00"}
    link = {"url": "https://example.org/?a=1&b=2", "label": HARM, "description": "Ce qu’on y lit"}
    article = ArticlePageFactory(
        parent=lantern, contacts=[("contact", contact)], links=[("link", link)]
    )
    response = client.get(article.url)
    assert {
        "mailto:ali@example.org",
        "tel:0384000000",
        "https://example.org/?a=1&b=2",
    } <= set(links_of(response))
    assert "<script>alert" not in response.text


def test_the_description_of_a_link_is_shown(client, lantern):
    """Text typed by people is theirs: what the form asks for, the page shows."""
    link = {"url": "https://example.org/", "label": "Le guide", "description": "Ce qu’on y lit"}
    article = ArticlePageFactory(parent=lantern, links=[("link", link)])
    assert "Ce qu’on y lit" in text_of(client.get(article.url))


def test_the_main_picture_says_what_it_shows(client, lantern):
    picture = PictureFactory(credit="Photo : Ali")
    response = show(client, lantern, picture=picture, picture_alt='Le "jardin"')
    figure = page_of(response).select_one(".prose figure")
    assert figure.img["alt"] == 'Le "jardin"'
    assert "Photo : Ali" in figure.figcaption.text


def test_a_partner_house_without_a_public_page_is_not_a_dead_link(client, lantern, harbour):
    article = ArticlePageFactory(parent=lantern, partner_houses=[harbour.house])
    harbour.unpublish()
    assert harbour.url not in links_of(client.get(article.url))


def test_an_article_with_a_title_only_has_a_page(client, article):
    response = client.get(article.url)
    assert response.status_code == 200
    assert "Le jardin partagé" in page_of(response).h1.text


# Previews


def preview(client, address, **fields):
    answer = client.post(address, article_form_data(**fields)).json()
    assert answer["is_valid"], answer
    return client.get(address)


def preview_on_add(house_page):
    name = "wagtailadmin_pages:preview_on_add"
    return reverse(name, args=["articles", "articlepage", house_page.pk])


def test_a_draft_is_previewed_before_it_is_saved(client, contributor, lantern, harbour):
    client.force_login(contributor)
    response = preview(
        client,
        preview_on_add(lantern),
        title="En cours",
        tags="terre",
        categories=[CategoryFactory(name="Jardins").pk],
        partner_houses=[harbour.house.pk],
        body=[("heading", {"text": "Le début", "level": "2"})],
    )
    text = text_of(response)
    assert response.status_code == 200
    for word in ("En cours", "Le début", "terre", "Jardins", "La Lanterne", "Le Port"):
        assert word in text, word


def test_the_preview_of_a_new_article_shows_no_other_as_adapted_from_it(
    client, contributor, lantern
):
    client.force_login(contributor)
    ArticlePageFactory(parent=lantern, title="Sans rapport")
    response = preview(client, preview_on_add(lantern))
    assert "Sans rapport" not in text_of(response)


def test_the_preview_of_a_new_article_shows_what_it_leads_to(client, contributor, lantern):
    client.force_login(contributor)
    related = ArticlePageFactory(parent=lantern, title="À lire aussi")
    original = ArticlePageFactory(parent=lantern, title="L’idée")
    response = preview(
        client,
        preview_on_add(lantern),
        related=[{"article": related.pk}],
        adapted_from=original.pk,
    )
    cards = page_of(response).select("section[aria-labelledby=see-also] .card h3")
    assert [card.text.strip() for card in cards] == ["À lire aussi"]
    originals = page_of(response).select(".tried a")
    assert [link.text for link in originals] == ["L’idée"]


def test_a_change_is_previewed_before_it_is_saved(client, lead, article):
    client.force_login(lead)
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[article.pk])
    category = CategoryFactory(name="Jardins")
    response = preview(client, address, title="Autrement", categories=[category.pk])
    assert response.status_code == 200
    assert "Autrement" in text_of(response) and "Jardins" in text_of(response)
    assert ArticlePage.objects.get(pk=article.pk).title == "Le jardin partagé"


# Queries


@pytest.fixture
def full_article(lantern, harbour):
    """An article with everything an article may have."""
    others = [
        ArticlePageFactory(
            parent=house_page, picture=PictureFactory(), typologies=[TypologyFactory()]
        )
        for house_page in (lantern, harbour, lantern)
    ]
    images = [
        ("image", {"image": {"image": PictureFactory().pk, "alt_text": "a", "decorative": False}})
        for _number in range(3)
    ]
    link = {"url": "https://example.org", "label": "Ailleurs", "description": ""}
    article = ArticlePageFactory(
        parent=lantern,
        summary="Tout.",
        picture=PictureFactory(),
        body=stored(
            *TEXT_BLOCKS.items(),
            *images,
            ("paragraph", "<p>Un <b>texte</b>.</p>"),
            ("document", {"document": DocumentFactory().pk, "title": ""}),
            ("document", {"document": DocumentFactory().pk, "title": ""}),
        ),
        contacts=[("contact", {"name": "Ali"})],
        links=[("link", link)],
        categories=[CategoryFactory(), CategoryFactory()],
        typologies=[TypologyFactory(), TypologyFactory()],
        partner_houses=[harbour.house, HouseFactory()],
        tags=[TagFactory(), TagFactory()],
        related_articles=see_also(*others[:2]),
        adapted_from=others[2],
    )
    for _number in range(2):
        ArticlePageFactory(parent=harbour, adapted_from=article)
    return article


def test_a_full_article_takes_few_queries(client, full_article, django_assert_max_num_queries):
    client.get(full_article.url)  # draws the pictures
    with django_assert_max_num_queries(QUERIES):
        client.get(full_article.url)


def test_the_queries_do_not_grow_with_the_articles(client, lantern, django_assert_max_num_queries):
    article = ArticlePageFactory(parent=lantern)
    client.get(article.url)
    with django_assert_max_num_queries(QUERIES) as captured:
        client.get(article.url)
    most = len(captured)
    for _number in range(5):
        HousePageFactory()
        ArticlePageFactory(parent=lantern)
    # A publication has the frame of the site read again, once.
    client.get(article.url)
    with django_assert_max_num_queries(most):
        client.get(article.url)
