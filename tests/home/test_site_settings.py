import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.models import Site
from wagtail.test.utils.form_data import nested_form_data, streamfield

from home.blocks import NavigationBlock
from home.models import SiteSettings
from tests.factories import PictureFactory, PlainPageFactory
from tests.portal.reading import links_of, page_of, text_of

ONE_OF_TWO = "Choose a page or write an address, one of the two."
BEGINNING = "An address begins with / or https://."


@pytest.fixture
def site_settings(home):
    return SiteSettings.for_site(Site.objects.get())


def edit_address():
    site = Site.objects.get()
    return reverse("wagtailsettings:edit", args=["home", "sitesettings", site.pk])


def settings_data(**fields):
    return nested_form_data(
        {
            "name": "Maillage",
            "footer": "null",
            "navigation": streamfield([]),
            "footer_navigation": streamfield([]),
            "social": streamfield([]),
            "without_consent": "warn",
            **fields,
        }
    )


# A link of the navigation


@pytest.mark.parametrize(
    "link, field, message",
    [
        ({"page": None, "url": "", "label": "Ici"}, "page", ONE_OF_TWO),
        ({"page": "page", "url": "/ici/", "label": "Ici"}, "page", ONE_OF_TWO),
        ({"page": None, "url": "ici", "label": "Ici"}, "url", BEGINNING),
        ({"page": None, "url": "javascript:alert(1)", "label": "Ici"}, "url", BEGINNING),
        ({"page": None, "url": "data:text/html,x", "label": "Ici"}, "url", BEGINNING),
        ({"page": None, "url": "/ici/", "label": ""}, "label", "Give the link a text."),
    ],
)
def test_a_link_that_leads_nowhere_is_refused(home, link, field, message):
    block = NavigationBlock()
    value = block.to_python({**link, "page": home.pk if link["page"] else None})
    with pytest.raises(StructBlockValidationError) as refusal:
        block.clean(value)
    errors = refusal.value.block_errors
    assert list(errors) == [field]
    assert errors[field].messages == [gettext(message)]


@pytest.mark.parametrize(
    "url", ["/articles/", "/", "https://example.org", "http://example.org", "mailto:a@example.org"]
)
def test_an_address_with_a_text_is_a_link(db, url):
    block = NavigationBlock()
    value = block.clean(block.to_python({"page": None, "url": url, "label": "Ici"}))
    assert (value["url"], value["label"]) == (url, "Ici")


def test_a_page_needs_no_text(home):
    block = NavigationBlock()
    value = block.clean(block.to_python({"page": home.pk, "url": "", "label": ""}))
    assert value["page"].pk == home.pk


# The settings of the site


def test_the_navigation_is_the_one_of_the_editors(client, editor, home):
    page = PlainPageFactory(title="À propos")
    client.force_login(editor)
    links = [
        ("link", {"page": page.pk, "url": "", "label": ""}),
        ("link", {"page": "", "url": "https://example.org/?a=1&b=2", "label": "<b>Ailleurs</b>"}),
    ]
    data = settings_data(navigation=streamfield(links), footer_navigation=streamfield(links[:1]))
    assert client.post(edit_address(), data).status_code == 302
    client.logout()
    response = client.get("/")
    navigation = page_of(response).select("header.masthead nav a")
    assert [(link.text, link["href"]) for link in navigation] == [
        ("À propos", "/a-propos/"),
        ("<b>Ailleurs</b>", "https://example.org/?a=1&b=2"),
    ]
    assert page_of(response).select_one("footer nav a")["href"] == "/a-propos/"


def test_a_link_to_a_page_that_is_not_public_is_not_shown(client, site_settings):
    page = PlainPageFactory(title="Retirée")
    links = [("link", {"page": page, "url": "", "label": "Toujours là"})]
    site_settings.navigation = site_settings.footer_navigation = links
    site_settings.save()
    assert "Toujours là" in client.get("/").text
    page.unpublish()
    assert "Toujours là" not in client.get("/").text
    page.delete()
    assert client.get("/").status_code == 200


def test_the_link_of_the_section_the_visitor_is_in_is_marked(client, home, lantern):
    marks = {
        link["href"]: link.get("aria-current")
        for link in page_of(client.get(lantern.url)).select("header.masthead nav a")
    }
    assert marks == {"/recherche/?kind=article": None, "/maisons/": "true"}
    listing = page_of(client.get("/recherche/?kind=article"))
    link = listing.select_one('header.masthead nav a[href="/recherche/?kind=article"]')
    assert link["aria-current"] == "page"


@pytest.mark.parametrize("number, accepted", [(5, True), (8, False)])
def test_the_navigation_stays_short(client, editor, home, number, accepted):
    client.force_login(editor)
    link = {"page": "", "url": "/articles/", "label": "Articles"}
    data = settings_data(navigation=streamfield([("link", link)] * number))
    assert client.post(edit_address(), data).status_code == (302 if accepted else 200)
    kept = len(SiteSettings.objects.get().navigation)
    assert kept == (number if accepted else 2)


def test_the_help_tells_the_length_that_is_accepted(site_settings):
    """«At most seven links»: an eighth is refused."""
    link = {"page": None, "url": "/articles/", "label": "Articles"}
    site_settings.navigation = [("link", link)] * 8
    field = SiteSettings._meta.get_field("navigation")
    with pytest.raises(ValidationError):
        field.stream_block.clean(site_settings.navigation)


def test_the_footer_tells_who_the_network_is(client, editor, home):
    client.force_login(editor)
    social = [("address", {"label": "Mastodon <b>", "url": "https://social.example.org/@m"})]
    data = settings_data(
        name="Réseau <b>",
        email="bonjour@example.org",
        phone="01 02 03 04 05",
        address="3 rue du Four\nLyon",
        social=streamfield(social),
    )
    assert client.post(edit_address(), data).status_code == 302
    client.logout()
    response = client.get("/")
    assert {
        "mailto:bonjour@example.org",
        "tel:0102030405",
        "https://social.example.org/@m",
    } <= set(links_of(response))
    footer = page_of(response).footer
    assert "3 rue du Four" in footer.text and "Lyon" in footer.text
    assert "<b>" not in response.text and "Réseau <b>" in text_of(response)


def test_the_logo_takes_the_place_of_the_drawn_house(client, site_settings):
    assert page_of(client.get("/")).select_one(".brand img")["src"] == "/static/img/mark.svg"
    site_settings.logo = PictureFactory()
    site_settings.save()
    logo = page_of(client.get("/")).select_one(".brand img")
    assert logo["src"].startswith("/media/") and logo["alt"] == ""


def test_the_name_of_the_site_is_in_every_title(client, site_settings):
    site_settings.name = "Trame"
    site_settings.save()
    assert page_of(client.get("/recherche/")).title.text.endswith("– Trame")
    assert "Trame" in page_of(client.get("/nothing-here/")).title.text


@pytest.mark.parametrize("name", ["contributor", "lead", "outsider"])
def test_the_settings_are_those_of_the_network(client, request, home, name):
    client.force_login(request.getfixturevalue(name))
    assert client.post(edit_address(), settings_data(name="Intrus")).status_code == 302
    assert SiteSettings.objects.get().name == "Maillage"


def test_a_social_address_is_an_address(client, editor, home):
    client.force_login(editor)
    social = [("address", {"label": "Mastodon", "url": "javascript:alert(1)"})]
    response = client.post(edit_address(), settings_data(social=streamfield(social)))
    assert response.status_code == 200
    assert not SiteSettings.objects.get().social
