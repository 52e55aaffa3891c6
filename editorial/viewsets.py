from wagtail.admin.viewsets.pages import PageViewSet

from articles.models import ArticlePage
from editorial.views.articles import (
    AddToHouseView,
    CreateArticleView,
    EditArticleView,
    RevertArticleView,
)


class ArticleEditorViewSet(PageViewSet):
    model = ArticlePage
    add_subpage_view_class = AddToHouseView
    add_view_class = CreateArticleView
    edit_view_class = EditArticleView
    revisions_revert_view_class = RevertArticleView
