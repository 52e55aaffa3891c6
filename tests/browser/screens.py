"""Every screen of ours, told by the site itself: a new one joins by existing."""

import inspect
import json
import re
from urllib.parse import urlsplit

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse
from django.utils.translation import override
from wagtail.models import Locale, get_page_models

from articles.models import ArticlePage, Typology
from portal.models import BasePage
from tests.browser import scenery
from tests.test_consistency import LAYERS

OURS = set(LAYERS)
OUR_MODELS = {model for model in apps.get_models() if model._meta.app_label in OURS}
HOST = {"host": "127.0.0.1"}
# Those who see most first: a screen counts again for a role that is shown something else on it.
ROLES = ("admin", "editor", "lead", "contributor")
# Of Wagtail's views of our models, those that hold our fields and columns.
VIEWS_OF_A_MODEL = {"list", "index", "add", "edit"}
# Wagtail's screens that show an article as we made them, with the arguments they take.
OURS_UNDER_ANOTHER_NAME = {
    "wagtailadmin_home": [],
    "wagtailadmin_account": [],
    "wagtailadmin_pages:edit": ["page_id"],
    "wagtailadmin_pages:history": ["page_id"],
    "wagtailadmin_pages:revisions_compare": ["page_id", "earlier", "later"],
}
# What a screen is about, where its address alone does not say it.
QUERIES = {
    "/admin/consents/person/": "?name=Awa",
    "/admin/consents/person/erase/": "?name=Awa",
}
STATES = {
    "query": "/recherche/?q=partager+un+local",
    "no result": "/recherche/?q=introuvable&category=gouvernance",
    "typing error": "/recherche/?q=benevolles",
    "filtered": "/recherche/?category=gouvernance&house=la-lanterne&q=jeunes",
    "second page": "/recherche/?kind=article&page=2",
    "open filter": "/recherche/?open=tag",
    "map": "/recherche/?open=department&department=90",
    "bad filter": "/recherche/?category=inconnue&page=99",
    "missing": "/nulle-part/",
    "withdrawn": f"/{scenery.WITHDRAWN}/",
    "documents": f"/{scenery.HANDED_OUT}/",
    "closed link": "/editorial/read/nothing/",
    "unknown mail link": "/editorial/mails/nothing/",
    "unknown invitation": "/editorial/invitations/nothing/",
    "log in": "/admin/login/",
    "password lost": "/admin/password_reset/",
    "password sent": "/admin/password_reset/done/",
    **{slug: f"/{slug}/" for slug in scenery.RESTRICTIONS},
}


def tell():
    """Print as JSON: `public`, name → path; `admin`, [path, role] pairs; `nameless`, what to give a value to."""
    arguments = scenery.put_up()
    addresses, nameless = _addresses(arguments)
    told = {
        "public": _screens_for_all(addresses),
        "admin": _screens_of_roles(_admin_paths(addresses, arguments)),
        "nameless": nameless,
    }
    print(json.dumps(told))  # noqa: T201


def _admin_paths(addresses, arguments) -> list[str]:
    ours = [path for path in addresses.values() if path.startswith("/admin/")]
    others = [
        reverse(name, args=[arguments[each] for each in wanted])
        for name, wanted in OURS_UNDER_ANOTHER_NAME.items()
    ]
    return [path + QUERIES.get(path, "") for path in [*ours, *others]]


def _patterns(patterns, namespaces=()):
    """(full name, pattern) of each view of ours."""
    for pattern in patterns:
        if not isinstance(pattern, URLPattern):
            inner = (*namespaces, pattern.namespace) if pattern.namespace else namespaces
            yield from _patterns(pattern.url_patterns, inner)
        elif pattern.name and _is_ours(pattern) and not _is_told_elsewhere(pattern, namespaces):
            yield ":".join((*namespaces, pattern.name)), pattern


def _is_told_elsewhere(pattern, namespaces) -> bool:
    """Pages are told by `_pages`; PDFs are no screens, and tests/printing reads them."""
    return pattern.name == "wagtail_serve" or "printing" in namespaces


def _is_ours(pattern) -> bool:
    view = getattr(pattern.callback, "view_class", None) or inspect.unwrap(pattern.callback)
    if view.__module__.split(".")[0] in OURS:
        return True
    model = _model_of(pattern)
    return model in OUR_MODELS and pattern.name in VIEWS_OF_A_MODEL


def _model_of(pattern):
    return getattr(pattern.callback, "view_initkwargs", {}).get("model")


def _addresses(arguments) -> tuple[dict, list]:
    """Name → path of each view of ours in each language, and the names of those whose arguments nobody gave."""
    paths, nameless = {}, []
    for language, _label in settings.LANGUAGES:
        with override(language):
            for name, pattern in _patterns(get_resolver().url_patterns):
                wanted = list(pattern.pattern.regex.groupindex)
                values = [_value(pattern, each, arguments) for each in wanted]
                if None in values:
                    nameless.append(name)
                else:
                    path = reverse(name, args=values)
                    paths.setdefault(path, f"{name} {language}")
    return {name: path for path, name in paths.items()}, sorted(set(nameless))


def _value(pattern, argument, arguments):
    """What `argument` of this address may be, None where nobody knows."""
    if pattern.name in arguments:
        return arguments[pattern.name]
    if argument in arguments:
        return arguments[argument]
    model = _model_of(pattern)
    return model and model._default_manager.values_list("pk", flat=True).first()


def _screens_for_all(addresses) -> dict:
    client = Client(headers=HOST)
    views = {n: p for n, p in addresses.items() if not p.startswith("/admin/")}
    return {
        **_pages(),
        **{name: path for name, path in views.items() if _screen(client, path)},
        **STATES,
    }


def _pages() -> dict:
    """A page of each type and language; of articles, the one with the most kinds of blocks and one of each typology."""
    pages = {}
    for locale in Locale.objects.all():
        for model in get_page_models():
            if issubclass(model, BasePage):
                live = (
                    model.objects.live()
                    .filter(locale=locale)
                    .exclude(slug__in=scenery.RESTRICTIONS)
                )
                pages[f"{model.__name__} {locale}"] = max(live, key=_variety, default=None)
        for typology in Typology.objects.all():
            articles = ArticlePage.objects.live().filter(locale=locale, typologies=typology)
            pages[f"{typology.name} {locale}"] = articles.first()
    return {name: urlsplit(page.full_url).path for name, page in pages.items() if page}


def _variety(page) -> int:
    return len({block.block_type for block in getattr(page, "body", None) or []})


def _screens_of_roles(paths) -> list:
    """(path, role) of each screen, for each role that is shown something no role before it was."""
    seen, screens = {}, []
    for role in ROLES:
        client = Client(headers=HOST)
        client.force_login(get_user_model().objects.get(username=role))
        for path in dict.fromkeys(paths):
            shape = _screen(client, path)
            if shape - seen.setdefault(path, set()):
                seen[path] |= shape
                screens.append((path, role))
    return screens


def _screen(client, path) -> set:
    """What the main part of a screen is made of, as tags with their class; nothing where this is no screen."""
    response = client.get(path)
    is_page = response["Content-Type"].startswith("text/html") and response.status_code == 200
    if not is_page or b"<html" not in response.content:
        return set()
    main = re.search(r"<main.*</main>", response.content.decode(), re.DOTALL)
    return {
        "".join(each) for each in re.findall(r"<(\w+)(?:[^>]* class=(\"[^\"]*\"))?", main.group())
    }
