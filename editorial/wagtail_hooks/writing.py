from django.templatetags.static import static
from django.urls import path
from django.utils.html import format_html
from wagtail import hooks

from editorial.views.starting import write
from editorial.viewsets import ArticleEditorViewSet
from editorial.writing import comparing  # noqa: F401  registers how versions are compared


@hooks.register("register_admin_urls")
def writing_urls():
    return [path("write/", write, name="editorial_write")]


@hooks.register("register_admin_viewset")
def article_editor():
    return ArticleEditorViewSet("article_editor", url_prefix="article-editor")


@hooks.register("insert_editor_js")
def writing_script():
    return format_html('<script src="{}" defer></script>', static("js/writing.js"))


@hooks.register("insert_global_admin_css")
def writing_stylesheet():
    return format_html('<link rel="stylesheet" href="{}">', static("css/writing.css"))
