from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail import hooks
from wagtail.admin.widgets.button import Button
from wagtail.models import Locale, Page
from wagtail_localize import wagtail_hooks as localize
from wagtail_localize.models import Translation

from editorial.translating import changes_of
from editorial.views.translations import TranslatePageView, not_offered, save_translation

# Its own buttons are shown to those who may not use them; the texts of sources are followed without being asked.
for place in ("register_page_header_buttons", "register_page_listing_more_buttons"):
    hooks._hooks[place] = [
        (button, order)
        for button, order in hooks._hooks[place]
        if button is not localize.page_listing_more_buttons
    ]

# What of wagtail-localize would publish at once, or tell of other houses: its menu entries and addresses.
CONVERT = "localize/page/<int:page_id>/convert_to_alias/"
REPORT = "localize/reports/translations/"


@hooks.register("register_admin_urls", order=-1)
def translation_urls():
    """The first that fits is taken: these come before those of wagtail-localize."""
    return [
        path("localize/submit/page/<int:page_id>/", TranslatePageView.as_view()),
        path("localize/update/<int:translation_source_id>/", not_offered),
        path(CONVERT, not_offered),
        path(REPORT, not_offered),
        path(f"{REPORT}results/", not_offered),
        path("translation/<int:page_id>/", save_translation, name="editorial_translation"),
    ]


@hooks.register("construct_reports_menu", order=1000)
def our_reports_of_translations(request, items):
    theirs = reverse("wagtail_localize:translations_report")
    items[:] = [item for item in items if item.url != theirs]


@hooks.register("construct_page_action_menu")
def no_mirror(items, request, context):
    items[:] = [item for item in items if item.name != "localize-convert-to-alias"]


@hooks.register("register_page_header_buttons")
def translation_buttons(page, user, view_name, next_url=None):
    """From the editor of a text to its translations: how each stands, or where it is begun."""
    if view_name != "edit" or page.alias_of_id or not page.permissions_for_user(user).can_edit():
        return
    others = {
        other.locale_id: other
        for other in Page.objects.filter(translation_key=page.translation_key, alias_of=None)
    }
    states = _states(page)
    for locale in Locale.objects.exclude(pk=page.locale_id):
        other, language = others.get(locale.pk), locale.get_display_name()
        if locale.pk in states and other:
            label = _("%(language)s: %(state)s") % {
                "language": language,
                "state": states[locale.pk],
            }
            address = reverse("wagtailadmin_pages:edit", args=[other.pk])
        elif other is None and user.has_perm("wagtail_localize.submit_translation"):
            label = _("Translate into %(language)s") % {"language": language}
            address = reverse("wagtail_localize:submit_page_translation", args=[page.pk])
            address += f"?select_locale={locale.language_code}"
        else:
            continue
        yield Button(label, address, icon_name="wagtail-localize-language", priority=60)


def _states(page: Page) -> dict[int, str]:
    """How the translations of `page` stand, in words, by their language."""
    translations = Translation.objects.filter(
        source__object=page.translation_key, source__locale=page.locale_id, enabled=True
    ).select_related("source__specific_content_type")
    changes = changes_of(translations)
    return {each.target_locale_id: in_words(len(changes[each.pk])) for each in translations}


def in_words(count: int) -> str:
    """How a translation stands that has so many passages to be looked at."""
    if not count:
        return _("up to date")
    words = ngettext("%(count)s passage to look at", "%(count)s passages to look at", count)
    return words % {"count": count}
