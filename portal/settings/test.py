"""Tests: fast password hashing, plain static files, files in a temporary folder."""

import tempfile
from pathlib import Path

from portal.settings.base import *  # noqa: F403
from portal.settings.base import DATABASES

SECRET_KEY = "tests"
DATABASES["default"]["CONN_MAX_AGE"] = 0
MEDIA_ROOT = Path(tempfile.mkdtemp(prefix="maillage-tests-"))
STORAGES["private"]["OPTIONS"]["location"] = Path(tempfile.mkdtemp(prefix="maillage-private-"))  # noqa: F405
STATIC_ROOT = tempfile.mkdtemp(prefix="maillage-tests-static-")  # nothing is collected in tests
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
IN_MEMORY = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
CACHES = {"default": IN_MEMORY, "counts": IN_MEMORY}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
SEARCH_URL = ""  # tests that need a server ask for it (tests/search/conftest.py)
STORAGES["staticfiles"] = {  # noqa: F405
    "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
}
