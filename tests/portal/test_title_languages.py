"""Screens of the admin name articles in other languages than theirs: the title says which."""

import pytest
from django.urls import reverse
from django.utils.html import escape

from portal.languages import in_its_language, mark_titles
from tests.factories import ArticlePageFactory, article_form_data, translated

TITLE = "Sharing a drill & its box"
MARKED = f'<span lang="en">{escape(TITLE)}</span>'


@pytest.fixture
def english(lantern):
    return translated(
        ArticlePageFactory(parent=lantern, title="Une perceuse pour tous"), title=TITLE
    )


def test_a_text_says_its_language_where_that_is_another_one():
    assert in_its_language("Bonjour", "fr") == "Bonjour"
    assert in_its_language("5 < 6", "en") == '<span lang="en">5 &lt; 6</span>'


def test_only_words_are_marked_and_the_longest_title_first():
    titles = {"a": "en", "a drill": "en", "une clé": "fr"}
    html = '<a href="/a/">a drill</a>, une clé'
    assert mark_titles(html, titles).startswith('<a href="/a/"><span lang="en">a drill</span></a>')
    assert "une clé</span>" not in mark_titles(html, titles)


def test_what_is_said_of_an_article_that_was_saved_says_the_language_of_its_title(
    client, admin, english
):
    client.force_login(admin)
    edit = reverse("wagtailadmin_pages:edit", args=[english.pk])
    response = client.post(edit, article_form_data(title=TITLE), follow=True)
    html = response.content.decode()
    (message,) = response.context["messages"]
    assert MARKED in message.message
    assert f"<title>\n    {escape(TITLE)}" not in html and "&lt;span" not in html


@pytest.mark.parametrize("name", ["edit", "history"])
def test_the_heading_says_it_and_the_title_of_the_window_is_words_alone(
    client, admin, english, name
):
    client.force_login(admin)
    html = client.get(reverse(f"wagtailadmin_pages:{name}", args=[english.pk])).content.decode()
    heading = html.partition("<h1")[2].partition("</h1>")[0]
    window = html.partition("<title>")[2].partition("</title>")[0]
    assert MARKED in heading
    assert escape(TITLE) in window and "<" not in window and "&lt;" not in window


def test_the_journal_says_the_language_of_each_title_that_it_names(client, admin, english):
    client.force_login(admin)
    english.title = "Lending a drill"
    english.save_revision(user=admin, log_action=True).publish()
    html = client.get(reverse("report_journal:index")).content.decode()
    assert '<span lang="en">Lending a drill</span>' in html
    assert '<span lang="fr">' not in html


def test_the_form_says_the_language_of_its_article(client, admin, english):
    client.force_login(admin)
    html = client.get(reverse("wagtailadmin_pages:edit", args=[english.pk])).content.decode()
    (field,) = [tag for tag in html.split("<") if tag.startswith("input") and 'name="title"' in tag]
    assert 'lang="en"' in field
