import pytest
from django.utils import translation

LOCALE_MIDDLEWARE = "portal.middleware.language_of_the_address"


@pytest.fixture(autouse=True)
def english():
    """Messages as they are in the code, whatever the catalogues say of them."""
    with translation.override("en"):
        yield


@pytest.fixture
def english_requests(settings):
    """The same in the screens of the admin, which speak the language of the site."""
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if name != LOCALE_MIDDLEWARE]


@pytest.fixture
def media_root(settings, tmp_path):
    """An empty folder of uploads, to see what is written in it."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.MEDIA_ROOT.mkdir()
    return settings.MEDIA_ROOT
