"""Behind HTTPS, on PostgreSQL, with a cache and a task worker: what the environment must say is asked for."""

from portal.settings.base import *  # noqa: F403
from portal.settings.base import INSTALLED_APPS, env

SECRET_KEY = env.str("SECRET_KEY")
DATABASES = {"default": env.db_url("DATABASE_URL")}
BASE_URL = WAGTAILADMIN_BASE_URL = env.str("BASE_URL")

SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=31_536_000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True

INSTALLED_APPS += ["django_tasks_db"]
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# Pages of this site may be framed by this site: the admin previews them so.
SILENCED_SYSTEM_CHECKS = ["security.W019"]
