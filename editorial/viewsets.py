from wagtail.admin.views.pages.create import AddSubpageView
from wagtail.admin.viewsets.pages import PageViewSet

from articles.models import ArticlePage, EasyArticlePage
from editorial.views.articles import (
    AddToHouseView,
    CreateArticleView,
    EditArticleView,
    RevertArticleView,
)
from editorial.views.versions import ArticleCompareView, ArticleHistoryView, ArticleVersionView


class ArticleEditorViewSet(PageViewSet):
    model = ArticlePage
    add_subpage_view_class = AddToHouseView
    add_view_class = CreateArticleView
    edit_view_class = EditArticleView
    history_view_class = ArticleHistoryView
    revisions_compare_view_class = ArticleCompareView
    revisions_view_class = ArticleVersionView
    revisions_revert_view_class = RevertArticleView


class EasyArticleEditorViewSet(ArticleEditorViewSet):
    model = EasyArticlePage
    add_subpage_view_class = AddSubpageView
