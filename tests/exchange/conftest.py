import pytest
from django.utils import translation

LOCALE_MIDDLEWARE = "django.middleware.locale.LocaleMiddleware"


@pytest.fixture(autouse=True)
def english(settings):
    """Messages as they are in the code, whatever the catalogues say of them, in requests too."""
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if name != LOCALE_MIDDLEWARE]
    with translation.override("en"):
        yield


@pytest.fixture
def media_root(settings, tmp_path):
    """An empty folder of uploads, to see what is written in it."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.MEDIA_ROOT.mkdir()
    return settings.MEDIA_ROOT
