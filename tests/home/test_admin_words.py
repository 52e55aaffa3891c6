"""The admin speaks as the houses do, and not as the software it is made of."""

import re

import pytest
from django.urls import reverse

from tests.factories import ArticlePageFactory
from tests.portal.reading import page_of, text_of

SOFTWARE = re.compile(r"slug|snippet|fragment|workflow|wagtail|collection|\broot\b|sous-page", re.I)


@pytest.fixture
def draft(lantern, contributor):
    return ArticlePageFactory(parent=lantern, owner=contributor, live=False)


def addresses(house_page, article):
    return [
        reverse("wagtailadmin_home"),
        reverse("articles_admin:index"),
        reverse("wagtailadmin_explore", args=[house_page.pk]),
        reverse("wagtailadmin_pages:add", args=["articles", "articlepage", house_page.pk]),
        reverse("wagtailadmin_pages:edit", args=[article.pk]),
        reverse("wagtailadmin_pages:history", args=[article.pk]),
        reverse("wagtailimages:index"),
        reverse("wagtaildocs:index"),
        reverse("wagtailadmin_account"),
        reverse("exchange:paste"),
    ]


@pytest.mark.parametrize("who", ["contributor", "lead"])
def test_no_word_of_the_software_is_said_to_a_house(request, client, who, lantern, draft):
    client.force_login(request.getfixturevalue(who))
    said = {}
    for address in addresses(lantern, draft):
        response = client.get(address)
        assert response.status_code == 200, address
        words = SOFTWARE.findall(text_of(response))
        labels = page_of(response).select("[aria-label], [title], [placeholder]")
        words += SOFTWARE.findall(
            " ".join(
                tag.get(name, "")
                for tag in labels
                for name in ("aria-label", "title", "placeholder")
            )
        )
        said |= {address: words} if words else {}
    assert said == {}


def test_the_tree_begins_at_the_plan_of_the_site(client, editor):
    client.force_login(editor)
    response = client.get(reverse("wagtailadmin_explore_root"))
    assert "Plan du site" in page_of(response).h1.text
