"""The admin as each person finds it: first page, listing of articles, forms."""

import datetime

import pytest
from django.urls import reverse
from wagtail.admin.panels import FieldPanel, InlinePanel, get_edit_handler
from wagtail.models import Page
from wagtail.search.index import insert_or_update_object

from articles.models import ArticlePage, Category, Tag, Typology
from home.models import HomePage, PlainPage, SiteSettings
from houses.models import House, HouseIndexPage, HousePage
from tests.factories import (
    ArticlePageFactory,
    CategoryFactory,
    MembershipFactory,
    TypologyFactory,
)
from tests.portal.reading import page_of, says, text_of

HOME = reverse("wagtailadmin_home")
ARTICLES = reverse("articles_admin:index")


def panel_of(response):
    return page_of(response).select_one(".welcome")


def section_of(response, name):
    section = panel_of(response).select_one(f"section[aria-labelledby=welcome-{name}]")
    return {link.get_text(" ", strip=True): link["href"] for link in section.select("a")}


def write_address(house_page):
    return f"{reverse('editorial_write')}?house={house_page.pk}"


def form_address(house_page):
    return reverse("wagtailadmin_pages:add", args=["articles", "articlepage", house_page.pk])


# First page


@pytest.mark.parametrize("name", ["contributor", "lead"])
def test_members_of_a_house_write_for_it(client, request, lantern, harbour, name):
    client.force_login(request.getfixturevalue(name))
    response = client.get(HOME)
    assert says(response, "Write for %(house)s", house="La Lanterne")
    addresses = section_of(response, "write").values()
    assert write_address(lantern) in addresses and write_address(harbour) not in addresses
    assert client.get(write_address(lantern)).status_code == 200


@pytest.mark.parametrize("name", ["editor", "admin"])
def test_the_network_chooses_the_house_it_writes_for(client, request, lantern, name):
    client.force_login(request.getfixturevalue(name))
    response = client.get(HOME)
    address = reverse("editorial_write")
    assert address in section_of(response, "write").values()
    assert client.get(address).status_code == 200


def test_somebody_of_two_houses_is_offered_both(client, contributor, lantern, harbour):
    MembershipFactory(user=contributor, house=harbour.house)
    client.force_login(contributor)
    addresses = section_of(client.get(HOME), "write").values()
    assert {write_address(lantern), write_address(harbour)} <= set(addresses)


def test_everybody_can_paste_an_article(client, contributor):
    client.force_login(contributor)
    address = reverse("exchange:paste")
    assert address in section_of(client.get(HOME), "write").values()
    assert client.get(address).status_code == 200


def test_a_person_finds_their_own_drafts(client, contributor, lead, lantern):
    own = ArticlePageFactory(parent=lantern, owner=contributor, title="À finir", live=False)
    ArticlePageFactory(parent=lantern, owner=lead, title="D’une autre", live=False)
    ArticlePageFactory(parent=lantern, owner=contributor, title="Terminé")
    client.force_login(contributor)
    drafts = section_of(client.get(HOME), "drafts")
    assert drafts == {"À finir": reverse("wagtailadmin_pages:edit", args=[own.pk])}


def test_nobody_is_told_of_drafts_they_can_no_longer_edit(client, contributor, lantern):
    """The person left for another house: the link would only lead to a refusal."""
    ArticlePageFactory(parent=lantern, owner=contributor, title="D’avant", live=False)
    contributor.memberships.get().delete()
    MembershipFactory(user=contributor)
    client.force_login(contributor)
    assert section_of(client.get(HOME), "drafts") == {}


def test_no_draft_is_said_in_words(client, contributor):
    client.force_login(contributor)
    assert says(client.get(HOME), "None waits for you.")


def test_members_see_what_their_house_told_last(client, contributor, lantern, harbour):
    own = ArticlePageFactory(parent=lantern, title="De chez nous")
    ArticlePageFactory(parent=harbour, title="D’ailleurs")
    client.force_login(contributor)
    response = client.get(HOME)
    assert says(response, "What your house told last")
    assert section_of(response, "latest") == {"De chez nous": own.url}


