from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks

from portal import drafts


@hooks.register("insert_global_admin_css")
def admin_stylesheet():
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin.css"))


@hooks.register("insert_global_admin_js")
def spoken_form_script():
    return format_html('<script src="{}" defer></script>', static("js/spoken-form.js"))


@hooks.register("construct_page_chooser_queryset")
def known_pages(pages, request):
    return drafts.known_to(request.user, pages)
