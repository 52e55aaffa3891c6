"""A translated article is about what its source is about, and leads to what it leads to."""

import pytest

from articles.models import ArticlePage
from tests.factories import (
    ArticlePageFactory,
    CategoryFactory,
    HouseFactory,
    PictureFactory,
    TypologyFactory,
    put_online,
    see_also,
    stored,
)
from tests.translating import english, save, say, translate

pytestmark = pytest.mark.django_db


@pytest.fixture
def original(lantern):
    return ArticlePageFactory(parent=lantern, title="Une idée")


@pytest.fixture
def article(lantern, original):
    return ArticlePageFactory(
        parent=lantern,
        title="Un jardin",
        commune="Valdoie",
        department="90",
        published_on="2025-03-01",
        speaker="Awa Diallo",
        categories=[CategoryFactory(name="Jardins")],
        typologies=[TypologyFactory(name="Récit")],
        partner_houses=[HouseFactory(name="Le Port")],
        tags=["sol", "eau"],
        adapted_from=original,
        related_articles=see_also(original),
        source="ancien-site",
        source_id="12",
    )


@pytest.fixture
def translation(client, editor, article):
    return translate(client, editor, article)


def choices(article):
    article = ArticlePage.objects.get(pk=article.pk)
    names = ("categories", "typologies", "partner_houses", "tags")
    return [sorted(str(each) for each in getattr(article, name).all()) for name in names]


def test_a_translation_is_a_draft_in_its_language_below_the_page_of_the_house(
    translation, article, lantern
):
    assert not translation.live
    assert translation.locale == english()
    assert translation.house == lantern.house


def test_what_is_no_text_is_the_same_in_every_language(translation):
    assert (translation.commune, translation.department) == ("Valdoie", "90")
    assert (translation.speaker, str(translation.published_on)) == ("Awa Diallo", "2025-03-01")


def test_a_translation_of_an_imported_article_is_not_another_import_of_it(translation):
    assert (translation.source, translation.source_id) == ("", "")


def test_a_translation_is_about_what_its_source_is_about(translation, article):
    assert choices(translation) == [["Jardins"], ["Récit"], ["Le Port"], ["eau", "sol"]]
    assert choices(translation.get_latest_revision_as_object()) == choices(article)


def test_a_translation_follows_when_its_source_is_published_again(translation, article):
    article.categories, article.partner_houses = [CategoryFactory(name="Sols")], []
    article.tags.set(["terre"])
    article.save_revision().publish()
    assert choices(translation) == [["Sols"], ["Récit"], [], ["terre"]]


def test_what_is_published_of_a_translation_is_about_what_its_source_is_about(
    client, editor, translation, article
):
    say(translation)
    save(client, editor, translation)
    article.typologies = []
    article.save_revision().publish()
    # Its draft was made before.
    published = put_online(translation)
    assert published.live and published.title == "EN: Un jardin"
    assert choices(published) == [["Jardins"], [], ["Le Port"], ["eau", "sol"]]


def test_an_article_leads_to_the_original_until_this_is_translated(
    client, editor, translation, original
):
    assert translation.adapted_from == original
    in_english = translate(client, editor, original)
    say(in_english)
    save(client, editor, in_english)
    put_online(in_english)
    translation.refresh_from_db()
    assert translation.adapted_from.pk == in_english.pk


def test_an_article_leads_to_what_is_translated_already(client, editor, article, original):
    in_english = translate(client, editor, original)
    put_online(in_english)
    translation = translate(client, editor, article)
    assert translation.adapted_from.pk == in_english.pk
    assert [row.article_id for row in translation.related_articles.all()] == [in_english.pk]


def test_each_text_of_the_body_is_translated(client, editor, lantern):
    image = {"image": PictureFactory().pk, "alt_text": "Un seau", "decorative": False}
    table = {"data": [["Mois", "Eau"], ["Mai", None]], "table_caption": "Par mois"}
    body = stored(
        ("heading", {"text": "Partie", "level": "2"}),
        ("paragraph", "<p>Un <b>mot</b>.</p><ul><li>Point</li></ul>"),
        ("image", {"image": image, "caption": "Légende"}),
        ("table", table),
        ("steps", {"steps": [{"title": "Étape", "text": "<p>Comment</p>"}]}),
        ("key_figures", {"figures": [{"figure": "12", "label": "arbres"}], "source": "Nous"}),
    )
    article = ArticlePageFactory(parent=lantern, title="Tout", body=body)
    translation = translate(client, editor, article)
    say(translation)
    save(client, editor, translation)
    blocks = {block.block_type: block for block in ArticlePage.objects.get(pk=translation.pk).body}
    assert blocks["heading"].value["text"] == "EN: Partie"
    assert "EN: Un <b>mot</b>." in blocks["paragraph"].value.source
    assert "<li>EN: Point</li>" in blocks["paragraph"].value.source
    assert blocks["image"].value["image"].contextual_alt_text == "EN: Un seau"
    assert blocks["image"].value["caption"] == "EN: Légende"
    assert blocks["table"].value["data"] == [["EN: Mois", "EN: Eau"], ["EN: Mai", None]]
    assert blocks["table"].value["table_caption"] == "EN: Par mois"
    assert blocks["steps"].value["steps"][0]["title"] == "EN: Étape"
    assert blocks["key_figures"].value["figures"][0]["label"] == "EN: arbres"
