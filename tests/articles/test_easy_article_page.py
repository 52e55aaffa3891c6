"""The version of an article that is easy to read: where it is, who may see it, what happens to it with its article."""

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageLogEntry
from wagtail.test.utils.form_data import nested_form_data, streamfield

from articles.models import ArticlePage, EasyArticlePage
from editorial.bulk_actions.withdraw import LeadsTo
from editorial.closing import close_house
from editorial.moving import move_to_house
from editorial.obstacles import obstacles
from editorial.people import house_of
from search.models import SearchDocument
from tests.factories import (
    ArticlePageFactory,
    EasyArticlePageFactory,
    PictureFactory,
    put_online,
    restricted,
    stored,
)
from tests.portal.reading import links_of, page_of, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def article(lantern):
    return ArticlePageFactory(parent=lantern, title="La remise à outils", slug="remise")


@pytest.fixture
def easy(article):
    return EasyArticlePageFactory(
        parent=article,
        title="Prêter des outils",
        body=stored(
            ("heading", "Comment faire ?"),
            ("text", "On range les outils.\nOn les prête."),
            ("list", ["une tente", "une table"]),
        ),
    )


def is_found(page) -> bool:
    return SearchDocument.objects.filter(pk=page.pk).exclude(title="").exists()


def test_its_address_is_that_of_the_article_and_how_it_is_written(client, article, easy):
    assert easy.url == f"{article.url}facile-a-lire/"
    assert client.get(easy.url).status_code == 200


def test_readers_switch_both_ways(client, article, easy):
    assert easy.url in links_of(client.get(article.url))
    assert article.url in page_of(client.get(easy.url)).select_one("h1 + p a")["href"]


def test_each_line_stands_by_itself(client, easy):
    document = page_of(client.get(easy.url))
    assert document.select_one(".easy .prose h2").text == "Comment faire\u202f?"
    (text,) = document.select(".prose p")
    assert list(text.stripped_strings) == ["On range les outils.", "On les prête."]
    assert [point.text for point in document.select(".prose li")] == ["une tente", "une table"]


def test_what_was_written_is_escaped(client, article):
    harm = "<script>alert(1)</script>"
    body = stored(("heading", harm), ("text", harm), ("list", [harm]))
    easy = EasyArticlePageFactory(parent=article, title=harm, body=body)
    response = client.get(easy.url)
    assert "<script>alert" not in response.text
    assert text_of(response).count(harm) >= 4


def test_an_article_without_an_easy_version_costs_no_query_for_it(
    client, article, lantern, django_assert_max_num_queries
):
    client.get(article.url)
    with django_assert_max_num_queries(12) as captured:
        client.get(article.url)
    most = len(captured)
    EasyArticlePageFactory(parent=ArticlePageFactory(parent=lantern))
    client.get(article.url)
    with django_assert_max_num_queries(most):
        client.get(article.url)


def test_an_easy_version_takes_few_queries(client, easy, django_assert_max_num_queries):
    client.get(easy.url)
    with django_assert_max_num_queries(4):
        client.get(easy.url)


def test_a_draft_or_a_restricted_one_is_named_to_nobody(client, article):
    easy = EasyArticlePageFactory(parent=article, title="Caché", live=False)
    assert easy.slug not in client.get(article.url).text
    assert client.get(f"{article.url}facile-a-lire/").status_code == 404
    put_online(easy)
    restricted(easy)
    assert easy.slug not in client.get(article.url).text


def test_an_article_has_one_at_most_and_it_stands_nowhere_else(article, lantern, easy):
    assert not EasyArticlePage.can_create_at(article)
    assert not EasyArticlePage.can_create_at(lantern)
    assert EasyArticlePage.can_create_at(ArticlePageFactory(parent=lantern))


def test_it_is_found_as_a_kind_of_its_own(client, easy, lantern):
    document = SearchDocument.objects.get(pk=easy.pk)
    assert (document.kind, document.url) == ("easy", easy.url)
    assert document.facets["house"] == [lantern.house.slug]
    response = client.get("/recherche/?q=outils&kind=easy")
    assert easy.url in links_of(response)
    assert easy.url not in links_of(client.get("/recherche/?q=outils&kind=article"))


# With its article


def test_it_goes_offline_with_its_article_whoever_takes_it(client, article, easy):
    article.unpublish()
    assert not Page.objects.get(pk=easy.pk).live
    assert client.get(easy.url).status_code == 410
    assert not is_found(easy)
    assert PageLogEntry.objects.filter(page=easy.pk, action="wagtail.unpublish").exists()


def test_it_comes_back_with_its_article_as_it_was_and_its_draft_waits(client, article, easy):
    article.unpublish()
    draft = EasyArticlePage.objects.get(pk=easy.pk)
    draft.title = "Pas encore relu"
    draft.save_revision()
    put_online(article)
    assert client.get(easy.url).status_code == 200 and is_found(easy)
    now = EasyArticlePage.objects.get(pk=easy.pk)
    assert (now.title, now.returns_as) == ("Prêter des outils", None)
    assert now.has_unpublished_changes
    assert now.get_latest_revision_as_object().title == "Pas encore relu"


def test_taken_offline_alone_it_stays_so(article, easy):
    EasyArticlePage.objects.get(pk=easy.pk).unpublish()
    article.unpublish()
    put_online(article)
    assert not Page.objects.get(pk=easy.pk).live


