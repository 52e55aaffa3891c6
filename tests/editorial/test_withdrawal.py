"""Every address that was public keeps answering; what never was stays unknown."""

import pytest
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from editorial.models import WithdrawnAddress
from tests.factories import ArticlePageFactory, restricted
from tests.portal.reading import links_of, meta_of, says, text_of


@pytest.fixture
def article(lantern):
    return ArticlePageFactory(parent=lantern, title="Le jardin partagé")


def answer(client, url):
    return client.get(url).status_code


def test_a_page_taken_offline_by_wagtails_own_button_says_so(client, editor, article):
    client.force_login(editor)
    client.post(reverse("wagtailadmin_pages:unpublish", args=[article.pk]))
    client.logout()
    response = client.get(article.url)
    assert response.status_code == 410
    assert says(response, "What was at this address was withdrawn.")
    assert article.title not in text_of(response)
    assert meta_of(response)["robots"] == "noindex"
    assert f"{reverse('search:page')}?kind=article" in links_of(response)


def test_a_deleted_page_says_so(client, admin, article):
    client.force_login(admin)
    client.post(reverse("wagtailadmin_pages:delete", args=[article.pk]))
    assert not Page.objects.filter(pk=article.pk).exists()
    assert answer(client, article.url) == 410


def test_all_that_was_below_a_deleted_page_says_so(client, article, lantern):
    lantern.delete()
    assert [answer(client, page.url) for page in (lantern, article)] == [410, 410]


def test_the_former_addresses_of_a_deleted_page_say_so(client, article):
    Redirect.add_redirect("/ancienne-adresse/", redirect_to=article)
    article.delete()
    assert answer(client, "/ancienne-adresse/") == 410


def test_a_page_deleted_after_it_was_withdrawn_says_so(client, article):
    article.unpublish()
    Redirect.add_redirect("/ancienne-adresse/", redirect_to=article)
    Page.objects.get(pk=article.pk).delete()
    assert answer(client, article.url) == answer(client, "/ancienne-adresse/") == 410


def test_a_draft_never_published_answers_nothing(client, lantern):
    draft = ArticlePageFactory(parent=lantern, live=False)
    assert answer(client, draft.url) == 404
    draft.delete()
    assert answer(client, draft.url) == 404


def test_what_not_everybody_could_read_answers_nothing(client, lantern):
    members_only = restricted(ArticlePageFactory(parent=lantern))
    members_only.unpublish()
    assert answer(client, members_only.url) == 404
    Page.objects.get(pk=members_only.pk).delete()
    assert answer(client, members_only.url) == 404


def test_a_page_published_again_elsewhere_is_led_to(client, article, harbour):
    article.unpublish()
    Page.objects.get(pk=article.pk).move(harbour, pos="last-child")
    Redirect.objects.all().delete()
    assert answer(client, article.url) == 410
    moved = Page.objects.get(pk=article.pk).specific
    moved.get_latest_revision().publish()
    response = client.get(article.url)
    assert (response.status_code, response.url) == (301, Page.objects.get(pk=article.pk).url)


def test_a_page_that_takes_the_address_answers(client, article, lantern):
    article.delete()
    again = ArticlePageFactory(parent=lantern, title=article.title)
    assert again.url == article.url and answer(client, article.url) == 200


def test_an_address_is_kept_once(article):
    for _time in range(2):
        page = Page.objects.get(pk=article.pk).specific
        page.unpublish()
        page.get_latest_revision().publish()
    assert WithdrawnAddress.objects.count() == 1


def test_moving_a_draft_in_the_admin_tells_nothing_of_it(client, admin, lantern, harbour):
    draft = ArticlePageFactory(parent=lantern, live=False)
    client.force_login(admin)
    address = reverse("wagtailadmin_pages:move_confirm", args=[draft.pk, harbour.pk])
    client.post(address)
    assert Page.objects.get(pk=draft.pk).is_child_of(harbour)
    assert answer(client, draft.url) == 404


def test_an_address_with_a_null_character_is_not_looked_for(client, db):
    assert answer(client, "/a%00b/") == 404
