"""Categories, typologies and tags: one row in all languages."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import RequestFactory
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from articles.models import ArticlePage, Category, Tag, Typology
from articles.models.terms import listed_with_counts
from tests.factories import (
    ArticlePageFactory,
    CategoryFactory,
    TagFactory,
    TypologyFactory,
)
from tests.portal.reading import page_of, says

TAKEN = "This label exists already (capitals and accents make no difference)."
ADD = {model: f"wagtailsnippets_articles_{model}:add" for model in ("category", "typology", "tag")}


def term_data(name, **fields):
    return {
        "name": name,
        "name_translations_en": "",
        "description": "",
        "description_translations_en": "",
        "position": "0",
        "slug": "",
        **fields,
    }


def edit_address(term):
    model = term._meta.model_name
    return reverse(f"wagtailsnippets_articles_{model}:edit", args=[term.pk])


# One label, one term


@pytest.mark.parametrize("model", [Category, Typology])
@pytest.mark.parametrize("twin", ["Bénévolat", "BENEVOLAT", " benevolat ", "Be\u0301ne\u0301volat"])
def test_a_label_is_taken_once_whatever_its_spelling(db, model, twin):
    model.objects.create(name="Bénévolat")
    with pytest.raises(ValidationError) as refusal:
        model(name=twin, slug="autre").full_clean()
    assert gettext(TAKEN) in refusal.value.messages
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.create(name=twin, slug="autre")


@pytest.mark.parametrize("model", [Category, Typology])
def test_the_form_refuses_a_label_that_is_taken_with_a_message(client, editor, model):
    model.objects.create(name="Bénévolat")
    client.force_login(editor)
    response = client.post(reverse(ADD[model._meta.model_name]), term_data("benevolat"))
    assert response.status_code == 200
    assert says(response, TAKEN)
    assert model.objects.count() == 1


def test_the_form_refuses_to_rename_a_term_to_one_that_exists(client, editor):
    CategoryFactory(name="Bénévolat")
    other = CategoryFactory(name="Emploi")
    client.force_login(editor)
    response = client.post(edit_address(other), term_data("BÉNÉVOLAT", slug="emploi"))
    assert response.status_code == 200
    assert says(response, TAKEN)
    other.refresh_from_db()
    assert other.name == "Emploi"


def test_a_category_and_a_typology_may_have_one_label(db):
    CategoryFactory(name="Jeunesse")
    Typology(name="Jeunesse").full_clean()


def test_a_term_can_be_saved_again(client, editor):
    term = CategoryFactory(name="Bénévolat")
    client.force_login(editor)
    response = client.post(
        edit_address(term), term_data("Bénévolat", slug=term.slug, description="Donner du temps.")
    )
    assert response.status_code == 302
    term.refresh_from_db()
    assert term.description == "Donner du temps."


@pytest.mark.parametrize("names", [("C", "C++"), ("★", "☆"), ("Vie-locale", "Vie locale")])
def test_labels_that_give_one_address_have_an_address_each(client, editor, names):
    client.force_login(editor)
    for name in names:
        response = client.post(reverse(ADD["category"]), term_data(name))
        assert response.status_code == 302, name
    slugs = set(Category.objects.values_list("slug", flat=True))
    assert len(slugs) == 2 and "" not in slugs


def test_terms_come_in_the_order_of_the_editors(db):
    for name, position in (("Zèbre", 1), ("Âne", 2), ("Bœuf", 1)):
        CategoryFactory(name=name, position=position)
    assert [term.name for term in Category.objects.all()] == ["Bœuf", "Zèbre", "Âne"]


def test_terms_of_one_rank_are_listed_as_a_dictionary_of_the_language_does(db):
    for name, english in (("Zèbre", "Zebra"), ("Âne", "Donkey"), ("Été", "Summer"), ("Foire", "")):
        CategoryFactory(name=name, name_translations={"en": english})
    listed = {language: [term.label for term in told_in(language)] for language in ("fr", "en")}
    assert listed["fr"] == ["Âne", "Été", "Foire", "Zèbre"]
    assert listed["en"] == ["Donkey", "Foire", "Summer", "Zebra"]


def told_in(language):
    with translation.override(language):
        return listed_with_counts(Category)


def test_a_term_is_found_by_its_label_whatever_its_spelling(db):
    term = TypologyFactory(name="Compte rendu d’été")
    assert Typology.objects.labelled("COMPTE  RENDU D'ETE").get() == term


# Languages


def test_translations_are_kept_as_they_were_typed(client, editor):
    client.force_login(editor)
    data = term_data(
        "Jeunesse",
        name_translations_en="Youth & <b>kids</b>",
        description_translations_en="What the young do.",
    )
    assert client.post(reverse(ADD["category"]), data).status_code == 302
    term = Category.objects.get()
    assert term.name_translations == {"en": "Youth & <b>kids</b>"}
    assert term.description_translations == {"en": "What the young do."}
    document = page_of(client.get(edit_address(term)))
    assert document.select_one("[name=name_translations_en]")["value"] == "Youth & <b>kids</b>"
    text = document.select_one("[name=description_translations_en]").text
    assert text.strip() == "What the young do."


def test_a_translation_can_be_taken_back(client, editor):
    term = CategoryFactory(name="Jeunesse", name_translations={"en": "Youth"})
    client.force_login(editor)
    client.post(edit_address(term), term_data("Jeunesse", slug=term.slug))
    term.refresh_from_db()
    assert term.name_translations == {}


def test_a_translation_that_is_too_long_is_refused_and_not_lost(client, editor):
    client.force_login(editor)
    data = term_data("Jeunesse", name_translations_en="y" * 101)
    response = client.post(reverse(ADD["category"]), data)
    assert response.status_code == 200
    assert "100" in str(response.context["form"].errors["name_translations"])
    field = page_of(response).select_one("[name=name_translations_en]")
    assert field["value"] == "y" * 101
    assert not Category.objects.exists()


@pytest.mark.parametrize("factory", [CategoryFactory, TypologyFactory, TagFactory])
def test_a_label_is_in_the_active_language(db, factory):
    term = factory(name="Jeunesse", name_translations={"en": "Youth"})
    with translation.override("en"):
        assert term.label == "Youth"
    assert term.label == "Jeunesse"


def test_an_article_shows_its_terms_in_the_active_language(client, lantern):
    article = ArticlePageFactory(
        parent=lantern,
        categories=[CategoryFactory(name="Jeunesse", name_translations={"en": "Youth"})],
    )
    request = RequestFactory().get(article.url)
    request.user = AnonymousUser()
    with translation.override("en"):
        assert "Youth" in article.serve(request).render().text
    assert "Youth" not in client.get(article.url).text


def test_a_term_has_the_same_name_in_the_addresses_of_every_language(db):
    term = CategoryFactory(name="Jeunesse", name_translations={"en": "Youth"})
    with translation.override("en"):
        assert term.listing_url == "/en/search/?category=jeunesse"
    assert term.listing_url == "/recherche/?category=jeunesse"
    assert term.summary == ""


# Tags


def test_a_tag_renamed_keeps_its_articles_and_its_address(client, editor, lantern):
    tag = TagFactory(name="benevole")
    article = ArticlePageFactory(parent=lantern, tags=[tag])
    client.force_login(editor)
    data = {"name": "bénévolat", "name_translations_en": "", "slug": tag.slug}
    client.post(edit_address(tag), data)
    response = client.get(article.url)
    chips = page_of(response).select(".classification .chip")
    assert [(chip.text, chip["href"]) for chip in chips] == [
        ("bénévolat", "/recherche/?tag=benevole")
    ]
    assert Tag.objects.labelled("BENEVOLAT").get() == tag


def test_a_term_can_be_deleted_without_its_articles(client, editor, lantern):
    tag, category = TagFactory(), CategoryFactory()
    ArticlePageFactory(parent=lantern, tags=[tag], categories=[category])
    client.force_login(editor)
    for term in (tag, category):
        name = f"wagtailsnippets_articles_{term._meta.model_name}:delete"
        client.post(reverse(name, args=[term.pk]))
    assert not Tag.objects.exists() and not Category.objects.exists()
    assert client.get(ArticlePage.objects.get().url).status_code == 200


# Rights and counts


@pytest.mark.parametrize("name", ["contributor", "lead", "outsider"])
@pytest.mark.parametrize("model", ADD)
def test_terms_are_kept_by_the_network(client, db, request, name, model):
    client.force_login(request.getfixturevalue(name))
    assert client.post(reverse(ADD[model]), term_data("Nouveau")).status_code == 302
    term = {"category": Category, "typology": Typology, "tag": Tag}[model]
    assert not term.objects.exists()


def test_the_list_of_tags_counts_their_articles(client, editor, lantern):
    tag = TagFactory(name="terre")
    TagFactory(name="mer")
    for _number in range(2):
        ArticlePageFactory(parent=lantern, tags=[tag])
    client.force_login(editor)
    rows = page_of(client.get(reverse("wagtailsnippets_articles_tag:list"))).select("tbody tr")
    counts = [[cell.get_text(" ", strip=True) for cell in row.select("td")][-1] for row in rows]
    assert counts == ["0", "2"]


def test_counts_are_of_published_articles(lantern):
    category, typology, tag = CategoryFactory(), TypologyFactory(), TagFactory()
    terms = {"categories": [category], "typologies": [typology], "tags": [tag]}
    ArticlePageFactory(parent=lantern, **terms)
    ArticlePageFactory(parent=lantern, **terms, live=False)
    for term in (category, typology, tag):
        assert type(term).objects.with_counts().get().article_count == 1