def test_it_comes_and_goes_as_often_as_its_article(article, easy):
    for _time in range(2):
        ArticlePage.objects.get(pk=article.pk).unpublish()
        assert not Page.objects.get(pk=easy.pk).live
        put_online(article)
        assert Page.objects.get(pk=easy.pk).live
    EasyArticlePage.objects.get(pk=easy.pk).unpublish()
    put_online(article)
    assert not Page.objects.get(pk=easy.pk).live


def test_an_article_expires_with_it(client, article, easy):
    Page.objects.filter(pk=article.pk).update(expire_at=timezone.now())
    from_now_on = ArticlePage.objects.get(pk=article.pk)
    from_now_on.unpublish(set_expired=True)
    assert not Page.objects.get(pk=easy.pk).live


def test_it_is_withdrawn_in_bulk_with_its_article(client, editor, article, easy):
    client.force_login(editor)
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "unpublish"])
    data = {"reason": "Trop ancien.", "leads_to": LeadsTo.NOTHING.value}
    client.post(f"{address}?id={article.pk}", data)
    assert not Page.objects.filter(pk__in=[article.pk, easy.pk], live=True).exists()


def test_it_waits_for_its_article(client, lantern):
    draft = ArticlePageFactory(parent=lantern, live=False)
    easy = EasyArticlePageFactory(parent=draft, live=False)
    assert obstacles(easy.get_latest_revision().as_object())
    put_online(draft)
    assert not obstacles(easy.get_latest_revision().as_object())


def test_it_shows_nobody_whose_agreement_would_not_be_kept(easy):
    easy.picture = PictureFactory(shows_people=True)
    assert obstacles(easy)
    easy.picture = PictureFactory(shows_people=False)
    assert not obstacles(easy)


def test_published_all_the_same_it_does_not_tell_of_a_draft(client, lantern):
    draft = ArticlePageFactory(parent=lantern, title="Secret", live=False)
    easy = EasyArticlePageFactory(parent=draft, title="Facile")
    assert easy.live
    assert client.get(easy.url).status_code == 404
    assert not is_found(easy)


def test_it_moves_with_its_article_and_its_address_leads_there(
    client, admin, article, easy, harbour
):
    move_to_house([Page.objects.get(pk=article.pk)], harbour.house, admin)
    moved = EasyArticlePage.objects.get(pk=easy.pk)
    assert moved.url == f"{harbour.url}remise/facile-a-lire/"
    assert moved.get_parent().pk == article.pk
    response = client.get(easy.url)
    assert (response.status_code, response.url) == (301, moved.url)
    assert client.get(moved.url).status_code == 200
    assert house_of(moved) == harbour.house == moved.house
    document = SearchDocument.objects.get(pk=easy.pk)
    assert (document.url, document.facets["house"]) == (moved.url, [harbour.house.slug])
    assert Page.find_problems() == ([], [], [], [], [])


def test_it_goes_to_the_heir_when_the_house_closes(client, admin, article, easy, lantern, harbour):
    close_house(lantern.house, harbour.house, admin)
    moved = EasyArticlePage.objects.get(pk=easy.pk)
    assert moved.live and moved.url == f"{harbour.url}remise/facile-a-lire/"
    assert client.get(easy.url).url == moved.url
    assert Page.find_problems() == ([], [], [], [], [])


def test_it_is_deleted_with_its_article(client, article, easy):
    article.delete()
    assert not EasyArticlePage.objects.exists()
    assert client.get(easy.url).status_code == 410
    assert not is_found(easy)


def test_it_is_copied_with_its_article(client, admin, article, easy, lantern):
    copy = article.copy(
        recursive=True, update_attrs={"slug": "copie", "title": "Copie"}, keep_live=False
    )
    copied = copy.get_children().get()
    assert copied.slug == "facile-a-lire" and not copied.live
    assert copied.specific.house == lantern.house


# Writing it


def form_data(title: str, body) -> dict:
    return {"title": title, "picture_alt": "", **nested_form_data({"body": streamfield(body)})}


def test_a_contributor_writes_one_and_its_address_is_made(client, contributor, article):
    client.force_login(contributor)
    address = reverse("wagtailadmin_pages:add", args=["articles", "easyarticlepage", article.pk])
    assert client.get(address).status_code == 200
    client.post(address, form_data("Prêter", [("text", "On prête.")]))
    easy = EasyArticlePage.objects.get()
    assert (easy.slug, easy.live, easy.owner) == ("facile-a-lire", False, contributor)
    edit = reverse("wagtailadmin_pages:edit", args=[easy.pk])
    assert client.get(edit).status_code == 200


def test_an_outsider_does_not(client, outsider, article):
    client.force_login(outsider)
    address = reverse("wagtailadmin_pages:add", args=["articles", "easyarticlepage", article.pk])
    client.post(address, form_data("Intrus", [("text", "Non.")]))
    assert not EasyArticlePage.objects.exists()


def test_the_screens_of_an_easy_version_open(client, editor, easy):
    client.force_login(editor)
    for name in ("edit", "history", "usage", "copy", "delete", "view_draft"):
        assert client.get(reverse(f"wagtailadmin_pages:{name}", args=[easy.pk])).status_code == 200


def test_its_pictures_are_known(easy):
    picture = PictureFactory()
    easy.picture = picture
    assert easy.pictures() == [picture]
