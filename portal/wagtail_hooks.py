from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext
from wagtail import hooks
from wagtail.admin.widgets.button import ButtonWithDropdownFromHook

from portal import drafts


@hooks.register("insert_global_admin_css")
def admin_stylesheet():
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin.css"))


@hooks.register("insert_global_admin_js")
def mending_scripts():
    scripts = ((static(f"js/{name}.js"),) for name in ("mending", "valid-markup", "spoken-form"))
    return format_html_join("", '<script src="{}" defer></script>', scripts)


@hooks.register("construct_page_listing_buttons")
def describe_by_the_title(buttons, page, user, context):
    """Have the menu of a row say whose it is by the title beside it, which says its language as a label cannot."""
    for button in buttons:
        if isinstance(button, ButtonWithDropdownFromHook):
            button.attrs["aria-label"] = gettext("Actions")
            button.described_by = f"page_{page.pk}_title"


@hooks.register("construct_page_chooser_queryset")
def known_pages(pages, request):
    return drafts.known_to(request.user, pages)
