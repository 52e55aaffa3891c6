import pytest
from django.contrib.auth.models import Group
from django.db import connection, connections
from django.db.models import CharField, DateField, IntegerField
from wagtail.models import Page, PageViewRestriction

from articles.listed import cards_of, newest_keys, newest_of_house
from articles.models import ArticlePage
from articles.models.related import next_in
from portal import prepared as prepared_module
from portal.prepared import Parameter, PreparedQuery, numbered, parameters
from portal.visibility import one_reading
from tests.factories import ArticlePageFactory, CategoryFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def articles(lantern):
    days = ("2024-05-01", "2025-03-02", None)
    return [ArticlePageFactory(parent=lantern, published_on=day) for day in days]


def test_a_prepared_query_finds_what_the_query_itself_finds(articles):
    served = ArticlePage.objects.to_serve()
    prepared = PreparedQuery(served.filter(pk=Parameter("pk", IntegerField())))
    for article in articles:
        (found,) = prepared.rows(pk=article.pk)
        expected = served.get(pk=article.pk)
        told = {name: value for name, value in vars(found).items() if name != "_state"}
        assert told == {name: value for name, value in vars(expected).items() if name != "_state"}


def test_it_takes_dates_texts_and_several_values(articles):
    day = PreparedQuery(ArticlePage.objects.filter(published_on=Parameter("day", DateField())))
    assert day.rows(day=articles[1].published_on) == [articles[1]]
    by_slug = Page.objects.filter(slug__in=parameters("slug", 2, CharField())).order_by("pk")
    found = PreparedQuery(by_slug).rows(**numbered("slug", [articles[2].slug, articles[0].slug]))
    assert [page.pk for page in found] == [articles[0].pk, articles[2].pk]


def test_it_is_asked_in_one_query_each_time(articles, django_assert_num_queries):
    prepared = PreparedQuery(Page.objects.filter(pk=Parameter("pk", IntegerField())))
    with django_assert_num_queries(2):
        for article in articles[:2]:
            assert [page.pk for page in prepared.rows(pk=article.pk)] == [article.pk]


def test_it_is_asked_over_the_connection_of_who_asks(articles, monkeypatch):
    prepared = PreparedQuery(Page.objects.filter(pk=Parameter("pk", IntegerField())))
    mine, others = connections["default"], connection.copy()
    asked = []
    monkeypatch.setattr(others, "cursor", lambda: asked.append(True) or mine.cursor())
    monkeypatch.setattr(prepared_module, "connections", {"default": others})
    assert [page.pk for page in prepared.rows(pk=articles[0].pk)] == [articles[0].pk]
    assert asked == [True]


def test_lists_are_those_of_anybody_whatever_was_restricted_before(lantern, articles):
    category = CategoryFactory()
    for article in articles:
        article.categories = [category]
        article.save()
    keys, locale = [article.pk for article in articles], lantern.locale_id
    lists = [
        lambda: newest_keys(6, locale),
        lambda: list(cards_of(keys, locale)),
        lambda: newest_of_house(lantern, 6),
        lambda: next_in(category, articles[1]) or [],
    ]
    assert all(read() for read in lists)
    restriction = PageViewRestriction.objects.create(page=lantern, restriction_type="groups")
    restriction.groups.add(Group.objects.create(name="Lecteurs"))
    assert [read() for read in lists] == [[], [], [], []]
    restriction.delete()
    with one_reading():
        assert all(read() for read in lists)


def test_newest_articles_come_in_the_order_of_their_dates(lantern, articles):
    expected = [articles[1].pk, articles[0].pk, articles[2].pk]
    assert newest_keys(6, lantern.locale_id) == expected
    assert newest_keys(1, lantern.locale_id) == expected[:1]
    assert [card.pk for card in newest_of_house(lantern, 2)] == expected[:2]


def test_after_an_article_comes_the_one_before_it_in_time(articles):
    category = CategoryFactory()
    for article in articles:
        article.categories = [category]
        article.save()
    assert next_in(category, articles[1]) == articles[0]
    assert next_in(category, articles[0]) == articles[2]
    assert next_in(category, articles[2]) is None
