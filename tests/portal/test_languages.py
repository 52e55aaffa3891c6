import pytest
from django.core.management import call_command
from wagtail.models import Locale

pytestmark = pytest.mark.django_db


def test_each_language_of_the_settings_may_be_written_in_once_all_is_migrated():
    assert set(Locale.objects.values_list("language_code", flat=True)) == {"fr", "en"}


def test_a_language_added_to_the_settings_is_there_after_the_next_migration(settings):
    settings.WAGTAIL_CONTENT_LANGUAGES = [*settings.LANGUAGES, ("de", "Allemand")]
    settings.LANGUAGES = settings.WAGTAIL_CONTENT_LANGUAGES
    call_command("migrate", verbosity=0)
    assert Locale.objects.filter(language_code="de").exists()
