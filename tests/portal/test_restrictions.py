"""A page closed to the public is closed in each of its languages, however it comes to be."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import Locale, Page, PageViewRestriction

from portal.restrictions import restrict_translations
from search.models import SearchDocument
from tests.factories import ArticlePageFactory, PlainPageFactory, restricted, translated

PASSWORD = {"restriction_type": PageViewRestriction.PASSWORD, "password": "sesame"}


@pytest.fixture
def article(lantern):
    return ArticlePageFactory(parent=lantern, title="Le jardin")


@pytest.fixture
def garden(article):
    """The article in English."""
    return translated(article, title="The garden", slug="the-garden")


def set_privacy(client, page, **data):
    data = {"password": "", "groups": [], **data}
    return client.post(reverse("wagtailadmin_pages:set_privacy", args=[page.pk]), data)


def is_readable(client, page) -> bool:
    client.logout()
    response = client.get(page.url)
    return response.status_code == 200 and page.title in response.text


def is_found(page) -> bool:
    return SearchDocument.objects.present().filter(pk=page.pk, audience="").exists()


def test_closing_an_article_closes_its_translation(client, admin, article, garden):
    assert is_readable(client, garden) and is_found(garden)
    client.force_login(admin)
    set_privacy(client, article, **PASSWORD)
    assert not is_readable(client, garden) and not is_found(garden)


def test_closing_a_section_closes_the_translations_of_what_is_below(
    client, admin, lantern, article, garden
):
    client.force_login(admin)
    set_privacy(client, lantern, restriction_type="login")
    assert not is_readable(client, garden) and not is_found(garden)


def test_closing_a_translation_closes_its_source(client, admin, article, garden):
    client.force_login(admin)
    set_privacy(client, garden, **PASSWORD)
    assert not is_readable(client, article) and not is_found(article)


def test_it_is_closed_to_the_same_groups_and_those_alone(client, admin, article, garden):
    groups = [Group.objects.create(name=name) for name in ("Comité", "Bureau")]
    client.force_login(admin)
    for chosen in (groups, groups[:1]):
        set_privacy(client, article, restriction_type="groups", groups=[g.pk for g in chosen])
        assert set(garden.view_restrictions.get().groups.all()) == set(chosen)


def test_a_restriction_changed_is_changed_in_each_language(client, admin, article, garden):
    restricted(article)
    client.force_login(admin)
    set_privacy(client, article, **PASSWORD)
    (row,) = garden.view_restrictions.values("restriction_type", "password")
    assert row == PASSWORD
    assert article.view_restrictions.count() == 1


def test_opening_it_opens_each_language(client, admin, article, garden):
    restricted(article)
    client.force_login(admin)
    set_privacy(client, article, restriction_type="none")
    assert is_readable(client, garden) and is_found(garden)


def test_deleting_an_article_that_is_closed_opens_no_translation(client, article, garden):
    restricted(article)
    article.delete()
    assert not is_readable(client, garden) and not is_found(garden)


def test_what_is_translated_later_is_closed_as_its_source(client, article):
    restricted(article)
    assert not is_readable(client, garden := translated(article, title="The garden"))
    assert not is_found(garden)
    assert garden.view_restrictions.count() == 1


def test_a_section_closed_less_does_not_open_what_is_translated_into_it(client, lantern, article):
    """Wagtail copies no restriction where the section of the copy has one, whatever it is."""
    PageViewRestriction.objects.create(page=article, **PASSWORD)
    restricted(translated(lantern))
    garden = translated(article, title="The garden")
    assert garden.view_restrictions.get().password == PASSWORD["password"]


def test_what_moves_into_a_closed_section_closes_its_translation(client, home):
    page, closed = (PlainPageFactory(parent=home, title=title) for title in ("Ouverte", "Close"))
    english = translated(page, title="Open")
    restricted(closed)
    page.move(closed, pos="last-child")
    assert not is_readable(client, english) and not is_found(english)


def test_what_was_translated_before_is_closed_by_the_migration(client, article, garden):
    PageViewRestriction.objects.bulk_create(
        [PageViewRestriction(page=Page.objects.get(pk=article.pk), restriction_type="login")]
    )
    assert is_readable(client, garden)
    restrict_translations()
    assert not is_readable(client, garden) and not is_found(garden)


def test_the_mirror_of_an_untranslated_page_is_closed_with_it(client, lantern, article):
    mirror = article.copy_for_translation(
        Locale.objects.get(language_code="en"), copy_parents=True, alias=True
    )
    restricted(article)
    assert not is_found(mirror)
    assert mirror.view_restrictions.exists()