@pytest.mark.parametrize("name", ["editor", "admin"])
def test_the_network_sees_what_every_house_told_last(client, request, lantern, harbour, name):
    for house_page in (lantern, harbour):
        ArticlePageFactory(parent=house_page, title=f"De {house_page.title}")
    client.force_login(request.getfixturevalue(name))
    response = client.get(HOME)
    assert says(response, "Told last in the network")
    assert set(section_of(response, "latest")) == {"De La Lanterne", "De Le Port"}


def test_names_are_escaped(client, contributor, lantern):
    lantern.house.name = "<b>La</b> Lanterne"
    lantern.house.save()
    ArticlePageFactory(parent=lantern, owner=contributor, title="<i>Titre</i>", slug="t")
    client.force_login(contributor)
    panel = panel_of(client.get(HOME))
    assert not panel.select("section b, section i")
    assert "<i>Titre</i>" in panel.text


@pytest.mark.parametrize("name", ["contributor", "editor", "admin"])
def test_the_admin_speaks_french(client, request, home, name):
    client.force_login(request.getfixturevalue(name))
    document = page_of(client.get(HOME))
    assert document.html["lang"] == "fr"
    assert "Maillage" in document.title.text


@pytest.mark.parametrize(
    "name, seen, hidden",
    [
        ("contributor", ["articles"], ["snippets/articles/category", "settings", "users"]),
        ("lead", ["articles"], ["snippets/articles/category", "settings", "users"]),
        ("editor", ["articles", "snippets/articles/category", "snippets/houses/house"], ["users"]),
        ("admin", ["articles", "snippets/articles/tag", "snippets/houses/membership"], []),
    ],
)
def test_the_menu_offers_what_each_may_do(client, request, lantern, name, seen, hidden):
    client.force_login(request.getfixturevalue(name))
    for path in seen:
        assert f"/admin/{path}/" in client.get(HOME).text, path
    for path in hidden:
        assert f'"/admin/{path}/' not in client.get(HOME).text, path


# Listing of articles


@pytest.fixture
def garden(lantern):
    return ArticlePageFactory(
        parent=lantern,
        title="Le jardin",
        typologies=[TypologyFactory(name="Témoignage")],
        categories=[CategoryFactory(name="Écologie")],
        published_on=datetime.date(2026, 5, 1),
    )


@pytest.fixture
def boat(harbour):
    return ArticlePageFactory(
        parent=harbour, title="Le bateau", typologies=[TypologyFactory(name="Compte rendu")]
    )


def rows_of(response):
    """The cells of each row, as text, by the heading of their column."""
    table = page_of(response).select_one("table.listing")
    headings = [cell.get_text(" ", strip=True) for cell in table.select("thead th")]
    return [
        dict(
            zip(
                headings,
                (cell.get_text(" ", strip=True) for cell in row.select("td")),
                strict=True,
            )
        )
        for row in table.select("tbody tr")
    ]


def listed(client, query=""):
    response = client.get(ARTICLES + query)
    assert response.status_code == 200
    text = text_of(response)
    return {title for title in ("Le jardin", "Le bateau") if title in text}


def test_the_listing_shows_house_and_typology(client, editor, garden, boat):
    client.force_login(editor)
    rows = rows_of(client.get(ARTICLES))
    assert len(rows) == 2
    garden_row = next(row for row in rows if "Le jardin" in " ".join(row.values()))
    assert "La Lanterne" in garden_row["Maison"]
    assert garden_row["Typologie"] == "Témoignage"


@pytest.mark.parametrize(
    "query, titles",
    [
        ("", {"Le jardin", "Le bateau"}),
        ("?house={house}", {"Le jardin"}),
        ("?typologies={typology}", {"Le bateau"}),
        ("?categories={category}", {"Le jardin"}),
        ("?house={house}&typologies={typology}", set()),
        ("?q=jardin", {"Le jardin"}),
    ],
)
def test_the_listing_is_filtered(client, editor, lantern, garden, boat, query, titles):
    client.force_login(editor)
    insert_or_update_object(garden)  # once the transaction is over, elsewhere than in a test
    keys = {
        "house": lantern.pk,
        "typology": Typology.objects.get(name="Compte rendu").pk,
        "category": Category.objects.get().pk,
    }
    assert listed(client, query.format(**keys)) == titles


