"""The form of an article: what it refuses, the address it gives."""

import datetime
from unittest import mock

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from articles.models import ArticlePage
from tests.articles.pages import edit
from tests.factories import (
    ArticlePageFactory,
    TagFactory,
    article_form_data,
    put_online,
)
from tests.portal.reading import page_of, text_of


def test_a_title_of_300_characters_is_refused_with_a_message(client, contributor, lantern):
    client.force_login(contributor)
    address = reverse("wagtailadmin_pages:add", args=["articles", "articlepage", lantern.pk])
    title = "a" * 300
    response = client.post(address, article_form_data(title=title, slug="a", summary="Le texte"))
    assert response.status_code == 200
    assert "255" in str(response.context["form"].errors["title"])
    assert "255" in text_of(response)
    assert not ArticlePage.objects.exists()
    # Nothing is lost: what was typed is still in the form.
    document = page_of(response)
    assert document.select_one("[name=title]").get("value", "") == title or (
        title in document.select_one("[name=title]").text
    )
    assert "Le texte" in document.select_one("[name=summary]").text


def test_an_article_goes_online_and_offline_when_an_editor_says(client, editor, article):
    client.force_login(editor)
    article.unpublish()
    tomorrow, week = (timezone.now() + datetime.timedelta(days=days) for days in (1, 7))
    planned = {"go_live_at": f"{tomorrow:%Y-%m-%d %H:%M}", "expire_at": f"{week:%Y-%m-%d %H:%M}"}
    edit(client, article, **planned)
    put_online(article)
    call_command("publish_scheduled")
    assert client.get(article.url).status_code == 410
    for later, status in ((tomorrow, 200), (week, 410)):
        with mock.patch("django.utils.timezone.now", lambda now=later: now):
            call_command("publish_scheduled")
        assert client.get(article.url).status_code == status


@pytest.mark.parametrize("slug", ["", "le-jardin-partage"])
def test_two_articles_with_one_title_have_two_addresses(
    client, contributor, lantern, article, slug
):
    client.force_login(contributor)
    address = reverse("wagtailadmin_pages:add", args=["articles", "articlepage", lantern.pk])
    client.post(address, article_form_data(title="Le jardin partagé", slug=slug))
    slugs = set(ArticlePage.objects.values_list("slug", flat=True))
    assert slugs == {"le-jardin-partage", "le-jardin-partage-2"}


def test_the_address_of_a_draft_follows_its_title_and_gives_way(
    client, contributor, lantern, article
):
    client.force_login(contributor)
    draft = ArticlePageFactory(
        parent=lantern, title="Un titre", slug="un-titre-2", live=False, owner=contributor
    )
    for title, slug in (
        ("Le jardin partagé", "le-jardin-partage-2"),
        ("L’école du soir", "l-ecole-du-soir"),
    ):
        assert edit(client, draft, title=title).status_code == 302
        draft.refresh_from_db()
        assert draft.slug == slug
    address = reverse("wagtailadmin_pages:edit", args=[draft.pk])
    client.post(address, article_form_data(title="Le soir", slug="choisie"))
    edit(client, draft, slug="choisie", title="Le matin")
    draft.refresh_from_db()
    assert draft.slug == "choisie"


def test_an_address_that_was_public_stays_unless_a_free_one_is_given(
    client, editor, lantern, article
):
    client.force_login(editor)
    other = ArticlePageFactory(parent=lantern, title="La clé")
    edit(client, other, title="Le jardin partagé")
    assert other.get_latest_revision().content["slug"] == "la-cle"
    address = reverse("wagtailadmin_pages:edit", args=[other.pk])
    response = client.post(address, article_form_data(title="La clé", slug=article.slug))
    assert response.status_code == 200


def test_an_article_is_below_a_house_only(client, admin, home):
    client.force_login(admin)
    address = reverse("wagtailadmin_pages:add", args=["articles", "articlepage", home.pk])
    client.post(address, article_form_data())
    assert not ArticlePage.objects.exists()


def test_tags_are_made_as_they_are_typed(client, contributor, lantern):
    client.force_login(contributor)
    address = reverse("wagtailadmin_pages:add", args=["articles", "articlepage", lantern.pk])
    TagFactory(name="Énergie")
    client.post(address, article_form_data(tags="Énergie, vie locale"))
    article = ArticlePage.objects.get().get_latest_revision_as_object()
    assert {tag.name for tag in article.tags.all()} == {"Énergie", "vie locale"}


def test_a_tag_typed_in_another_spelling_is_the_same_tag(client, contributor, lantern):
    client.force_login(contributor)
    address = reverse("wagtailadmin_pages:add", args=["articles", "articlepage", lantern.pk])
    tag = TagFactory(name="Énergie")
    client.post(address, article_form_data(tags="energie"))
    article = ArticlePage.objects.get().get_latest_revision_as_object()
    assert list(article.tags.all()) == [tag]


def test_an_imported_article_is_imported_once(lantern):
    ArticlePageFactory(parent=lantern, source="essai", source_id="1")
    twin = ArticlePage(title="Deux", slug="deux", source="essai", source_id="1")
    with pytest.raises(ValidationError) as refusal:
        twin.validate_constraints()
    assert refusal.value.messages == [gettext("This article was already imported.")]


def test_a_copy_is_no_import(lantern):
    original = ArticlePageFactory(parent=lantern, source="essai", source_id="1")
    copy = original.copy(update_attrs={"slug": "copie"})
    assert (copy.source, copy.source_id) == ("", "")
