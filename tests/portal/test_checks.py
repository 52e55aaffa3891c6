from unittest import mock

import pytest
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext, override
from wagtail.models import Page

from articles.models import ArticlePage
from portal import checks
from portal.settings.languages import languages_of


def check(*models):
    with mock.patch.object(checks, "get_page_models", return_value=[Page, *models]):
        return checks.check_page_types(None)


def page_type(*bases, **attributes):
    """A stand-in for a page class: declaring a real one would register it for every other test."""
    meta = mock.Mock(label="news.NewsPage")
    return type(
        "NewsPage", bases, {"_meta": meta, "template": "home/plain_page.html", **attributes}
    )


RULES = {"parent_page_types": [], "subpage_types": []}


@pytest.mark.django_db  # some of Wagtail's own checks read the database
def test_the_project_passes_its_checks():
    assert [error for error in run_checks() if error.id.startswith("portal.")] == []


def test_a_whole_page_type_passes():
    assert check(ArticlePage) == []


def test_a_page_type_that_does_not_extend_the_base_is_an_error():
    (error,) = check(page_type(object, **RULES))
    assert error.id == "portal.E001"
    assert "news.NewsPage" in error.msg and error.hint


def test_a_page_type_without_tree_rules_is_an_error():
    with mock.patch.object(checks, "BasePage", object):
        errors = check(page_type(object))
    assert [error.id for error in errors] == ["portal.E002", "portal.E002"]
    assert "parent_page_types" in errors[0].msg and "subpage_types" in errors[1].msg
    assert all(error.hint for error in errors)


def test_a_page_type_without_a_template_is_an_error():
    with mock.patch.object(checks, "BasePage", object):
        (error,) = check(page_type(object, **RULES, template="news/news_page.html"))
    assert error.id == "portal.E003"
    assert "news/news_page.html" in error.msg and error.hint


# Languages


def test_each_language_is_offered_once_whatever_the_spaces():
    assert [code for code, _name in languages_of("fr", [" en", "FR", "de", ""])] == [
        "fr",
        "en",
        "de",
    ]


@pytest.mark.parametrize(
    "asked, meant", [("germann", None), ("fr-xx", "fr"), ("zh-cn", "zh-hans"), ("klingon", None)]
)
def test_a_language_that_is_none_is_refused_in_words(asked, meant):
    with pytest.raises(ImproperlyConfigured, match=f"LANGUAGES names {asked}, ") as refused:
        languages_of("fr", ["en", asked])
    assert "LANGUAGES=fr,en,de" in str(refused.value)
    assert meant is None or f"Did you mean {meant}" in str(refused.value)


def test_a_language_without_a_catalogue_is_told(settings):
    settings.LANGUAGES = [*settings.LANGUAGES, ("de", "German")]
    (warning,) = checks.check_catalogues(None)
    assert warning.id == "portal.W001" and "«de»" in warning.msg and warning.hint


def test_without_a_catalogue_our_words_are_french_and_those_of_django_in_the_language():
    ours, djangos = "Go to the content", "Enter a valid email address."
    french = gettext(ours), gettext(djangos)
    with override("de"):
        assert gettext(ours) == french[0] != ours
        assert gettext(djangos) not in {french[1], djangos}
