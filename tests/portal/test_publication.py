"""What may be found follows what is public, in the transaction of each change."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Locale, Page, PageViewRestriction

from articles.models import ArticlePage
from portal.publication import publish_what_migrations_made
from search import projection
from search.models import FacetEntry, FacetValue, Posting, SearchDocument
from search.searching import Request, search
from tests.factories import (
    ArticlePageFactory,
    CategoryFactory,
    HouseFactory,
    PlainPageFactory,
    TagFactory,
    TypologyFactory,
    restricted,
)


def found(text, **filters):
    """The titles that anybody finds."""
    results = search(Request(text=text, filters={name: (v,) for name, v in filters.items()}))
    return [hit.document.title for hit in results.hits]


@pytest.fixture
def article(lantern):
    return ArticlePageFactory(parent=lantern, title="Prêter une sono", summary="Trois clés.")


def document_of(page):
    return SearchDocument.objects.get(pk=page.pk)


def test_a_published_article_is_found_with_its_facts(lantern, harbour):
    article = ArticlePageFactory(
        parent=lantern,
        title="Prêter une sono",
        categories=[CategoryFactory(name="Matériel")],
        typologies=[TypologyFactory(name="Témoignage")],
        partner_houses=[harbour.house],
        tags=["caution"],
        published_on="2026-03-01",
        speaker="Odile Grandjean",
        body=[("paragraph", "<p>Un carnet de <b>cent</b> pages.</p>")],
    )
    assert found("carnet") == found("Grandjean") == ["Prêter une sono"]
    document = document_of(article)
    assert document.url == article.url
    assert document.facets == {
        "kind": ["article"],
        "language": ["fr"],
        "category": ["materiel"],
        "typology": ["temoignage"],
        "tag": ["caution"],
        "house": ["la-lanterne", "le-port"],
        "department": ["90"],
        "year": ["2026"],
    }


def test_categories_and_tags_are_those_of_this_publication_not_of_the_one_before(article):
    article.categories = [CategoryFactory(name="Matériel")]
    article.tags.add("caution")
    article.save_revision().publish()
    assert found("", category="materiel") == found("", tag="caution") == ["Prêter une sono"]


def test_a_draft_is_not_found(lantern):
    ArticlePageFactory(parent=lantern, title="Brouillon secret", live=False)
    assert found("secret") == []


def test_the_newer_draft_of_a_published_article_is_not_found(article):
    article.title, article.summary = "Prêter un secret", "Mystère"
    article.save_revision()
    assert found("secret") == found("mystère") == []
    assert found("sono") == ["Prêter une sono"]


def test_an_article_withdrawn_leaves_nothing_but_its_version(article):
    before = document_of(article).version
    article.unpublish()
    document = document_of(article)
    assert found("sono") == []
    assert (document.withdrawn, document.title, document.facets) == (True, "", {})
    assert document.version > before
    assert not Posting.objects.filter(document=document).exists()
    assert not FacetEntry.objects.filter(document=document).exists()


def test_a_bare_page_unpublished_is_not_found_though_its_type_was_read_before(article):
    page = Page.objects.get(pk=article.pk)
    assert page.specific.live
    page.unpublish()
    assert found("sono") == []


def test_an_article_published_again_is_found_again_under_a_newer_version(article):
    article.unpublish()
    withdrawn = document_of(article).version
    article.save_revision().publish()
    assert found("sono") == ["Prêter une sono"]
    assert document_of(article).version > withdrawn


def test_an_article_deleted_is_not_found(article):
    pk = article.pk
    article.delete()
    assert found("sono") == []
    assert SearchDocument.objects.get(pk=pk).withdrawn


def test_a_restricted_draft_can_be_deleted(lantern):
    draft = restricted(ArticlePageFactory(parent=lantern, live=False))
    draft.delete()
    assert not Page.objects.filter(pk=draft.pk).exists()


def test_a_house_deleted_takes_its_articles_out(article, lantern):
    Page.objects.get(pk=lantern.pk).delete()
    assert found("sono") == []


def test_a_scheduled_article_is_found_once_its_time_has_come(lantern):
    article = ArticlePageFactory(parent=lantern, title="Prêter une sono", live=False)
    article.go_live_at = timezone.now() + timedelta(hours=1)
    article.save_revision().publish()
    assert found("sono") == []
    article.go_live_at = timezone.now() - timedelta(minutes=1)
    revision = article.save_revision(approved_go_live_at=article.go_live_at)
    assert revision.approved_go_live_at
    call_command("publish_scheduled")
    assert found("sono") == ["Prêter une sono"]


def test_an_article_that_expires_is_not_found(article):
    ArticlePage.objects.filter(pk=article.pk).update(
        expire_at=timezone.now() - timedelta(minutes=1)
    )
    call_command("publish_scheduled")
    assert found("sono") == []


def test_what_is_rolled_back_is_not_found(lantern):
    class Interrupted(Exception):
        pass

    with pytest.raises(Interrupted), transaction.atomic():
        ArticlePageFactory(parent=lantern, title="Prêter une sono")
        raise Interrupted
    assert found("sono") == []


def test_a_moved_article_keeps_its_words_and_gets_its_new_address(article, harbour):
    article.move(harbour, pos="last-child")
    article = ArticlePage.objects.get(pk=article.pk)
    document = document_of(article)
    assert document.url == article.url
    assert found("sono", house="le-port") == ["Prêter une sono"]
    assert found("sono", house="la-lanterne") == []


def test_a_house_that_changes_its_address_changes_those_below(article, lantern):
    lantern.slug = "la-lampe"
    lantern.save_revision().publish()
    assert document_of(article).url == "/maisons/la-lampe/preter-une-sono/"


def test_a_moved_section_changes_the_addresses_below(home):
    section = PlainPageFactory(title="Aide")
    below = PlainPageFactory(title="Écrire", parent=section)
    deeper = PlainPageFactory(title="Illustrer", parent=below)
    other = PlainPageFactory(title="Réseau")
    Page.objects.get(pk=section.pk).move(other, pos="last-child")
    assert document_of(below).url == "/reseau/aide/ecrire/"
    assert document_of(deeper).url == "/reseau/aide/ecrire/illustrer/"


@pytest.mark.parametrize("kind", [PageViewRestriction.PASSWORD, PageViewRestriction.LOGIN])
def test_a_restricted_house_is_not_found_by_anybody(article, lantern, kind):
    restriction = PageViewRestriction.objects.create(
        page=lantern, restriction_type=kind, password="x"
    )
    assert found("sono") == found("lanterne") == []
    restriction.delete()
    assert found("sono") == ["Prêter une sono"]


def test_a_page_for_those_who_are_logged_in_is_found_by_them(article, outsider):
    PageViewRestriction.objects.create(page=article, restriction_type=PageViewRestriction.LOGIN)
    assert search(Request(text="sono"), outsider).total == 1
    assert search(Request(text="sono")).total == 0


def test_a_page_for_some_groups_is_found_by_their_members(article, contributor, outsider, admin):
    group = Group.objects.create(name="Comité")
    restriction = PageViewRestriction.objects.create(
        page=article, restriction_type=PageViewRestriction.GROUPS
    )
    restriction.groups.set([group])
    contributor.groups.add(group)
    assert search(Request(text="sono"), contributor).total == 1
    assert search(Request(text="sono"), admin).total == 1
    assert search(Request(text="sono"), outsider).total == 0
    assert search(Request(text="sono")).total == 0


def test_a_page_may_be_for_a_great_many_groups(article, outsider):
    groups = [Group.objects.create(name=f"Groupe {number}") for number in range(150)]
    restriction = PageViewRestriction.objects.create(
        page=article, restriction_type=PageViewRestriction.GROUPS
    )
    restriction.groups.set(groups)
    assert search(Request(text="sono"), outsider).total == 0
    outsider.groups.add(groups[-1])
    assert search(Request(text="sono"), outsider).total == 1


def test_nobody_is_in_all_of_two_groups_that_have_no_common_one(article, lantern, contributor):
    groups = [Group.objects.create(name=name) for name in ("Comité", "Bureau")]
    for page, group in zip((article, lantern), groups, strict=True):
        restriction = PageViewRestriction.objects.create(
            page=page, restriction_type=PageViewRestriction.GROUPS
        )
        restriction.groups.set([group])
    contributor.groups.add(groups[0])
    assert search(Request(text="sono"), contributor).total == 0


def test_an_article_is_found_by_the_new_name_of_its_category_at_once(lantern):
    category = CategoryFactory(name="Matériel")
    ArticlePageFactory(parent=lantern, title="Prêter une sono", categories=[category])
    category.name = "Équipement"
    category.save()
    assert found("équipement") == ["Prêter une sono"]
    assert FacetValue.objects.get(facet="category").labels == {"fr": "Équipement"}


def test_a_house_renamed_is_found_by_its_new_name_with_its_articles(article, lantern):
    lantern.house.name = "Le Phare"
    lantern.house.save()
    assert set(found("phare")) == {"Le Phare", "Prêter une sono"}
    assert found("lanterne") == []


def test_pages_of_a_language_are_found_in_that_language(article):
    english = Locale.objects.get(language_code="en")
    root = article.get_parent().get_parent()
    root.copy_for_translation(english, copy_parents=True)
    article.get_parent().copy_for_translation(english)
    translation = article.copy_for_translation(english)
    translation.title = "Lending meetings"
    translation.save_revision().publish()
    assert search(Request(text="meeting", languages=("en",))).total == 1
    assert search(Request(text="meeting")).total == 0
    assert search(Request(text="sono", languages=("en",))).total == 0


def test_a_draft_saved_asks_and_writes_nothing_in_the_search(article):
    version = document_of(article).version
    article.title = "Autre"
    with CaptureQueriesContext(connection) as asked:
        article.save_revision()
    assert not [query["sql"] for query in asked if '"search_searchdocument"' in query["sql"]]
    assert document_of(article).version == version


def test_publishing_again_without_a_change_writes_nothing(article):
    version = document_of(article).version
    article.save_revision().publish()
    assert document_of(article).version == version


def test_a_page_that_is_nothing_to_find_is_not_projected(home):
    home.save()
    assert not SearchDocument.objects.filter(pk=home.pk).exists()


def test_the_languages_not_searched_say_how_many_they_have(article):
    english = Locale.objects.get(language_code="en")
    root = article.get_parent().get_parent()
    root.copy_for_translation(english, copy_parents=True)
    article.get_parent().copy_for_translation(english)
    translation = article.copy_for_translation(english)
    translation.title = "Lending a sono"
    translation.save_revision().publish()
    languages = next(f for f in search(Request(text="sono")).facets if f.name == "language")
    assert {(c.value, c.count, c.selected) for c in languages.choices} == {
        ("fr", 1, True),
        ("en", 1, False),
    }


# What migrations make


def test_the_page_that_every_site_begins_with_is_found(network):
    page = network.pages.get()
    assert document_of(page).title == network.name
    assert FacetValue.objects.get(facet="house", value=network.slug).label == network.name


def test_pages_and_labels_that_nobody_has_saved_are_found_after_a_migration(article):
    projection.withdraw([article.pk])
    SearchDocument.objects.filter(pk=article.pk).delete()
    FacetValue.objects.filter(facet="department", value="90").update(labels={})
    publish_what_migrations_made()
    assert document_of(article).title == article.title
    assert FacetValue.objects.get(facet="department", value="90").label == "Territoire de Belfort"


def test_after_a_migration_what_is_withdrawn_stays_so(article):
    article.unpublish()
    publish_what_migrations_made()
    assert document_of(article).withdrawn


def test_a_category_is_listed_under_its_new_address(lantern):
    category = CategoryFactory(name="Matériel")
    ArticlePageFactory(parent=lantern, title="Prêter une sono", categories=[category])
    category.slug = "equipement"
    category.save()
    assert found("", category="equipement") == ["Prêter une sono"]
    assert found("", category="materiel") == []


@pytest.mark.parametrize(
    ("facet", "term", "field"),
    [
        ("category", CategoryFactory, "categories"),
        ("typology", TypologyFactory, "typologies"),
        ("tag", TagFactory, "tags"),
    ],
)
def test_a_term_deleted_no_longer_finds_what_carried_it(lantern, facet, term, field):
    term = term(name="Matériel")
    ArticlePageFactory(parent=lantern, title="Prêter une sono", **{field: [term]})
    assert found("", **{facet: term.slug}) == ["Prêter une sono"]
    type(term).objects.all().delete()
    assert found("", **{facet: term.slug}) == []
    assert found("sono") == ["Prêter une sono"]


def test_articles_follow_the_address_and_the_department_of_their_house(article, lantern, harbour):
    shared = ArticlePageFactory(parent=harbour, partner_houses=[lantern.house])
    lantern.house.slug, lantern.house.department = "phare", "25"
    lantern.house.save()
    assert set(found("", house="phare")) == {"La Lanterne", "Prêter une sono", shared.title}
    assert set(found("", department="25")) == {"La Lanterne", "Prêter une sono"}
    assert found("", department="90") == []


def test_articles_of_a_page_given_to_another_house_are_found_by_it(article, lantern):
    lantern.house = HouseFactory(name="Le Moulin", department="25")
    lantern.save()
    assert set(found("sono", house="le-moulin")) == {"Prêter une sono"}
    assert found("sono", house="la-lanterne") == []
