"""What an import writes: new articles as the editor would have made them, and later changes to them."""

import json
import random
from pathlib import Path

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.urls import reverse
from wagtail.models import Page, PageLogEntry, ReferenceIndex, Revision

from articles.models import ArticlePage, Category, Tag, Typology
from exchange.importer import CREATED, KEPT, REFUSED, UNCHANGED, UPDATED
from exchange.lines import ArticleLine
from exchange.models import ImportRecord
from houses.models import House
from tests.exchange.article_lines import entry, import_lines, imported, importer, parse
from tests.factories import ArticlePageFactory, CategoryFactory, HouseFactory

pytestmark = pytest.mark.django_db

FULL = {
    "summary": "En bref.",
    "date": "2024-05-02",
    "categories": ["Sport", "Culture"],
    "typologies": ["Compte rendu"],
    "tags": ["vélo", "école"],
    "place": {"commune": "Valdoie", "department": "90"},
    "event": {
        "name": "Rencontre",
        "place": "Roanne",
        "date": "2024-04-30",
        "speaker": "Inès",
        "speaker_role": "trésorière",
    },
    "links": [{"url": "https://exemple.fr/a", "label": "Le guide"}],
    "contacts": [{"name": "Inès", "role": "accueil", "email": "ines@exemple.fr", "phone": "0102"}],
}


def save(*lines: dict, user=None, **options):
    """Import lines without a file, and return the importer."""
    done = importer(**options)
    done.user = user
    with done:
        for number, line in enumerate(lines, start=1):
            done.save(parse(line, number), Path())
    return done


def labels(terms) -> list[str]:
    return sorted(term.name for term in terms.all())


def actions(article) -> list[str]:
    return sorted(PageLogEntry.objects.filter(page=article.pk).values_list("action", flat=True))


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
def test_the_search_of_the_admin_finds_the_article(
    client, admin, django_capture_on_commit_callbacks, publish
):
    with django_capture_on_commit_callbacks(execute=True):
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


# What the editor would refuse


def test_a_draft_is_saved_by_its_editor(admin):
    """The draft in the editor is the page itself, not a second one with the same identity."""
    save(entry(1, **FULL))
    form_class = ArticlePage.get_edit_handler().get_form_class()
    draft = imported().get_latest_revision_as_object()
    form = form_class(instance=draft, for_user=admin)
    draft.full_clean()
    assert form.instance.pk == imported().pk and not form.instance._state.adding


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "data:text/html,x", "pas une adresse", "https://"]
)
def test_a_link_that_is_no_web_address_is_refused(link):
    done = save(entry(1, links=[{"url": link, "label": "Ici"}]), entry(2), publish=True)
    assert [line.number for line, _reason in done.refused] == [1]
    assert imported(2).live


@pytest.mark.parametrize(
    "contact",
    [
        {"name": "Inès", "email": "pas une adresse"},
        {"name": "Inès", "phone": "1" * 31},
    ],
)
def test_a_contact_that_the_editor_would_refuse_is_refused(contact):
    done = save(entry(1, contacts=[contact]), entry(2))
    assert [line.number for line, _reason in done.refused] == [1]


def test_a_null_character_in_a_block_is_refused():
    body = [{"type": "heading", "value": {"text": "a\0b", "level": "2"}}]
    done = save(entry(1, body=body, body_format="blocks"), entry(2))
    assert [line.number for line, _reason in done.refused] == [1]


def test_half_a_surrogate_pair_refuses_its_line_alone():
    """Such a character is valid JSON, but no database stores it."""
    broken = ArticleLine(number=2, id="a2", title="a\ud800b", body="x")
    with importer() as done:
        done.save(parse(entry(1)), Path())
        done.save(broken, Path())
        done.save(parse(entry(3)), Path())
    assert [line.id for line, _reason in done.refused] == ["a2"]
    assert done.outcomes[CREATED] == 2


def test_a_long_summary_is_kept_whole():
    """Two sentences are advised; a longer text is its author's."""
    save(entry(1, summary="x" * 6000))
    assert len(ArticlePage.objects.get().summary) == 6000


# A second import


def test_a_second_import_changes_nothing():
    lines = [entry(n, **FULL, see_also=["a1"]) for n in range(60)]
    save(*lines)
    revisions = list(Revision.objects.values_list("pk", flat=True))
    assert save(*lines).outcomes == {UNCHANGED: 60}
    assert list(Revision.objects.values_list("pk", flat=True)) == revisions


