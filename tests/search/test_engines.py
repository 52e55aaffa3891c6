"""Whichever engine answers, the same is found, counted, seen and put in order."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser, Group
from django.utils import timezone
from wagtail.models import PageViewRestriction

from search import audience, labels, projection
from search.engines import NEWEST
from search.labels import Label
from search.models import BestBet, SearchDocument
from tests.factories import ArticlePageFactory, CategoryFactory, UserFactory, restricted

pytestmark = pytest.mark.django_db


def write(
    pk, title, body="", *, summary="", language="fr", who=audience.EVERYBODY, day=None, **facets
):
    """Project a document as a page type would."""
    document = SearchDocument(
        id=pk,
        kind="article",
        language=language,
        audience=who,
        url=f"/{pk}/",
        title=title,
        summary=summary,
        published_on=day,
        facets={"kind": ["article"], "language": [language], **facets},
    )
    document.body = body
    projection.write([document])


@pytest.fixture
def corpus():
    """Some texts, whose facets overlap."""
    write(
        1, "Prêter une sono", "Un carnet et une caution.", category=["materiel"], house=["lanterne"]
    )
    write(
        2, "Prêter un minibus", "La caution des conducteurs.", category=["materiel"], house=["port"]
    )
    write(3, "La caution solidaire", "Un prêt garanti.", category=["argent"], house=["port"])
    write(4, "Tenir un café associatif", "La buvette du dimanche.", category=["vie-locale"])
    write(5, "Accueillir les bénévoles", "Chaque personne bénévole compte.", tag=["accueil"])


# -- Words -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("minibus", ["Prêter un minibus"]),
        ("MINIBUS", ["Prêter un minibus"]),
        ("benevole", ["Accueillir les bénévoles"]),
        ("la buvette d’un dimanche", ["Tenir un café associatif"]),
        ("co-nducteurs", ["Prêter un minibus"]),
        ("minib*", ["Prêter un minibus"]),
        ('"caution des conducteurs"', ["Prêter un minibus"]),
        ('"conducteurs des caution"', []),
        ('"minibus la caution"', []),
        ("caution -minibus -sono", ["La caution solidaire"]),
        ('caution -"prêt garanti" -sono', ["Prêter un minibus"]),
        ('minibus -"la caution"', []),
        ('minibus -"conducteurs caution"', ["Prêter un minibus"]),
        ('minibus -"caution introuvable"', ["Prêter un minibus"]),
        ('sono -"et une"', []),
        ('sono -"une et"', ["Prêter une sono"]),
        ('"et une"', ["Prêter une sono"]),
        ("caution -minibus -sonos", ["La caution solidaire"]),
        ("introuvable", []),
        ("-introuvable -caution -buvette", ["Accueillir les bénévoles"]),
    ],
)
def test_words_phrases_exclusions_and_beginnings(engine, corpus, text, found):
    assert engine.titles(text) == found


def test_a_title_comes_before_a_body(engine, corpus):
    assert engine.titles("caution")[0] == "La caution solidaire"
    assert set(engine.titles("caution")) == {
        "La caution solidaire",
        "Prêter un minibus",
        "Prêter une sono",
    }


def test_a_typing_error_is_repaired(engine, corpus):
    results = engine.search("minnibus")
    assert [hit.document.pk for hit in results.hits] == [2]
    assert results.suggestion == "minibus"


def test_a_typing_error_in_the_name_of_a_category_is_repaired(engine, corpus):
    labels.name(Label("category", "vie-locale", {"fr": "Démocratie"}))
    results = engine.search("democartie")
    assert [hit.document.pk for hit in results.hits] == [4]
    assert results.suggestion == "démocratie"


def test_the_name_of_what_is_hidden_repairs_no_typing_error(engine, corpus):
    write(6, "Compte rendu", category=["secret"], who=audience.LOGGED_IN)
    labels.name(Label("category", "secret", {"fr": "Démocratie"}))
    assert engine.search("democartie").suggestion == ""
    assert engine.search("democartie", user=UserFactory()).suggestion == "démocratie"


def test_synonyms_find_each_other(engine, corpus):
    write(6, "Recruter des volontaires", "Des gens de bonne volonté.")
    assert "Accueillir les bénévoles" in engine.titles("volontaire")


def test_what_carries_a_category_is_found_by_its_name(engine, corpus):
    labels.name(Label("category", "vie-locale", {"fr": "Vie locale"}))
    assert engine.titles("vie locale") == ["Tenir un café associatif"]


@pytest.mark.parametrize("text", ["a AND (", "{!x}", "é" * 5000, "<b>", "impacts:*", "a%_\\"])
def test_any_text_is_a_query(engine, corpus, text):
    assert engine.search(text).request.text == text


@pytest.mark.parametrize("text", ['"', "-", "*", '""', "!!!", "« … »", "%_\\", "😀", "?" * 200])
def test_signs_alone_find_nothing(engine, corpus, text):
    results = engine.search(text, languages=("fr", "en"))
    assert (results.total, results.suggestion, results.relaxed) == (0, "", False)
    assert engine.search(text, filters={"category": ("materiel",)}).total == 0
    assert set(engine.counts("language", text).values()) == {0}


def test_spaces_alone_find_everything(engine, corpus):
    for text in ("", " ", "\0"):
        assert engine.search(text).total == 5


def test_a_very_long_query_is_answered(engine, corpus):
    for number in range(70):
        write(
            100 + number, f"Prêt {number}", " ".join(f"pre{chr(97 + n)}a{number}" for n in range(9))
        )
    words = " ".join(f"pre{chr(97 + number)}*" for number in range(16))
    assert engine.search(f"pr* {words}").total > 0


# -- How many of the words ---------------------------------------------------------------------------------------------


def test_two_words_are_both_asked_for_where_enough_documents_have_them(engine):
    for pk in (1, 2, 3):
        write(pk, f"Carnet de caution {pk}")
    write(4, "Carnet de bord")
    results = engine.search("carnet caution")
    assert results.total == 3
    assert not results.relaxed


def test_documents_with_fewer_words_are_let_in_where_few_have_enough(engine, corpus):
    results = engine.search("minibus caution")
    assert results.relaxed
    assert results.total == 3
    assert results.hits[0].document.title == "Prêter un minibus"


def test_filters_do_not_relax_a_query(engine):
    for pk in (1, 2, 3):
        write(pk, f"Carnet de caution {pk}", category=["argent"] if pk == 1 else ["autre"])
    write(4, "Carnet de bord", category=["argent"])
    results = engine.search("carnet caution", filters={"category": ("argent",)})
    assert results.total == 1
    assert not results.relaxed


def test_an_exact_phrase_is_never_relaxed(engine, corpus):
    results = engine.search('"prêt garanti" buvette dimanche')
    assert [hit.document.pk for hit in results.hits] == [3]


# -- Filters and counts ------------------------------------------------------------------------------------------------


def test_values_of_a_facet_add_up_and_facets_narrow_each_other(engine, corpus):
    both = {"category": ("materiel", "argent")}
    assert engine.search("caution", filters=both).total == 3
    assert engine.titles("caution", filters={**both, "house": ("lanterne",)}) == ["Prêter une sono"]


def test_counts_of_a_facet_leave_out_its_own_selection(engine, corpus):
    filters = {"category": ("materiel",)}
    assert engine.counts("category", "caution", filters=filters) == {
        "materiel": 2,
        "argent": 1,
        "vie-locale": 0,
    }
    assert engine.counts("house", "caution", filters=filters) == {"lanterne": 1, "port": 1}
    filters = {"category": ("materiel",), "house": ("port",)}
    assert engine.counts("category", "caution", filters=filters)["materiel"] == 1
    assert engine.counts("kind", "caution", filters=filters) == {"article": 1}


def test_everything_is_counted_where_nothing_is_asked(engine, corpus):
    results = engine.search()
    assert results.total == 5
    assert engine.counts("category") == {"materiel": 2, "argent": 1, "vie-locale": 1}


def test_a_value_that_does_not_exist_finds_nothing(engine, corpus):
    results = engine.search("caution", filters={"category": ("inconnue",)})
    assert (results.total, results.hits) == (0, [])
    assert (
        engine.counts("category", "caution", filters={"category": ("inconnue",)})["materiel"] == 2
    )


def test_no_value_is_cut_off(engine):
    write(1, "Beaucoup d’étiquettes", tag=[f"etiquette-{number}" for number in range(300)])
    assert len(engine.counts("tag", "étiquettes")) == 300


# -- Who sees what -----------------------------------------------------------------------------------------------------


@pytest.fixture
def audiences():
    write(1, "Trésor public", tag=["dehors"])
    write(2, "Trésor des membres", who=audience.LOGGED_IN, tag=["dedans"])


@pytest.mark.parametrize("text", ["trésor", "", "tresor*", '"tresor"', "-rien"])
def test_a_visitor_neither_finds_nor_counts_what_is_restricted(engine, audiences, text):
    assert engine.titles(text) == ["Trésor public"]
    assert engine.counts("tag", text) == {"dehors": 1}


def test_who_is_logged_in_finds_what_is_for_them(engine, audiences):
    assert len(engine.titles("trésor", UserFactory())) == 2


def test_members_of_a_group_find_what_is_for_it(engine):
    group, other = Group.objects.create(name="Conseil"), Group.objects.create(name="Autre")
    write(1, "Trésor du conseil", who=audience.of_groups([group.pk]))
    assert engine.titles("trésor", UserFactory(groups=[group])) == ["Trésor du conseil"]
    assert engine.titles("trésor", UserFactory(groups=[other])) == []
    assert engine.titles("trésor", AnonymousUser()) == []


def test_a_best_bet_stays_hidden_from_who_may_not_see_it(engine, audiences):
    BestBet.objects.create(language="fr", query="trésor", document_id=2)
    assert engine.titles("trésor") == ["Trésor public"]
    assert engine.search("trésor").total == 1


def test_a_restricted_section_is_found_by_nobody_else(engine, lantern):
    ArticlePageFactory(parent=lantern, title="Carnet de prêt")
    assert engine.titles("carnet") == ["Carnet de prêt"]
    restricted(lantern)
    assert engine.titles("carnet") == []
    PageViewRestriction.objects.all().first().delete()
    assert engine.titles("carnet") == ["Carnet de prêt"]


def test_what_is_unpublished_is_no_longer_found(engine, lantern):
    article = ArticlePageFactory(parent=lantern, title="Carnet de prêt")
    assert engine.search("carnet").total == 1
    article.unpublish()
    assert engine.search("carnet").total == 0


def test_a_changed_article_is_found_by_its_new_words_only(engine, lantern):
    category = CategoryFactory(name="Argent")
    article = ArticlePageFactory(parent=lantern, title="Carnet de prêt", categories=[category])
    assert engine.counts("category", "carnet") == {"argent": 1}
    article.title = "Registre de bord"
    article.categories.clear()
    article.save_revision().publish()
    assert engine.titles("carnet") == []
    assert engine.titles("registre") == ["Registre de bord"]
    assert engine.counts("category", "registre") == {}


# -- Order and pages ---------------------------------------------------------------------------------------------------


@pytest.fixture
def dated():
    """Ten texts, one a day, and two without a date."""
    for pk in range(1, 11):
        write(pk, f"Carnet {pk}", day=date(2020, 1, pk))
    write(11, "Carnet sans date")
    write(12, "Carnet sans date")


def test_newest_first(engine, dated):
    results = engine.search("carnet", sort=NEWEST, size=20)
    assert [hit.document.pk for hit in results.hits] == [*range(10, 0, -1), 12, 11]
    everything = engine.search(size=20)
    assert [hit.document.pk for hit in everything.hits] == [*range(10, 0, -1), 12, 11]


def test_pages_hold_everything_once(engine, dated):
    pages = [engine.search("carnet", page=page, size=5) for page in (1, 2, 3, 4)]
    assert [len(page.hits) for page in pages] == [5, 5, 2, 0]
    assert {page.total for page in pages} == {12}
    assert len({hit.document.pk for page in pages for hit in page.hits}) == 12


def test_the_last_page_that_may_be_asked_for_is_answered(engine, dated):
    assert engine.search("carnet", page=1000, size=100).hits == []


def test_what_is_recent_comes_a_little_before(engine):
    today = timezone.localdate()
    write(1, "Carnet de prêt", day=today - timedelta(days=30))
    write(2, "Carnet de prêt", day=today - timedelta(days=2000))
    write(3, "Carnet de prêt", day=today - timedelta(days=700))
    hits = engine.search("carnet").hits
    assert [hit.document.pk for hit in hits] == [1, 3, 2]
    assert hits[0].score > hits[1].score > hits[2].score


def test_words_side_by_side_come_before_words_far_apart(engine):
    far = (
        "Le conseil d’administration. "
        + "Nous avons beaucoup appris. " * 6
        + "On renouvelle le bail."
    )
    near = (
        "On renouvelle le conseil d’administration. "
        + "Nous avons beaucoup appris. " * 6
        + "Le bail."
    )
    write(1, "Une année", near)
    write(2, "Une année", far)
    results = engine.search("renouveler le conseil d'administration")
    assert [hit.document.pk for hit in results.hits] == [1, 2]
    assert results.hits[0].score > results.hits[1].score


def test_the_first_documents_are_put_in_order_together_whatever_the_page(engine):
    for number in range(1, 13):
        apart = "Et encore autre chose, sans rapport. " * (4 if number % 3 else 0)
        write(number, "Prêt", f"Un carnet. {apart}Une caution.", day=date(2020, 1, number))
    text = "carnet caution"
    whole = [hit.document.pk for hit in engine.search(text, size=12).hits]
    assert whole[:3] == [12, 9, 6]
    pages = [engine.search(text, size=5, page=page).hits for page in (1, 2, 3)]
    assert [hit.document.pk for hits in pages for hit in hits] == whole
    scores = [hit.score for hit in engine.search(text, size=12).hits]
    assert scores == sorted(scores, reverse=True)


def test_best_bets_come_first_in_their_order(engine, corpus):
    BestBet.objects.create(language="fr", query="caution", document_id=4, position=1)
    BestBet.objects.create(language="fr", query="caution", document_id=5, position=2)
    results = engine.search("cautions")
    assert [hit.document.pk for hit in results.hits][:3] == [4, 5, 3]
    assert results.total == 5
    assert engine.search("cautions", filters={"category": ("argent",)}).total == 1


def test_a_best_bet_is_not_put_first_for_who_leaves_its_words_out(engine, corpus):
    BestBet.objects.create(language="fr", query="caution", document_id=3)
    assert engine.titles("caution")[0] == "La caution solidaire"
    assert "La caution solidaire" not in engine.titles("-caution")


def test_best_bets_do_not_hide_that_little_was_found(engine, corpus):
    for position, pk in enumerate((4, 5, 1)):
        BestBet.objects.create(
            language="fr", query="minibus caution", document_id=pk, position=position
        )
    assert engine.search("minibus caution").relaxed


# -- Languages ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def bilingual():
    write(1, "Une association locale")
    write(2, "A local association", language="en")


def test_a_language_never_mixes_in_another_unless_asked(engine, bilingual):
    assert engine.titles("association") == ["Une association locale"]
    assert engine.titles("association", languages=("en",)) == ["A local association"]
    assert len(engine.titles("association", languages=("fr", "en"))) == 2
    assert engine.titles(languages=("en",)) == ["A local association"]


def test_a_phrase_is_found_in_the_language_it_is_written_in(engine, bilingual):
    write(3, "Volunteering", "A handbook for the volunteers.", language="en")
    both = ("fr", "en")
    for phrase in ("for the volunteers", "a local association", "une association"):
        assert engine.search(f'"{phrase}"', languages=both).total == 1
        assert engine.search(f'-"{phrase}"', languages=both).total == 2


def test_other_languages_are_counted(engine, bilingual):
    assert engine.counts("language", "association") == {"fr": 1, "en": 1}


def test_a_document_that_changes_language_leaves_the_first(engine, bilingual):
    assert engine.titles("association") == ["Une association locale"]
    write(1, "Another association", language="en")
    assert engine.titles("association") == []
    assert len(engine.titles("association", languages=("en",))) == 2
