"""What an import writes: new articles as the editor would have made them, with their houses and terms."""

import json

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Page, PageLogEntry

from articles.models import ArticlePage, Category, Tag, Typology
from exchange.importer import CREATED, REFUSED
from houses.models import House
from tests.exchange.article_lines import entry, import_lines, imported
from tests.exchange.importing import FULL, actions, labels, save
from tests.factories import ArticlePageFactory, CategoryFactory, HouseFactory

pytestmark = pytest.mark.django_db


# New articles


def test_every_field_is_written():
    save(entry(**FULL))
    article = imported()
    assert (article.title, article.summary) == ("Article 1", "En bref.")
    assert article.published_on.isoformat() == "2024-05-02"
    assert labels(article.categories) == ["Culture", "Sport"]
    assert labels(article.typologies) == ["Compte rendu"]
    assert labels(article.tags) == ["vélo", "école"]
    assert (article.commune, article.department) == ("Valdoie", "90")
    assert (article.event, article.event_place) == ("Rencontre", "Roanne")
    assert article.event_date.isoformat() == "2024-04-30"
    assert (article.speaker, article.speaker_role) == ("Inès", "trésorière")
    assert article.links[0].value["label"] == "Le guide"
    assert article.contacts[0].value["email"] == "ines@exemple.fr"
    assert article.body[0].value.source == "<p>Texte 1.</p>"


def test_an_article_is_a_draft_unless_published():
    save(entry(1))
    save(entry(2), publish=True)
    draft, published = imported(1), imported(2)
    assert (draft.live, draft.has_unpublished_changes, draft.first_published_at) == (
        False,
        True,
        None,
    )
    assert (published.live, published.has_unpublished_changes) == (True, False)
    assert published.live_revision == published.latest_revision is not None
    assert published.first_published_at == published.last_published_at is not None


@pytest.mark.parametrize("publish", [True, False])
def test_the_revision_says_what_the_page_says(publish):
    """The editor opens the latest revision: what it does not hold is lost at the first save."""
    save(entry(1), entry(2, **FULL, see_also=["a1"]), publish=publish)
    article = imported(2)
    page, revision = json.loads(article.to_json()), article.latest_revision.content
    # Set once the revision has its own number.
    for name in ("latest_revision", "live_revision", "latest_revision_created_at"):
        page.pop(name), revision.pop(name)
    # The same blocks, in whatever order the database gives their parts back (PostgreSQL sorts them).
    for name in ("body", "contacts", "links"):
        page[name], revision[name] = json.loads(page[name]), json.loads(revision[name])
    assert revision == page


@pytest.mark.parametrize("publish", [True, False])
def test_the_editor_finds_every_field(client, admin, tmp_path, publish):
    client.force_login(admin)
    lines = [entry(1), entry(2, **FULL, see_also=["a1"], adapted_from="a1")]
    assert not import_lines(tmp_path, *lines, publish=publish).failed
    response = client.get(reverse("wagtailadmin_pages:edit", args=[imported(2).pk]))
    form = response.context["form"]
    initial = {name: form[name].value() for name in form.fields if name in form.initial}
    assert (initial["title"], initial["summary"]) == ("Article 2", "En bref.")
    assert labels(Category.objects.filter(pk__in=initial["categories"])) == ["Culture", "Sport"]
    assert labels(Typology.objects.filter(pk__in=initial["typologies"])) == ["Compte rendu"]
    assert {"vélo", "école"} <= set(str(form["tags"]).replace('"', " ").replace(",", " ").split())
    assert initial["adapted_from"] == imported(1).pk
    related = form.formsets["related_articles"].forms
    assert [row.instance.article_id for row in related if row.instance.pk] == [imported(1).pk]
    assert [block.value["name"] for block in initial["contacts"]] == ["Inès"]
    assert initial["event_date"].isoformat() == "2024-04-30"


def test_history_says_who_imported(editor):
    save(entry(1), user=editor)
    save(entry(2), user=editor, publish=True)
    assert actions(imported(1)) == ["wagtail.create"]
    assert actions(imported(2)) == ["wagtail.create", "wagtail.publish"]
    assert set(PageLogEntry.objects.filter(page=imported(2).pk).values_list("user", flat=True)) == {
        editor.pk
    }
    assert imported(1).latest_revision.user == editor


