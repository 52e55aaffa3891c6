from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import path
from django.utils.html import format_html
from wagtail import hooks

from editorial.views.starting import write
from editorial.viewsets import ArticleEditorViewSet, EasyArticleEditorViewSet
from editorial.writing import comparing  # noqa: F401  registers how versions are compared
from editorial.writing.crossing import tell_of_crossed_version


@hooks.register("register_admin_urls")
def writing_urls():
    return [path("write/", write, name="editorial_write")]


@hooks.register("register_admin_viewset")
def article_editor():
    return ArticleEditorViewSet("article_editor", url_prefix="article-editor")


@hooks.register("register_admin_viewset")
def easy_article_editor():
    return EasyArticleEditorViewSet("easy_article_editor", url_prefix="easy-article-editor")


@hooks.register("after_edit_page")
def tell_of_crossed_versions(request, page):
    """After a save that somebody asked for: those that the editor does by itself are refused where versions cross."""
    if request.accepts("text/html"):
        tell_of_crossed_version(request, page)


@hooks.register("insert_global_admin_js")
def kept_texts():
    return render_to_string("editorial/admin/kept_texts.html")


@hooks.register("insert_editor_js")
def writing_scripts():
    return render_to_string("editorial/admin/writing_scripts.html")


@hooks.register("insert_global_admin_css")
def writing_stylesheet():
    return format_html('<link rel="stylesheet" href="{}">', static("css/writing.css"))
