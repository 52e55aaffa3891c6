"""What is published, the projection and the indices are compared, and mended."""

import pytest
from django.core.management import CommandError, call_command

from articles.models import ArticlePage, Category
from houses.departments import DEPARTMENTS
from search import outbox, projection
from search.engines import indices
from search.models import DocumentText, FacetEntry, FacetValue, Posting, Scope, SearchDocument, Term
from search.searching import Request, search
from tests.factories import ArticlePageFactory, CategoryFactory
from tests.search.conftest import make_index
from tests.search.test_engines import write

pytestmark = pytest.mark.django_db


@pytest.fixture
def article(lantern):
    return ArticlePageFactory(
        parent=lantern, title="Prêter une sono", categories=[CategoryFactory(name="Matériel")]
    )


def audited(capsys, **options):
    """What is told, and whether anything is left."""
    try:
        call_command("search_audit", **options)
    except CommandError:
        return capsys.readouterr().out, True
    return capsys.readouterr().out, False


def assert_mended(capsys, told):
    """The difference is told, then mended, then no longer told."""
    for options, is_left in (({}, True), ({"repair": True}, False)):
        output, left = audited(capsys, **options)
        assert told in output
        assert left is is_left
    output, left = audited(capsys)
    assert output == "No difference is left.\n"
    assert not left


def test_what_publishing_writes_has_no_difference(article, capsys):
    assert audited(capsys) == ("No difference is left.\n", False)


def test_a_published_page_that_is_not_in_the_projection(article, capsys):
    projection.withdraw([article.pk])
    assert_mended(capsys, f"{article.pk} Prêter une sono: published, not in the projection.")
    assert search(Request(text="sono")).total == 1


def test_a_page_that_is_projected_and_not_published(article, capsys):
    ArticlePage.objects.filter(pk=article.pk).update(live=False)
    assert_mended(capsys, f"{article.pk}: in the projection, not published.")
    assert search(Request(text="sono")).total == 0


def test_a_page_that_is_projected_otherwise_than_published(article, capsys):
    ArticlePage.objects.filter(pk=article.pk).update(title="Prêter un minibus")
    assert_mended(capsys, "Prêter un minibus: not in the projection as it is published.")
    assert search(Request(text="minibus")).total == 1


@pytest.mark.parametrize(
    "damage",
    [
        lambda pk: Posting.objects.filter(document=pk).delete(),
        lambda pk: Posting.objects.filter(document=pk).update(impact=1),
        lambda pk: FacetEntry.objects.filter(document=pk).delete(),
        lambda pk: DocumentText.objects.filter(pk=pk).update(words=" autre "),
        lambda pk: DocumentText.objects.filter(pk=pk).delete(),
    ],
    ids=["no words", "other impacts", "no facets", "other text", "no text"],
)
def test_a_document_that_is_not_indexed_as_it_should(article, capsys, damage):
    damage(article.pk)
    assert_mended(capsys, f"{article.pk}: not in the index of the database")
    results = search(Request(text="sono", filters={"category": ("materiel",)}))
    assert results.total == 1


def test_words_left_of_what_is_withdrawn(article, capsys):
    article.unpublish()
    term = Term.objects.first()
    Posting.objects.create(document_id=article.pk, term=term, impact=100)
    assert_mended(capsys, f"{article.pk}: not in the index of the database")
    assert not Posting.objects.filter(document=article.pk)


def test_words_left_of_no_document_at_all(article, capsys):
    FacetEntry.objects.create(
        document_id=5000, value=FacetValue.objects.first(), scope=Scope.objects.first()
    )
    assert_mended(capsys, "5000: not in the index of the database")
    assert not FacetEntry.objects.filter(document=5000)


def test_labels_that_are_not_what_editors_wrote(article, capsys):
    Category.objects.update(name="Prêt de matériel")
    FacetValue.objects.filter(facet="house", value="la-lanterne").delete()
    output, left = audited(capsys)
    assert left
    assert "category=materiel: not labelled as it is called." in output
    assert "house=la-lanterne: not labelled as it is called." in output
    assert_mended(capsys, "category=materiel")
    assert FacetValue.objects.get(facet="category", value="materiel").label == "Prêt de matériel"


def test_departments_have_their_names():
    named = FacetValue.objects.filter(facet="department").values_list("value", "labels")
    assert {code: labels["fr"] for code, labels in named} == DEPARTMENTS


# -- The engine --------------------------------------------------------------------------------------------------------


@pytest.fixture
def in_engine(server, article):
    outbox.send_pending()
    return article


@pytest.mark.search_server
def test_what_is_sent_has_no_difference(in_engine, capsys):
    assert audited(capsys) == ("No difference is left.\n", False)


@pytest.mark.search_server
def test_a_document_that_the_engine_lacks(in_engine, capsys):
    indices.remove(",".join(indices.of_language("fr")))
    make_index("fr")
    assert_mended(capsys, f"{in_engine.pk}: the search engine lacks it (fr).")


@pytest.mark.search_server
def test_a_document_that_the_engine_should_not_have(in_engine, capsys):
    write(5000, "Carnet")
    outbox.send_pending()
    SearchDocument.objects.filter(pk=5000).delete()
    for model in (Posting, FacetEntry):
        model.objects.filter(document=5000).delete()
    assert_mended(capsys, "5000: the search engine has it, and should not (fr).")


@pytest.mark.search_server
@pytest.mark.parametrize("version", [2, 90])
def test_a_document_that_the_engine_has_in_another_version(in_engine, capsys, version):
    """An older one: it is late. A newer one: the database comes from a copy made before."""
    SearchDocument.objects.filter(pk=in_engine.pk).update(version=50)
    outbox.send_pending()
    SearchDocument.objects.filter(pk=in_engine.pk).update(version=version)
    assert_mended(capsys, f"{in_engine.pk}: the search engine has version 50, not {version} (fr).")
    assert not SearchDocument.objects.pending()


@pytest.mark.search_server
def test_what_is_not_sent_yet_is_told(in_engine, capsys):
    in_engine.title = "Prêter un minibus"
    in_engine.save_revision().publish()
    assert_mended(capsys, "the search engine has version 1, not 2 (fr).")


def test_an_engine_that_is_down_is_told(settings, article):
    settings.SEARCH_URL = "opensearch://127.0.0.1:9"
    with pytest.raises(CommandError, match="is down"):
        call_command("search_audit")
