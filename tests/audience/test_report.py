"""The report of the audience: each house its own figures, the network all of them."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from audience.models import Dimension, ViewCount
from tests.factories import ArticlePageFactory

pytestmark = pytest.mark.django_db


def add(path, views, days_ago=0, dimension=Dimension.PAGE, value=""):
    day = timezone.localdate() - timedelta(days=days_ago)
    ViewCount.objects.create(day=day, path=path, dimension=dimension, value=value, views=views)


@pytest.fixture
def counts(lantern, harbour):
    article = ArticlePageFactory(parent=lantern, title="Prêter une sono")
    add(article.url, 5)
    add(article.url, 2, days_ago=10)
    add(article.url, 3, dimension=Dimension.SOURCE, value="commune.example")
    add(harbour.url, 7)
    add("/", 11)
    return article


def report(client, user, **query):
    client.force_login(user)
    return client.get(reverse("report_audience:index"), query)


def rows_of(response) -> list:
    return [(row["path"], row["total"]) for row in response.context["object_list"]]


def test_a_lead_sees_the_figures_of_their_house(client, lead, counts, lantern):
    response = report(client, lead)
    assert rows_of(response) == [(counts.url, 7)]
    assert "Prêter une sono" in response.text and "commune.example" in response.text


def test_the_network_sees_all_and_keeps_one_house(client, editor, counts, harbour):
    assert rows_of(report(client, editor)) == [("/", 11), (counts.url, 7), (harbour.url, 7)]
    kept = report(client, editor, house=harbour.house.pk)
    assert rows_of(kept) == [(harbour.url, 7)]


def test_a_lead_cannot_ask_for_another_house(client, lead, counts, harbour):
    response = report(client, lead, house=harbour.house.pk)
    assert harbour.url not in dict(rows_of(response))


@pytest.mark.parametrize("who", ["contributor", "outsider"])
def test_who_leads_no_house_has_no_report(client, who, counts, request):
    response = report(client, request.getfixturevalue(who))
    assert response.status_code == 302
    assert reverse("report_audience:index") not in client.get("/admin/").text


def test_the_period_is_chosen_and_drawn(client, editor, counts):
    response = report(client, editor, period=7)
    assert rows_of(response) == [("/", 11), (harbour_url(response), 7), (counts.url, 5)]
    bars = response.context["bars"]
    assert [bar.views for bar in bars] == [0] * 6 + [23]
    assert bars[-1].height == 140
    assert len(report(client, editor, period=91).context["bars"]) == 13


def harbour_url(response):
    return next(path for path, total in rows_of(response) if total == 7)


def test_the_report_is_exported(client, editor, counts):
    response = report(client, editor, export="csv")
    lines = b"".join(response.streaming_content).decode().splitlines()
    assert f"Prêter une sono,{counts.url},7" in lines
