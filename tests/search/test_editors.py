"""What editors say to the search, and what it tells them."""

from datetime import timedelta

import pytest
from django.db import DatabaseError
from django.urls import reverse
from django.utils import timezone

from search import statistics
from search.explain import explain
from search.models import BestBet, SearchCount, Synonyms
from search.searching import Request, search
from tests.factories import ArticlePageFactory, CategoryFactory

SCREENS = ["search_report:index", "search_explain:index", "synonyms:index", "bestbet:index"]


@pytest.fixture
def sono(lantern):
    return ArticlePageFactory(parent=lantern, title="Prêter une sono", summary="La caution.")


def titles(text):
    return [hit.document.title for hit in search(Request(text=text)).hits]


@pytest.mark.parametrize("screen", SCREENS)
def test_editors_open_the_screens_of_the_search(client, editor, screen):
    client.force_login(editor)
    assert client.get(reverse(screen)).status_code == 200


@pytest.mark.parametrize("screen", SCREENS)
def test_contributors_do_not(client, contributor, screen):
    client.force_login(contributor)
    assert client.get(reverse(screen)).status_code == 302


def test_a_synonym_is_found_as_soon_as_it_is_saved(client, editor, sono):
    assert titles("bidule") == []
    client.force_login(editor)
    client.post(reverse("synonyms:add"), {"words": "bidule, sono", "finds": "", "language": "fr"})
    assert titles("bidule") == ["Prêter une sono"]
    Synonyms.objects.get(words="bidule, sono").delete()
    assert titles("bidule") == []


def test_synonyms_of_one_direction_do_not_find_back(sono, lantern):
    ArticlePageFactory(parent=lantern, title="Un bidule")
    Synonyms.objects.create(words="bidule", finds="sono")
    assert set(titles("bidule")) == {"Un bidule", "Prêter une sono"}
    assert titles("sono") == ["Prêter une sono"]


def test_an_expression_and_its_initials_find_each_other(lantern):
    Synonyms.objects.create(words="ZZT, zone de troc")
    ArticlePageFactory(parent=lantern, title="La zone de troc du quartier")
    ArticlePageFactory(parent=lantern, title="Ouvrir une ZZT")
    assert set(titles("zzt")) == set(titles("zone de troc"))
    assert len(titles("zzt")) == 2


def test_all_the_words_of_an_expression_are_needed(lantern):
    Synonyms.objects.create(words="ZZT", finds="zone de troc")
    ArticlePageFactory(parent=lantern, title="Une zone humide")
    assert titles("zzt") == []


def test_a_best_bet_comes_first_however_it_is_typed(client, editor, sono, lantern):
    other = ArticlePageFactory(parent=lantern, title="Sono, sono : la sono")
    assert titles("sono")[0] == other.title
    client.force_login(editor)
    response = client.post(
        reverse("bestbet:add"), {"query": "Sonos", "page": sono.pk, "position": 0, "language": "fr"}
    )
    assert response.status_code == 302
    assert titles("SONO") == [sono.title, other.title]
    assert titles("sono caution")[0] == sono.title


def test_a_best_bet_that_is_withdrawn_is_not_shown(sono, lantern):
    BestBet.objects.create(query="sono", document_id=sono.pk)
    sono.unpublish()
    assert titles("sono") == []


def test_a_best_bet_stays_within_the_filters(sono, lantern):
    category = CategoryFactory(name="Matériel")
    other = ArticlePageFactory(parent=lantern, title="Une sono", categories=[category])
    BestBet.objects.create(query="sono", document_id=sono.pk)
    results = search(Request(text="sono", filters={"category": (category.slug,)}))
    assert [hit.document.title for hit in results.hits] == [other.title]


def test_a_draft_cannot_be_a_best_bet(client, editor, lantern):
    draft = ArticlePageFactory(parent=lantern, title="Brouillon", live=False)
    client.force_login(editor)
    response = client.post(
        reverse("bestbet:add"), {"query": "sono", "page": draft.pk, "position": 0, "language": "fr"}
    )
    assert response.status_code == 200
    assert not BestBet.objects.exists()


def test_an_editor_reads_why_an_article_is_found(client, editor, sono):
    client.force_login(editor)
    response = client.get(reverse("search_explain:index"), {"q": "sono", "page": sono.pk})
    explanation = response.context["explanation"]
    assert (explanation.rank, explanation.total, explanation.reasons) == (1, 1, [])
    assert explanation.words[0].worth > 0


def test_the_explained_score_is_that_of_the_search(sono, lantern):
    ArticlePageFactory(parent=lantern, title="La caution")
    request = Request(text="caution sono lanterne introuvable")
    hit = next(hit for hit in search(request).hits if hit.document.pk == sono.pk)
    assert explain(request, sono.pk).score == pytest.approx(hit.score, rel=1e-3)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("caution sono bail loyer charges", "mots"),
        ('"sono prêter"', "sono preter"),
        ("caution -sono", "sono"),
    ],
)
def test_an_editor_reads_why_an_article_is_not_found(sono, lantern, text, reason):
    for number in range(3):
        ArticlePageFactory(parent=lantern, title=f"Bail, loyer et charges {number}, caution")
    explanation = explain(Request(text=text), sono.pk)
    assert explanation.rank == 0
    assert any(reason in line for line in explanation.reasons), explanation.reasons


def test_an_editor_reads_that_a_draft_cannot_be_found(lantern):
    draft = ArticlePageFactory(parent=lantern, title="Brouillon", live=False)
    explanation = explain(Request(text="brouillon"), draft.pk)
    assert explanation.document is None and len(explanation.reasons) == 1


def counted(text, total=0):
    results = search(Request(text=text))
    statistics.count(results)
    statistics.tally.write()
    return list(SearchCount.objects.values_list("text", "searches", "without_result"))


def test_searches_are_counted_by_day(sono):
    counted("Sono")
    counted("sono")
    assert counted("introuvable") == [("sono", 2, 0), ("introuvable", 1, 1)]


@pytest.mark.parametrize(
    "text", ["odile@example.org", "06 12 34 56 78", "12/03/1980", "x" * 100, "", "0612345678"]
)
def test_what_may_be_personal_is_not_counted(db, text):
    assert counted(text) == []


def test_counts_are_kept_thirteen_months(db):
    today = timezone.localdate()
    for days in (390, 400):
        SearchCount.objects.create(day=today - timedelta(days=days), language="fr", text=str(days))
    assert counted("sono") == [("390", 0, 0), ("sono", 1, 1)]


def test_counts_wait_where_the_database_cannot_take_them(db, monkeypatch):
    def busy(*args):
        raise DatabaseError("database is locked")

    statistics.count(search(Request(text="sono")))
    with monkeypatch.context() as patched:
        patched.setattr(statistics, "_add", busy)
        statistics.tally.write()
    assert not SearchCount.objects.exists()
    statistics.tally.write()
    assert SearchCount.objects.get().searches == 1


def test_the_report_leads_to_synonyms_and_best_bets(client, editor, db):
    counted("tiers-lieu")
    client.force_login(editor)
    html = client.get(reverse("search_report:index")).content.decode()
    assert f"{reverse('synonyms:add')}?words=tiers-lieu" in html
    response = client.get(reverse("synonyms:add"), {"words": "tiers-lieu"})
    assert 'value="tiers-lieu"' in response.content.decode()