def test_the_tree_is_sound(lantern, harbour):
    ArticlePageFactory(parent=lantern, title="Déjà là")
    save(*(entry(n, houses=[["la-lanterne"], ["le-port"], []][n % 3]) for n in range(120)))
    save(*(entry(n, houses=["la-lanterne"]) for n in range(120, 130)), publish=True)
    assert Page.find_problems() == ([], [], [], [], [])
    for parent in (lantern, harbour):
        parent.refresh_from_db()
        assert parent.numchild == parent.get_children().count() > 1
    for article in ArticlePage.objects.all():
        parent = article.get_parent()
        assert article.url_path == f"{parent.url_path}{article.slug}/"
        assert article.locale == parent.locale
        assert article.content_type == ContentType.objects.get_for_model(ArticlePage)


def test_equal_titles_have_addresses_of_their_own(lantern):
    ArticlePageFactory(parent=lantern, title="Une maison", slug="une-maison")
    save(*(entry(n, title="Une maison !", houses=["la-lanterne"]) for n in range(60)))
    save(entry(60, title="Une maison ?", houses=["la-lanterne"]))
    slugs = list(lantern.get_children().values_list("slug", flat=True))
    assert len(slugs) == len(set(slugs)) == 62
    assert imported(60).slug == "une-maison-62"


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("L’été d’une école", "l-ete-d-une-ecole"),
        ("日本", "article"),
        ("???", "article"),
        ("x" * 255, "x" * 200),
    ],
)
def test_the_address_is_made_of_the_words_of_the_title(title, slug):
    save(entry(title=title))
    assert imported().slug == slug


def test_a_published_article_is_read_at_its_address(client, lantern):
    save(entry(houses=["la-lanterne"], **FULL), publish=True)
    response = client.get("/maisons/la-lanterne/article-1/")
    assert response.status_code == 200
    assert "Texte 1." in response.text
    assert "https://exemple.fr/a" in response.text


def test_a_draft_is_not_read_by_visitors(client, lantern):
    save(entry(houses=["la-lanterne"]))
    assert client.get("/maisons/la-lanterne/article-1/").status_code == 404


def test_the_listing_counts_and_finds_what_was_imported(client):
    save(*(entry(n, categories=["Sport"] if n < 4 else []) for n in range(7)), publish=True)
    assert Category.objects.with_counts().get(name="Sport").article_count == 4
    page = client.get("/recherche/", {"category": "sport"}).text
    assert [f"Article {n}" in page for n in range(7)] == [True] * 4 + [False] * 3


@pytest.mark.parametrize("publish", [True, False])
def test_the_search_of_the_admin_finds_the_article(client, admin, publish):
    """It is written in the transaction of the article: no kill can leave one without the other."""
    save(entry(title="Un percolateur partagé"), publish=publish)
    client.force_login(admin)
    page = client.get(reverse("wagtailadmin_pages:search"), {"q": "percolateur"})
    assert "Un percolateur partagé" in page.text


def test_the_search_of_the_admin_finds_the_new_title(
    client, admin, django_capture_on_commit_callbacks
):
    save(entry(title="Un percolateur partagé"), publish=True)
    with django_capture_on_commit_callbacks(execute=True):
        save(entry(title="Une cafetière partagée"))
    client.force_login(admin)
    page = client.get(reverse("wagtailadmin_pages:search"), {"q": "cafetière"})
    assert "Une cafetière partagée" in page.text


def test_an_article_asks_few_queries_of_its_own(django_capture_on_commit_callbacks):
    """Its row, its uses (two), who may find it, and what hears that it is online (five); the rest is asked once a batch."""

    def queries_of(numbers) -> int:
        with (
            CaptureQueriesContext(connection) as asked,
            django_capture_on_commit_callbacks(execute=True),
        ):
            save(*(entry(number, **FULL) for number in numbers), publish=True)
        return len(asked)

    queries_of([0])  # its terms are there from here on
    assert queries_of(range(10, 30)) - queries_of(range(40, 50)) == 9 * 10


def test_a_text_of_every_alphabet_is_kept():
    text = "Œuvre, ﬁn, 日本, עברית, 🎉, e\u0301, \u202fespace"
    save(entry(title=text, body=text), publish=True)
    assert imported().title == text
    assert text in imported().body[0].value.source


# Houses


def test_an_article_without_house_goes_to_the_network(network):
    save(entry())
    assert imported().house == network


def test_the_option_names_the_house_of_articles_that_name_none(lantern, harbour):
    save(entry(1), entry(2, houses=["le-port"]), house=lantern.house)
    assert imported(1).house == lantern.house
    assert imported(2).house == harbour.house


@pytest.mark.parametrize(
    "name",
    [
        *("la-lanterne", "La Lanterne", " LA  LANTERNE", "LL", "ll"),
        *("LL (La Lanterne)", "La lanterne (ll)"),
    ],
)
def test_a_house_is_found_by_its_name_short_name_or_acronym(lantern, name):
    House.objects.filter(pk=lantern.house.pk).update(acronym="LL")
    save(entry(houses=[name]))
    assert imported().house == lantern.house


