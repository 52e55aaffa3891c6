"""Tagging many articles at once, and making several tags one."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext
from wagtail.search import index

from articles.models import ArticlePage, Tag
from search.searching import Request, search
from tests.factories import ArticlePageFactory, TagFactory
from tests.portal.reading import says, text_of


def tags_of(page):
    return {tag.name for tag in page.tags.all()}


def published_tags(page):
    return tags_of(ArticlePage.objects.get(pk=page.pk))


def draft_tags(page):
    return tags_of(ArticlePage.objects.get(pk=page.pk).get_latest_revision_as_object())


def address_of(app, model, action, objects):
    ids = "&".join(f"id={item.pk}" for item in objects)
    address = reverse("wagtail_bulk_action", args=[app, model, action])
    return f"{address}?{ids}&next=/admin/"


def tag_pages(client, pages, tags):
    address = address_of("wagtailcore", "page", "tag", pages)
    return client.post(address, {"tags": tags})


def merge(client, tags, kept):
    address = address_of("articles", "tag", "merge", tags)
    return client.post(address, {"kept": kept.pk})


@pytest.fixture
def garden(lantern):
    return ArticlePageFactory(parent=lantern, title="Le jardin", tags=[TagFactory(name="terre")])


@pytest.fixture
def boat(harbour):
    return ArticlePageFactory(parent=harbour, title="Le bateau")


# Tagging


def test_an_editor_tags_articles_of_several_houses(client, editor, garden, boat):
    client.force_login(editor)
    response = tag_pages(client, [garden, boat], "vie locale, terre,")
    assert response.status_code == 302
    assert published_tags(garden) == {"terre", "vie locale"}
    assert published_tags(boat) == {"terre", "vie locale"}
    assert "vie locale" in client.get(boat.url).text


def test_tagging_says_how_many_articles_were_tagged(client, editor, garden, boat):
    client.force_login(editor)
    tag_pages(client, [garden, boat], "mer")
    message = ngettext("%(count)d article was tagged.", "%(count)d articles were tagged.", 2)
    assert message % {"count": 2} in text_of(client.get("/admin/"))


def test_the_page_of_the_action_names_the_articles(client, editor, garden, boat):
    client.force_login(editor)
    response = client.get(address_of("wagtailcore", "page", "tag", [garden, boat]))
    assert response.status_code == 200
    assert "Le jardin" in response.text and "Le bateau" in response.text


def test_tagging_uses_the_tag_that_exists_whatever_its_spelling(client, editor, garden):
    tag = TagFactory(name="Énergie")
    client.force_login(editor)
    tag_pages(client, [garden], "energie, ENERGIE")
    assert published_tags(garden) == {"terre", "Énergie"}
    assert Tag.objects.labelled("energie").get() == tag


def test_tagging_publishes_nothing_that_waited_in_a_draft(client, editor, garden):
    garden.title = "Pas encore"
    garden.save_revision()
    client.force_login(editor)
    tag_pages(client, [garden], "mer")
    article = ArticlePage.objects.get(pk=garden.pk)
    assert article.title == "Le jardin" and published_tags(garden) == {"terre"}
    draft = article.get_latest_revision_as_object()
    assert draft.title == "Pas encore" and tags_of(draft) == {"terre", "mer"}


def test_tagging_does_not_publish_a_draft(client, editor, lantern):
    draft = ArticlePageFactory(parent=lantern, live=False)
    client.force_login(editor)
    tag_pages(client, [draft], "mer")
    assert draft_tags(draft) == {"mer"}
    assert not ArticlePage.objects.get().live


def test_what_a_lead_tags_waits_for_the_network(client, lead, garden):
    client.force_login(lead)
    tag_pages(client, [garden], "mer")
    assert draft_tags(garden) == {"terre", "mer"}
    assert published_tags(garden) == {"terre"}


@pytest.mark.parametrize("name", ["contributor", "lead", "outsider"])
def test_articles_of_other_houses_are_not_tagged(client, request, name, garden, boat):
    page = garden if name == "outsider" else boat
    client.force_login(request.getfixturevalue(name))
    before = draft_tags(page)
    tag_pages(client, [page], "intrus")
    assert draft_tags(page) == published_tags(page) == before


def test_a_contributor_does_not_tag_what_others_wrote(client, contributor, garden):
    client.force_login(contributor)
    tag_pages(client, [garden], "intrus")
    assert draft_tags(garden) == {"terre"}


def test_a_visitor_tags_nothing(client, garden):
    tag_pages(client, [garden], "intrus")
    assert draft_tags(garden) == {"terre"}


def test_a_locked_article_is_not_tagged(client, lead, editor, garden):
    """Somebody locked it to work on it: nothing may change beneath their hands."""
    garden.locked, garden.locked_by, garden.locked_at = True, editor, timezone.now()
    garden.save()
    client.force_login(lead)
    tag_pages(client, [garden], "intrus")
    assert draft_tags(garden) == {"terre"}


def test_pages_that_are_no_articles_are_left_out(client, editor, garden, lantern):
    client.force_login(editor)
    response = client.get(address_of("wagtailcore", "page", "tag", [garden, lantern]))
    assert says(response, "These cannot be tagged by you, or are not articles:")
    assert tag_pages(client, [garden, lantern], "mer").status_code == 302
    assert published_tags(garden) == {"terre", "mer"}


@pytest.mark.parametrize(
    "tags, message",
    [
        (" , ,", "Write at least one tag."),
        ("a" * 101, "A tag has 100 characters at most."),
    ],
)
def test_tags_that_are_none_are_refused_with_a_message(client, editor, garden, tags, message):
    client.force_login(editor)
    response = tag_pages(client, [garden], tags)
    assert response.status_code == 200
    assert says(response, message)
    assert draft_tags(garden) == {"terre"} and Tag.objects.count() == 1


def test_all_that_a_filtered_listing_shows_is_tagged_and_nothing_else(client, editor, garden, boat):
    """«Select all» says nothing but the filters."""
    client.force_login(editor)
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "tag"])
    house = garden.get_parent()
    client.post(f"{address}?house={house.pk}&id=all&next=/admin/", {"tags": "vue"})
    assert "vue" in published_tags(garden) and "vue" not in published_tags(boat)


def test_all_that_a_search_of_the_listing_finds_is_tagged(client, editor, garden, boat):
    index.insert_or_update_object(boat)
    client.force_login(editor)
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "tag"])
    client.post(f"{address}?q=bateau&id=all&next=/admin/", {"tags": "vue"})
    assert "vue" in published_tags(boat) and "vue" not in published_tags(garden)


# Merging


@pytest.fixture
def tags(garden):
    """The tag to keep and two others."""
    return [TagFactory(name="jardin"), Tag.objects.get(name="terre"), TagFactory(name="jardins")]


def test_merging_leaves_one_tag_on_every_article(client, editor, tags, garden, boat, lantern):
    kept, *_others = tags
    both = ArticlePageFactory(parent=lantern, tags=tags)
    client.force_login(editor)
    response = merge(client, tags, kept)
    assert response.status_code == 302
    assert list(Tag.objects.all()) == [kept]
    assert published_tags(garden) == published_tags(both) == {"jardin"}
    assert published_tags(boat) == set()
    assert client.get(garden.url).text.count("tag=jardin") == 1


def test_articles_are_found_by_the_tag_that_stays(client, editor, tags, garden):
    client.force_login(editor)
    merge(client, tags, tags[0])
    found = search(Request(filters={"tag": ("jardin",)})).hits
    assert [hit.document.title for hit in found] == ["Le jardin"]


def test_merging_says_what_was_done(client, editor, tags):
    client.force_login(editor)
    merge(client, tags, tags[0])
    message = "%(count)d tags were merged into “%(kept)s”."
    assert says(client.get("/admin/"), message, count=2, kept="jardin")


def test_the_page_of_the_merge_asks_which_tag_stays(client, editor, tags):
    client.force_login(editor)
    response = client.get(address_of("articles", "tag", "merge", tags))
    assert says(response, "This cannot be undone: choose the tag that stays.")
    assert {tag.name for tag in response.context["form"].fields["kept"].queryset} == {
        "jardin",
        "terre",
        "jardins",
    }


def test_a_draft_keeps_the_merged_tag(client, editor, tags, garden):
    kept, _terre, jardins = tags
    garden.tags.add(jardins)
    garden.title = "Pas encore"
    draft = garden.save_revision()
    client.force_login(editor)
    merge(client, tags, kept)
    assert draft_tags(garden) == {"jardin"}
    draft.refresh_from_db()
    draft.publish()
    article = ArticlePage.objects.get(pk=garden.pk)
    assert (article.title, tags_of(article)) == ("Pas encore", {"jardin"})


def test_an_article_never_published_keeps_the_merged_tag(client, editor, tags, lantern):
    draft = ArticlePageFactory(parent=lantern, live=False, tags=tags[1:])
    client.force_login(editor)
    merge(client, tags, tags[0])
    assert draft_tags(draft) == {"jardin"}


def test_a_scheduled_version_keeps_the_merged_tag(client, editor, tags, garden):
    """It is not the latest draft once somebody has gone on writing."""
    kept, _terre, jardins = tags
    garden.tags.add(jardins)
    garden.go_live_at = timezone.now() + datetime.timedelta(days=1)
    scheduled = garden.save_revision(approved_go_live_at=garden.go_live_at)
    garden.save_revision()
    client.force_login(editor)
    merge(client, tags, kept)
    scheduled.refresh_from_db()
    assert tags_of(scheduled.as_object()) == {"jardin"}


def test_merging_one_tag_does_nothing(client, editor, garden):
    tag = Tag.objects.get()
    client.force_login(editor)
    response = client.get(address_of("articles", "tag", "merge", [tag]))
    assert says(response, "Choose at least two tags to merge.")
    merge(client, [tag], tag)
    assert published_tags(garden) == {"terre"}


def test_a_tag_that_was_not_selected_is_not_the_one_to_keep(client, editor, tags, garden):
    other = TagFactory(name="ailleurs")
    client.force_login(editor)
    response = merge(client, tags, other)
    assert response.status_code == 200
    assert response.context["form"].errors["kept"]
    assert Tag.objects.count() == 4


@pytest.mark.parametrize("name", ["contributor", "lead", "outsider"])
def test_tags_are_merged_by_the_network_only(client, request, tags, garden, name):
    client.force_login(request.getfixturevalue(name))
    merge(client, tags, tags[0])
    assert Tag.objects.count() == 3
    assert published_tags(garden) == {"terre"}


def test_the_action_is_offered_in_the_listing_of_articles(client, editor, garden):
    client.force_login(editor)
    listing = client.get(reverse("articles_admin:index"))
    assert reverse("wagtail_bulk_action", args=["wagtailcore", "page", "tag"]) in listing.text
