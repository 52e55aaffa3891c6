"""The demonstration content: all of it there, loaded once, and every page of it shown."""

import gc
import json

import pytest
from django.db import transaction
from django.test import override_settings
from django.urls import reverse
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.images.models import Filter
from wagtail.models import Page, Site

from articles.blocks import BodyBlock
from articles.models import ArticlePage, Category, EasyArticlePage, Typology
from editorial.writing.passages import Reading
from editorial.writing.rereading import reread
from exchange.demo import ACCOUNTS, FOLDER
from home.models import HomePage, PlainPage, SiteSettings
from houses.models import House, HousePage, Membership
from portal.models import Attachment, Picture, User
from tests.exchange.article_lines import counts, run
from tests.portal.reading import page_of

pytestmark = [
    pytest.mark.django_db,
    # Wagtail leaves the files that it makes renditions from, and in, to the garbage collector.
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]


IN_FRENCH = {"locale__language_code": "fr"}


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker, tmp_path_factory):
    """The demonstration content, loaded once for all these tests, and what the command said."""
    with (
        pytest.MonkeyPatch.context() as patch,
        override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media")),
        django_db_blocker.unblock(),
        transaction.atomic(),
    ):
        patch.setenv("DEMO_PASSWORD", "un-mot-de-passe")
        # The visit of each page that makes its pictures: they are not looked at here.
        patch.setattr("exchange.management.commands.load_demo.Command._warm_pictures", _nothing)
        yield run("load_demo")
        transaction.set_rollback(True)
        gc.collect()


@pytest.fixture
def demo(loaded, db):
    return loaded


@pytest.fixture
def quick_pictures(monkeypatch):
    """Renditions made as they are asked for, but small: encoding thirty large ones takes minutes."""
    encode = Filter.run

    def encode_small(self, image, output, source=None):
        spec = f"width-16|{self.spec.rpartition('|')[2]}" if "format-" in self.spec else "width-16"
        return encode(Filter(spec=spec), image, output, source)

    monkeypatch.setattr(Filter, "run", encode_small)
    yield
    gc.collect()


def _nothing(command):
    pass


def lines() -> list[dict]:
    paths = sorted(FOLDER.glob("articles-*.jsonl"))
    return [json.loads(line) for path in paths for line in path.read_text().splitlines() if line]


def test_everything_is_loaded(demo):
    assert not demo.failed
    assert House.objects.filter(is_network=False).count() == 12
    assert ArticlePage.objects.live().filter(**IN_FRENCH).count() == len(lines()) == 30
    assert EasyArticlePage.objects.live().count() == 2
    plain = PlainPage.objects.live().filter(**IN_FRENCH)
    assert plain.count() == len(json.loads((FOLDER / "pages.json").read_text()))
    assert User.objects.count() == len(ACCOUNTS)
    assert HomePage.objects.get(**IN_FRENCH).highlights.count() == 3
    assert SiteSettings.objects.get().email
    assert Page.find_problems() == ([], [], [], [], [])


def test_every_article_has_the_house_that_it_names(demo):
    for line in lines():
        article = ArticlePage.objects.get(source="demo", source_id=line["id"])
        assert article.house.slug == line["houses"][0]
        assert article.categories.exists() and article.typologies.exists()
        assert article.related_articles.count() == len(line.get("see_also", []))


def test_every_house_has_a_page_and_an_article(demo):
    for house in House.objects.all():
        page = HousePage.objects.get(house=house, **IN_FRENCH)
        assert page.live and page.introduction
        assert page.get_children().live().exists(), house


def test_every_kind_of_block_is_shown(demo):
    used = {block.block_type for article in ArticlePage.objects.all() for block in article.body}
    assert used == set(BodyBlock().child_blocks)


def test_every_picture_says_what_it_shows(demo):
    for article in ArticlePage.objects.exclude(picture=None):
        assert article.picture_alt
    for article in ArticlePage.objects.all():
        for block in article.body:
            if block.block_type == "image":
                assert block.value["image"].contextual_alt_text or block.value["image"].decorative
    assert not Picture.objects.filter(credit="").exists()


def test_every_document_can_be_read_by_all(demo):
    documents = Attachment.objects.all()
    assert len(documents) == 5 and all(document.is_accessible for document in documents)


def test_a_second_load_adds_nothing_and_keeps_what_was_edited(demo, editor_of_demo):
    article = ArticlePage.objects.get(source="demo", source_id="demo-01")
    article.title = "Un titre corrigé"
    article.save_revision(user=editor_of_demo).publish()
    settings = SiteSettings.objects.get()
    settings.name = "Notre réseau"
    settings.save()
    House.objects.filter(slug="la-lanterne").update(phone="01 02 03 04 05")
    editor_of_demo.set_password("changé")
    editor_of_demo.save()
    before = counts()

    again = run("load_demo")
    assert "0 new articles" in again.out and "0 new houses" in again.out
    assert counts() == before
    assert User.objects.count() == len(ACCOUNTS)
    assert ArticlePage.objects.get(pk=article.pk).title == "Un titre corrigé"
    assert SiteSettings.objects.get().name == "Notre réseau"
    assert House.objects.get(slug="la-lanterne").phone == "01 02 03 04 05"
    assert User.objects.get(username="editor").check_password("changé")