def test_the_first_house_is_responsible_and_the_others_are_partners(lantern, harbour, network):
    save(entry(houses=["Le Port", "La Lanterne", "Le réseau"]))
    assert imported().house == harbour.house
    assert labels(imported().partner_houses) == ["La Lanterne", "Le réseau"]


def test_a_house_named_twice_is_no_partner_of_itself(lantern):
    save(entry(houses=["La Lanterne", "la-lanterne"]))
    assert imported().house == lantern.house
    assert labels(imported().partner_houses) == []


def test_a_partner_named_twice_is_partner_once(lantern, harbour):
    save(entry(houses=["La Lanterne", "Le Port", "le-port"]))
    assert labels(imported().partner_houses) == ["Le Port"]


@pytest.mark.parametrize("houses", [["Nulle part"], ["la-lanterne", "Nulle part"], ["\u0301"]])
def test_an_unknown_house_refuses_its_line_alone(lantern, houses):
    done = save(entry(1), entry(2, houses=houses), entry(3))
    [(line, reason)] = done.refused
    assert line.number == 2
    assert reason == f"there is no house “{houses[-1]}”"
    assert done.outcomes == {CREATED: 2, REFUSED: 1}


def test_a_house_without_a_page_refuses_its_line():
    HouseFactory(name="Sans page")
    [(_line, reason)] = save(entry(houses=["sans-page"])).refused
    assert reason == "the house “Sans page” has no page in this language: fr"


def test_a_language_in_which_the_house_has_no_page_refuses_its_line(lantern):
    done = save(entry(houses=["la-lanterne"], language="en"))
    assert done.refused[0][1] == "the house “La Lanterne” has no page in this language: en"
    assert not ArticlePage.objects.exists()


def test_a_network_without_its_own_house_is_said(network):
    House.objects.filter(pk=network.pk).update(is_network=False)
    assert save(entry()).refused[0][1] == "the network has no house of its own yet"


# Terms


def test_terms_are_found_whatever_their_case_and_accents():
    CategoryFactory(name="Bénévolat et œuvres")
    Typology.objects.create(name="Étude de cas")
    Tag.objects.create(name="École d’été")
    line = entry(
        categories=["BENEVOLAT ET OEUVRES"], typologies=["etude de cas"], tags=["ecole d'ete"]
    )
    save(line)
    assert labels(imported().categories) == ["Bénévolat et œuvres"]
    assert (Category.objects.count(), Typology.objects.count(), Tag.objects.count()) == (1, 1, 1)


def test_one_term_written_twice_in_a_line_is_carried_once():
    save(entry(categories=["Été", "ETE"], typologies=["Été", "ETE"], tags=["vélo", "VELO", "Vélo"]))
    assert labels(imported().categories) == labels(imported().typologies) == ["Été"]
    assert labels(imported().tags) == ["vélo"]


def test_terms_of_one_batch_are_made_once():
    save(*(entry(n, tags=["vélo", "Vélo" if n % 2 else "VELO"]) for n in range(3)))
    assert Tag.objects.count() == 1


@pytest.mark.parametrize("kind", ["categories", "typologies", "tags"])
@pytest.mark.parametrize("names", [("C", "C++"), ("日本", "中国"), ("Sport", "Sport !")])
def test_labels_whose_short_names_are_equal_are_two_terms(kind, names):
    done = save(entry(1, **{kind: [names[0]]}), entry(2, **{kind: [names[1]]}))
    assert done.refused == []
    assert labels(getattr(imported(1), kind)) == [names[0]]
    assert labels(getattr(imported(2), kind)) == [names[1]]
    assert all(term.slug for term in getattr(imported(2), kind).all())


@pytest.mark.parametrize(
    ("kind", "name"), [("categories", "category"), ("typologies", "typology"), ("tags", "tag")]
)
def test_new_terms_can_be_forbidden(kind, name):
    done = save(entry(1), entry(2, **{kind: ["Inconnu"]}), entry(3), new_terms=False)
    assert done.refused[0][1] == f"there is no {name} “Inconnu”, and new ones are not allowed"
    assert done.outcomes == {CREATED: 2, REFUSED: 1}
    assert not Category.objects.exists() and not Tag.objects.exists()


def test_a_refused_line_leaves_no_term_behind():
    done = save(
        entry(1), entry(2, tags=["orphelin"], houses=["Nulle part"]), entry(3, tags=["bon"])
    )
    assert done.outcomes[REFUSED] == 1
    assert labels(Tag.objects) == ["bon"]