def test_the_same_id_of_another_source_is_another_article():
    save(entry())
    assert save(entry(), source="autre").outcomes == {CREATED: 1}
    assert ArticlePage.objects.filter(source_id="a1").count() == 2


def test_a_change_updates_the_article_in_its_place():
    save(entry(**FULL), publish=True)
    before = imported()
    done = save(entry(**{**FULL, "tags": ["vélo"], "title": "Nouveau", "body": "Autre."}))
    article = imported()
    assert done.outcomes == {UPDATED: 1}
    assert (article.pk, article.slug, article.live) == (before.pk, "article-1", True)
    assert (article.title, article.draft_title) == ("Nouveau", "Nouveau")
    assert article.body[0].value.source == "<p>Autre.</p>"
    assert labels(article.tags) == ["vélo"]
    assert article.latest_revision.content["title"] == "Nouveau"


def test_a_change_empties_what_the_source_no_longer_says():
    save(entry(**FULL))
    save(entry())
    article = imported().get_latest_revision_as_object()
    assert (article.summary, article.published_on, article.commune) == ("", None, "")
    assert (article.event, article.event_date, article.speaker) == ("", None, "")
    assert not article.categories.exists() and not article.tagged_items.exists()
    assert len(article.contacts) == len(article.links) == 0


def test_a_changed_draft_stays_a_draft():
    save(entry())
    save(entry(title="Nouveau"))
    assert not imported().live
    assert imported().get_latest_revision_as_object().title == "Nouveau"
    assert imported().draft_title == "Nouveau"


def test_an_update_is_in_the_history(editor):
    save(entry())
    save(entry(title="Nouveau"), user=editor)
    assert "wagtail.edit" in actions(imported())


def test_a_draft_is_published_later_by_the_same_file():
    save(entry())
    assert save(entry(), publish=True).outcomes == {UPDATED: 1}
    assert imported().live and not imported().has_unpublished_changes
    assert save(entry(), publish=True).outcomes == {UNCHANGED: 1}


def test_an_article_withdrawn_here_is_not_put_online_again():
    save(entry(), publish=True)
    imported().unpublish()
    save(entry(), publish=True)
    assert not imported().live


def test_an_article_edited_here_is_kept_and_said(editor):
    save(entry())
    article = imported()
    article.title = "Corrigé ici"
    article.save_revision(user=editor)
    done = save(entry(title="Changé à la source"))
    assert done.outcomes == {KEPT: 1}
    assert imported().get_latest_revision_as_object().title == "Corrigé ici"


def test_an_article_deleted_here_is_made_again():
    save(entry())
    imported().delete()
    assert save(entry()).outcomes == {CREATED: 1}
    assert Page.find_problems() == ([], [], [], [], [])


def test_an_article_moved_here_stays_where_it_is(lantern, harbour):
    save(entry(houses=["la-lanterne"]))
    imported().move(harbour, pos="last-child")
    save(entry(houses=["la-lanterne"], title="Nouveau"))
    assert imported().house == harbour.house


def test_a_new_responsible_house_is_followed_or_said(lantern, harbour):
    """The house that the source now names may not be dropped without a word."""
    save(entry(houses=["la-lanterne"]))
    done = save(entry(houses=["le-port"]))
    article = imported()
    named = {article.house, *article.get_latest_revision_as_object().partner_houses.all()}
    assert harbour.house in named or done.refused


def test_a_change_that_cannot_be_used_leaves_the_article_as_it_was():
    save(entry(tags=["vélo"]), publish=True)
    done = save(entry(tags=["neuf"], houses=["Nulle part"], title="Nouveau"), entry(2))
    assert done.outcomes == {REFUSED: 1, CREATED: 1}
    assert imported().title == "Article 1"
    assert labels(imported().tags) == labels(Tag.objects) == ["vélo"]


def test_a_copy_of_an_imported_article_is_not_the_imported_one(lantern):
    save(entry(houses=["la-lanterne"]))
    copy = imported().copy(update_attrs={"slug": "copie"})
    assert (copy.source, copy.source_id) == ("", "")
    assert save(entry(houses=["la-lanterne"])).outcomes == {UNCHANGED: 1}


# Links between articles


def see_also(number: int) -> list[str]:
    rows = imported(number).related_articles.order_by("sort_order")
    return [row.article.source_id for row in rows.select_related("article")]


def test_links_go_forward_and_back_in_their_order(tmp_path):
    import_lines(tmp_path, entry(1, see_also=["a3", "a2"]), entry(2, see_also=["a1"]), entry(3))
    assert (see_also(1), see_also(2), see_also(3)) == (["a3", "a2"], ["a1"], [])