@pytest.fixture
def editor_of_demo(demo):
    return User.objects.get(username="editor")


def test_a_house_renamed_or_a_page_moved_is_not_made_again(demo):
    House.objects.get(slug="la-lanterne").save()
    house = House.objects.get(slug="la-lanterne")
    house.name = "La Grande Lanterne"
    house.save()
    run("load_demo")
    assert House.objects.filter(is_network=False).count() == 12
    assert House.objects.get(slug="la-lanterne").name == "La Grande Lanterne"


def test_there_is_one_account_a_role_and_its_password_is_printed(demo, client):
    for username in ACCOUNTS:
        assert f"{username} " in demo.out
        assert client.login(username=username, password="un-mot-de-passe"), username
    assert User.objects.get(username="admin").is_superuser
    roles = Membership.objects.values_list("user__username", "house__slug", "role")
    assert set(roles) == {
        ("lead", "la-lanterne", "lead"),
        ("contributor", "la-lanterne", "contributor"),
        ("outsider", "ti-an-holl", "contributor"),
    }


def test_without_a_chosen_password_a_random_one_is_kept(demo, monkeypatch, settings, tmp_path):
    monkeypatch.delenv("DEMO_PASSWORD")
    settings.DATA_DIR = tmp_path
    User.objects.all().delete()
    run("load_demo")
    path = tmp_path / "demo_password"
    assert User.objects.get(username="admin").check_password(path.read_text())
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.read_text() in run("load_demo").out


def test_every_page_is_shown(demo, client, quick_pictures):
    pages = Page.objects.live().filter(depth__gt=1)
    assert pages.count() > 45
    wrong = {
        page.url: response.status_code
        for page in pages
        if (response := client.get(page.url)).status_code != 200
    }
    assert wrong == {}
    assert client.get("/recherche/").status_code == 200


def test_everything_can_be_edited(demo, client, quick_pictures):
    client.force_login(User.objects.get(username="admin"))
    rows = [*House.objects.all(), *Category.objects.all(), *Typology.objects.all()]
    addresses = [
        *(
            reverse("wagtailadmin_pages:edit", args=[page.pk])
            for page in Page.objects.filter(depth__gt=1)
        ),
        *(AdminURLFinder(User.objects.get(username="admin")).get_edit_url(row) for row in rows),
        reverse("wagtailsettings:edit", args=["home", "sitesettings", Site.objects.get().pk]),
    ]
    wrong = {
        address: response.status_code
        for address in addresses
        if (response := client.get(address)).status_code != 200
    }
    assert wrong == {}


def test_ten_articles_are_there_in_english_too(demo):
    english = ArticlePage.objects.live().filter(locale__language_code="en")
    assert english.count() == 10
    for article in english:
        original = article.get_translations().get().specific
        assert original.source == "demo" and article.title != original.title
        for name in ("categories", "typologies", "partner_houses", "tags"):
            chosen = [set(getattr(page, name).all()) for page in (article, original)]
            assert chosen[0] == chosen[1], (article.title, name)
        kinds = [[block.block_type for block in page.body] for page in (article, original)]
        assert kinds[0] == kinds[1]
        assert article.picture == original.picture
        assert bool(article.picture_alt) == bool(original.picture_alt)
        assert article.picture_alt != original.picture_alt or not article.picture
    assert HousePage.objects.live().filter(locale__language_code="en").count() == 13


def test_the_legal_notices_are_there_in_english_too(demo, client):
    page = page_of(client.get("/en/legal-notices/"))
    assert "any association may take up these texts" in page.text
    assert not page.select("main dd [lang]")


def test_the_translations_are_loaded_once(demo):
    article = ArticlePage.objects.filter(locale__language_code="en").first()
    article.title = "Corrected"
    article.save_revision().publish()
    before = Page.objects.count()
    assert "0 new translations" in run("load_demo").out
    assert Page.objects.count() == before
    assert ArticlePage.objects.get(pk=article.pk).title == "Corrected"


def test_no_link_of_the_navigation_leads_nowhere(demo, client, quick_pictures):
    settings = SiteSettings.objects.get()
    for link in [*settings.navigation, *settings.footer_navigation]:
        address = link.value["page"].url if link.value["page"] else link.value["url"]
        assert client.get(address).status_code == 200, address


def test_easy_versions_follow_the_rules_of_easy_reading(demo):
    for page in EasyArticlePage.objects.all():
        assert [finding.message for finding in reread(Reading(page))] == []