@pytest.mark.parametrize("query", ["?house=999999", "?house=abc", "?p=9999", "?ordering=inconnu"])
def test_a_bad_query_of_the_listing_is_survived(client, editor, garden, query):
    client.force_login(editor)
    assert client.get(ARTICLES + query).status_code in (200, 404)


def test_members_find_what_they_may_edit_in_the_listing(client, lead, garden, boat):
    client.force_login(lead)
    assert "Le jardin" in listed(client)


def test_the_queries_of_the_listing_do_not_grow_with_the_articles(
    client, editor, lantern, harbour, garden, django_assert_max_num_queries
):
    # The frame of the admin (user, rights, menu, filters) takes most of them, the table five.
    client.force_login(editor)
    client.get(ARTICLES)
    with django_assert_max_num_queries(31) as captured:
        client.get(ARTICLES)
    most = len(captured)
    for house_page in (lantern, harbour) * 6:
        ArticlePageFactory(parent=house_page, typologies=[Typology.objects.first()])
    # A publication has the frame of the site read again, once.
    client.get(ARTICLES)
    with django_assert_max_num_queries(most):
        client.get(ARTICLES)


# Forms


FORMS = [
    ArticlePage,
    HousePage,
    HouseIndexPage,
    HomePage,
    PlainPage,
    House,
    Category,
    Typology,
    Tag,
    SiteSettings,
]


def bound_panel_of(instance, user, rf):
    request = rf.get("/")
    request.user = user
    is_page = isinstance(instance, Page)
    handler = instance.get_edit_handler() if is_page else get_edit_handler(type(instance))
    form = handler.get_form_class()(instance=instance, for_user=user)
    return handler.get_bound_panel(instance=instance, request=request, form=form)


def bound_field_panels(panel):
    if isinstance(panel, FieldPanel.BoundPanel | InlinePanel.BoundPanel):
        yield panel
        return
    for child in getattr(panel, "children", []):
        yield from bound_field_panels(child)


@pytest.mark.parametrize("model", FORMS, ids=lambda model: model.__name__)
def test_every_field_of_a_form_has_a_help_text(rf, admin, model):
    panel = bound_panel_of(model(), admin, rf)
    without = [
        getattr(child.panel, "field_name", None) or child.panel.relation_name
        for child in bound_field_panels(panel)
        if not child.help_text
    ]
    # Wagtail's own dialog asks for the dates of the schedule and explains them.
    assert [name for name in without if name not in ("go_live_at", "expire_at")] == []


def test_the_form_of_an_article_shows_its_help(client, contributor, lantern):
    client.force_login(contributor)
    response = client.get(form_address(lantern))
    assert response.status_code == 200
    for text in (
        "Two sentences that make one want to read on; they are shown in every list.",
        "The date readers see. Left empty, no date is shown.",
        "What the article is about: one to three.",
        "Other articles of the network worth reading next.",
    ):
        assert says(response, text), text


def test_the_form_of_an_article_is_in_the_words_of_the_editors(client, contributor, lantern):
    client.force_login(contributor)
    response = client.get(form_address(lantern))
    tabs = ["What happened", "Where and when", "Classification", "People and links", "Sharing"]
    for tab in tabs:
        assert says(response, tab), tab


@pytest.mark.parametrize("model", ["article", "house_page", "home", "plain"])
def test_the_form_of_each_page_type_opens(client, editor, home, lantern, garden, model):
    plain = PlainPage(title="Aide", slug="aide")
    home.add_child(instance=plain)
    page = {"article": garden, "house_page": lantern, "home": home, "plain": plain}[model]
    client.force_login(editor)
    response = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert response.status_code == 200
    assert page.title in response.text


def test_the_login_page_is_that_of_the_houses(client, home):
    response = client.get(reverse("wagtailadmin_login"))
    assert response.status_code == 200
    assert says(response, "Log in to the houses' area")
    assert "Maillage" in text_of(response)
