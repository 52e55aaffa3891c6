import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.translation import gettext

from portal.fields import TranslationsField, other_languages, translated


@pytest.fixture
def form_field():
    return TranslationsField(text_max_length=10).formfield()


def test_the_first_language_has_no_translation():
    assert [code for code, _name in other_languages()] == ["en"]


def test_a_language_added_to_the_site_is_asked_for(settings):
    settings.LANGUAGES = [("fr", "Français"), ("en", "English"), ("de", "Deutsch")]
    field = TranslationsField().formfield()
    assert field.clean(["Youth", "Jugend"]) == {"en": "Youth", "de": "Jugend"}
    assert field.widget.decompress({"de": "Jugend"}) == ["", "Jugend"]


def test_an_empty_translation_is_not_kept(form_field):
    assert form_field.clean([""]) == {}
    assert form_field.clean(["Youth"]) == {"en": "Youth"}


def test_the_form_shows_what_it_saved(form_field):
    html = form_field.widget.render("name", form_field.clean(["Youth"]))
    assert 'value="Youth"' in html
    assert 'lang="en"' in html and f'aria-label="{gettext("English")}"' in html


def test_a_new_term_has_an_empty_input(form_field):
    assert form_field.widget.decompress(None) == [""]


def test_a_translation_that_is_too_long_is_refused(form_field):
    with pytest.raises(ValidationError, match="10"):
        form_field.clean(["a" * 11])


def test_unchanged_translations_are_not_a_change(form_field):
    assert not form_field.has_changed({"en": "Youth"}, ["Youth"])
    assert form_field.has_changed({"en": "Youth"}, ["Young people"])


def test_a_text_is_read_in_the_active_language():
    with translation.override("en"):
        assert translated("Jeunesse", {"en": "Youth"}) == "Youth"
    with translation.override("fr"):
        assert translated("Jeunesse", {"en": "Youth"}) == "Jeunesse"


@pytest.mark.parametrize("translations", [{}, {"en": ""}, {"de": "Jugend"}])
def test_a_missing_translation_falls_back_to_the_first_language(translations):
    with translation.override("en"):
        assert translated("Jeunesse", translations) == "Jeunesse"


def test_a_text_is_read_where_no_language_is_active():
    with translation.override(None):
        assert translated("Jeunesse", {"en": "Youth"}) == "Jeunesse"


def test_its_label_begins_as_those_of_other_fields_do():
    assert TranslationsField("licence in words").formfield().label == "Licence in words"