def test_a_link_to_itself_or_twice_to_another_is_made_once(tmp_path):
    import_lines(tmp_path, entry(1, see_also=["a1", "a2", "a2"]), entry(2))
    assert see_also(1) == ["a2"]


def test_links_to_what_is_not_there_are_reported(tmp_path):
    done = import_lines(tmp_path, entry(1, see_also=["a2", "z9"], adapted_from="z8"), entry(2))
    assert "2 links lead to articles that are not there: a1 → z9, a1 → z8" in done.err
    assert not done.failed
    assert see_also(1) == ["a2"]


def test_a_link_is_made_when_its_article_comes_with_a_later_file(tmp_path):
    import_lines(tmp_path, entry(1, see_also=["a2"]))
    assert see_also(1) == []
    import_lines(tmp_path, entry(2))
    import_lines(tmp_path, entry(1, see_also=["a2"]))
    assert see_also(1) == ["a2"]


def test_a_later_run_makes_the_links_again_after_they_changed_at_the_source(tmp_path):
    lines = [entry(2), entry(3)]
    import_lines(tmp_path, entry(1, see_also=["a2"]), *lines)
    import_lines(tmp_path, entry(1, see_also=["a3"]), *lines)
    assert see_also(1) == ["a3"]


def test_links_are_those_of_one_source_only(tmp_path):
    import_lines(tmp_path, entry(2), source="autre")
    done = import_lines(tmp_path, entry(1, see_also=["a2"]))
    assert see_also(1) == []
    assert "a1 → a2" in done.err


def test_links_changed_here_are_kept(tmp_path):
    lines = [entry(1, see_also=["a2"]), entry(2)]
    import_lines(tmp_path, *lines)
    article = imported(1).get_latest_revision_as_object()
    article.related_articles = []
    article.save_revision()
    import_lines(tmp_path, *lines)
    assert imported(1).get_latest_revision_as_object().related_articles.count() == 0


def test_an_article_adapted_from_another_leads_to_it(tmp_path):
    import_lines(tmp_path, entry(1, adapted_from="a2"), entry(2))
    assert imported(1).adapted_from == imported(2)
    assert imported(1).get_latest_revision_as_object().adapted_from == imported(2)


@pytest.mark.parametrize(
    "origins", [{1: "a1"}, {1: "a2", 2: "a1"}, {1: "a2", 2: "a3", 3: "a1"}], ids=["1", "2", "3"]
)
def test_articles_adapted_in_a_circle_are_reported_and_the_circle_is_not_made(tmp_path, origins):
    lines = [entry(n, adapted_from=origins.get(n, "")) for n in (1, 2, 3)]
    done = import_lines(tmp_path, *lines, publish=True)
    for number in (1, 2, 3):
        imported(number).clean()  # what the editor checks at the next save
    assert "a1" in done.err


def test_links_are_known_as_uses_of_the_article(tmp_path):
    """Somebody about to delete an article is told what leads to it."""
    import_lines(tmp_path, entry(1, see_also=["a3"]), entry(2, adapted_from="a3"), entry(3))
    uses = ReferenceIndex.get_references_to(imported(3)).values_list("object_id", flat=True)
    assert {int(pk) for pk in uses} == {imported(1).pk, imported(2).pk}


# Whole or not at all


def test_a_fault_in_a_batch_leaves_nothing_of_it(monkeypatch):
    save(entry(0))
    monkeypatch.setattr("exchange.bulk._insert_history", _raise)
    with pytest.raises(RuntimeError), transaction.atomic():
        save(*(entry(n, tags=["vélo"]) for n in range(1, 4)))
    assert ArticlePage.objects.count() == ImportRecord.objects.count() == 1
    assert Revision.objects.count() == 1
    assert not Tag.objects.exists()
    assert Page.find_problems() == ([], [], [], [], [])


def _raise(*args):
    raise RuntimeError("power cut")


@pytest.mark.parametrize("seed", range(3))
def test_refused_lines_never_spoil_their_batch(lantern, seed):
    chance = random.Random(seed)
    bad = {n for n in range(120) if chance.random() < 0.1}
    lines = [entry(n, houses=["Nulle part" if n in bad else "la-lanterne"]) for n in range(120)]
    done = save(*lines)
    assert {int(line.id[1:]) for line, _reason in done.refused} == bad
    assert done.outcomes == {CREATED: 120 - len(bad), REFUSED: len(bad)}
    assert ArticlePage.objects.count() == ImportRecord.objects.count() == 120 - len(bad)
    assert Page.find_problems() == ([], [], [], [], [])
