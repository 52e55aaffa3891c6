from django.conf import settings
from django.core.checks import Error, Warning, register
from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from django.utils.translation import to_locale
from wagtail.models import Page, get_page_models

from portal.models import BasePage

# The language in which the texts of the code are written.
WRITTEN_IN = "en"


@register()
def check_page_types(app_configs, **kwargs):
    """What is easily forgotten in a new page type."""
    errors = []
    for model in get_page_models():
        if model is not Page:
            errors += _check_page_type(model)
    return errors


def _check_page_type(model):
    if not issubclass(model, BasePage):
        yield Error(
            f"{model._meta.label} does not extend portal.models.BasePage.",
            hint="Every page type does: breadcrumbs, sharing and publication rules are there.",
            obj=model,
            id="portal.E001",
        )
    for rule in ("parent_page_types", "subpage_types"):
        if rule not in vars(model):
            yield Error(
                f"{model._meta.label} does not say its {rule}.",
                hint="Without it, an editor could create it anywhere in the tree.",
                obj=model,
                id="portal.E002",
            )
    try:
        get_template(model.template)
    except TemplateDoesNotExist:
        yield Error(
            f"{model._meta.label} has no template {model.template}.",
            hint="The template is named after the class: ArticlePage -> article_page.html.",
            obj=model,
            id="portal.E003",
        )


@register()
def check_catalogues(app_configs, **kwargs):
    """A language added by settings alone speaks the first one's words wherever it has none of its own."""
    folder = settings.LOCALE_PATHS[0]
    for code, _name in settings.LANGUAGES:
        catalogue = folder / to_locale(code) / "LC_MESSAGES" / "django.mo"
        if code != WRITTEN_IN and not catalogue.exists():
            yield Warning(
                f"The site is offered in the language «{code}», but its own texts are not translated into it:"
                f" menus and buttons appear in «{settings.LANGUAGE_CODE}».",
                hint="docs/languages.md says how to add its catalogue.",
                id="portal.W001",
            )
