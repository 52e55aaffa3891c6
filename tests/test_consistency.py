"""Rules on the whole of the code: what each file may import, what each page type, template and migration must be."""

import ast
import re
from pathlib import Path

import django
import polib
import pytest
import wagtail
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.template.loader import get_template
from wagtail import hooks
from wagtail.models import Page, get_page_models

from portal.models import BasePage

ROOT = settings.BASE_DIR
# Each app may import those before it, never those after it.
LAYERS = ["search", "portal", "houses", "articles", "home", "editorial", "exchange"]
# The project itself, which puts the apps together.
ASSEMBLY = {"portal/urls.py", "portal/wsgi.py"}
MIGRATION_SIZE = 50_000  # bytes


def python_files():
    for app in LAYERS:
        for path in sorted((ROOT / app).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path


def imported_apps(tree) -> set[str]:
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add(node.module or "")
    return {name.split(".")[0] for name in names} & set(LAYERS)


@pytest.mark.parametrize("path", python_files(), ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_go_one_way(path):
    app = path.relative_to(ROOT).parts[0]
    if str(path.relative_to(ROOT)) in ASSEMBLY:
        return
    allowed = set(LAYERS[: LAYERS.index(app) + 1])
    assert imported_apps(ast.parse(path.read_text())) <= allowed


@pytest.mark.parametrize("path", python_files(), ids=lambda path: str(path.relative_to(ROOT)))
def test_no_import_inside_a_function(path):
    """Such an import hides a cycle. AppConfig.ready, which runs once models are loaded, is the exception."""
    for function in ast.walk(ast.parse(path.read_text())):
        if isinstance(function, ast.FunctionDef) and function.name != "ready":
            inner = [n for n in ast.walk(function) if isinstance(n, ast.Import | ast.ImportFrom)]
            assert not inner, f"{function.name} imports {ast.unparse(inner[0])}"


def our_page_models():
    return [model for model in get_page_models() if model is not Page]


@pytest.mark.parametrize("model", our_page_models(), ids=lambda model: model.__name__)
def test_page_types_are_whole(model):
    assert issubclass(model, BasePage)
    assert get_template(model.template)
    assert "parent_page_types" in vars(model) and "subpage_types" in vars(model)
    name = re.sub(r"(?<!^)(?=[A-Z])", "_", model.__name__).lower()
    assert (ROOT / "tests" / model._meta.app_label / f"test_{name}.py").exists()


@pytest.mark.parametrize(
    "model", [m for m in apps.get_models() if m._meta.app_label in LAYERS], ids=lambda m: m.__name__
)
def test_verbose_names_begin_in_lower_case(model):
    for name in (model._meta.verbose_name, model._meta.verbose_name_plural):
        assert str(name)[0].islower(), name


def test_every_template_is_used():
    templates = {
        str(path).split("/templates/", 1)[1]
        for app in LAYERS
        for path in (ROOT / app / "templates").rglob("*.html")
    }
    # Found by their name: pages by Wagtail, errors by Django, the admin's by being overridden.
    found_by_name = {model.template for model in our_page_models()} | {"404.html", "500.html"}
    found_by_name |= {
        name for name in templates if name.startswith(("wagtailadmin/", "wagtailcore/"))
    }
    sources = [
        p.read_text()
        for app in LAYERS
        for p in (ROOT / app).rglob("*")
        if p.suffix in {".py", ".html"}
    ]
    unused = {t for t in templates - found_by_name if not any(t in source for source in sources)}
    assert not unused


def test_every_icon_exists():
    icons = []
    for register in hooks.get_hooks("register_icons"):
        icons = register(icons)
    known = {Path(icon).stem for icon in icons}
    named = {
        name
        for path in python_files()
        for name in re.findall(r"icon(?:_name)? ?= ?\"([\w-]+)\"", path.read_text())
    }
    assert named - known == set()


@pytest.mark.django_db
def test_migrations_are_complete():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_migrations_stay_small():
    for app in LAYERS:
        for path in (ROOT / app / "migrations").glob("0*.py"):
            assert path.stat().st_size <= MIGRATION_SIZE, path


def catalogues():
    return sorted(Path(ROOT / "locale").glob("**/LC_MESSAGES/django.po"))


@pytest.mark.parametrize("path", catalogues(), ids=lambda path: "-".join(path.parts[-4:-2]))
def test_catalogues_are_complete_and_compiled(path):
    catalogue = polib.pofile(str(path))
    assert not [entry.msgid for entry in catalogue.untranslated_entries()]
    assert not [entry.msgid for entry in catalogue.fuzzy_entries()]
    compiled = polib.mofile(str(path.with_suffix(".mo")))
    wanted = {e.msgid: (e.msgstr, e.msgstr_plural) for e in catalogue if not e.obsolete}
    assert {e.msgid: (e.msgstr, e.msgstr_plural) for e in compiled} == wanted


def test_the_words_put_in_the_place_of_wagtails_are_still_said_by_wagtail():
    paths = [
        path
        for package in (wagtail, django)
        for path in Path(package.__file__).parent.glob("**/locale/fr/LC_MESSAGES/django.po")
    ]
    said = {(e.msgctxt, e.msgid) for path in paths for e in polib.pofile(str(path))}
    ours = polib.pofile(str(ROOT / "locale/wagtail/fr/LC_MESSAGES/django.po"))
    assert {(entry.msgctxt, entry.msgid) for entry in ours} - said == set()


def texts_of_code(path) -> set[str]:
    """The messages that a module marks for translation."""
    return {
        call.args[0].value
        for call in ast.walk(ast.parse(path.read_text()))
        if isinstance(call, ast.Call)
        and getattr(call.func, "id", "") in {"_", "gettext", "gettext_lazy", "ngettext"}
        and isinstance(call.args[0], ast.Constant)
    }


def texts_of_template(path) -> set[str]:
    return set(re.findall(r'{% translate "([^"]+)"', path.read_text()))


def test_every_text_is_in_the_catalogue():
    known = {entry.msgid for entry in polib.pofile(str(catalogues()[0])) if not entry.obsolete}
    wanted = {text for path in python_files() for text in texts_of_code(path)}
    for app in LAYERS:
        for path in (ROOT / app / "templates").rglob("*.html"):
            wanted |= texts_of_template(path)
    assert not wanted - known
