from django.forms import CheckboxSelectMultiple
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _
from django_filters.filters import ModelMultipleChoiceFilter
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.ui.tables.pages import (
    BulkActionsColumn,
    PageStatusColumn,
    PageTitleColumn,
    ParentPageColumn,
)
from wagtail.admin.views.pages.listing import IndexView, PageFilterSet
from wagtail.admin.viewsets.pages import PageListingViewSet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from articles.models import ArticlePage, Category, Tag, Typology
from houses.models import HousePage
from portal.languages import lang_if_other


class HouseFilter(ModelMultipleChoiceFilter):
    def get_filter_predicate(self, house_page):
        return {"path__startswith": house_page.path}


class ArticleFilterSet(PageFilterSet):
    house = HouseFilter(
        label=_("House"),
        queryset=HousePage.objects.order_by("title"),
        widget=CheckboxSelectMultiple,
    )
    typologies = ModelMultipleChoiceFilter(
        label=_("Typology"), queryset=Typology.objects.all(), widget=CheckboxSelectMultiple
    )
    categories = ModelMultipleChoiceFilter(
        label=_("Category"), queryset=Category.objects.all(), widget=CheckboxSelectMultiple
    )
    site = has_child_pages = None

    class Meta:
        model = ArticlePage
        fields = []


class TermsColumn(Column):
    """The labels of the terms of a row, on lines of their own."""

    def get_value(self, instance):
        terms = getattr(instance, self.name).all()
        labels = ((lang_if_other(term.label_language), term.label) for term in terms)
        return format_html_join("", "<div{}>{}</div>", labels)


class ArticleIndexView(IndexView):
    default_ordering = "-latest_revision_created_at"

    def get_base_queryset(self):
        return super().get_base_queryset().defer_streamfields().prefetch_related("typologies")


class ArticleListingViewSet(PageListingViewSet):
    model = ArticlePage
    index_view_class = ArticleIndexView
    filterset_class = ArticleFilterSet
    icon = "doc-full"
    menu_label = _("Articles")
    menu_order = 110
    add_to_admin_menu = True
    columns = [
        BulkActionsColumn("bulk_actions"),
        PageTitleColumn("title", label=_("Title"), sort_key="title", classname="title"),
        ParentPageColumn("parent", label=_("House")),
        TermsColumn("typologies", label=_("Typology")),
        DateColumn("published_on", label=_("Publication"), sort_key="published_on", width="12%"),
        DateColumn(
            "latest_revision_created_at",
            label=_("Updated"),
            sort_key="latest_revision_created_at",
            width="12%",
        ),
        PageStatusColumn("status", label=_("Status"), sort_key="live", width="12%"),
    ]

    def get_common_view_kwargs(self, **kwargs):
        # An article begins with the choice of a start.
        return super().get_common_view_kwargs(**{"add_url_name": "editorial_write", **kwargs})


class TermViewSet(SnippetViewSet):
    list_display = ["name", "position", "description"]
    list_per_page = 100
    ordering = ["position", "name"]
    copy_view_enabled = False


class CategoryViewSet(TermViewSet):
    model = Category
    icon = "folder-open-inverse"
    menu_label = _("Categories")


class TypologyViewSet(TermViewSet):
    model = Typology
    icon = "list-ul"
    menu_label = _("Typologies")


class TagViewSet(SnippetViewSet):
    model = Tag
    icon = "tag"
    menu_label = _("Tags")
    list_display = ["name", Column("article_count", label=_("Articles"))]
    list_per_page = 100
    copy_view_enabled = False

    def get_queryset(self, request):
        return Tag.objects.with_counts().order_by("name")


class ClassificationViewSetGroup(SnippetViewSetGroup):
    menu_label = _("Classification")
    menu_icon = "tag"
    menu_order = 130
    items = [CategoryViewSet, TypologyViewSet, TagViewSet]
