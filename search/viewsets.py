"""What editors say to the search, and what it tells them: the menu «Search» of the admin."""

from urllib.parse import urlencode

from django import forms
from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import CreateView
from wagtail.admin.viewsets.base import ViewSet, ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets import AdminPageChooser
from wagtail.models import Page

from search.explain import explain
from search.models import BestBet, SearchDocument, Synonyms
from search.query import LONGEST
from search.report import DAYS, frequent_searches
from search.searching import Request

NEEDED = "search.change_synonyms"


class FilledCreateView(CreateView):
    """A form that can come with what the address already says (`?words=…`)."""

    def get_initial_form_instance(self):
        known = {field.name for field in self.model._meta.fields if field.editable}
        given = {name: value for name, value in self.request.GET.items() if name in known}
        return self.model(**{name: value[:LONGEST] for name, value in given.items()})


class SynonymsViewSet(ModelViewSet):
    model = Synonyms
    icon = "resubmit"
    menu_label = _("Synonyms")
    add_view_class = FilledCreateView
    list_display = ["words", "finds", "language"]
    list_filter = ["language"]
    list_per_page = 50
    search_fields = ["words", "finds"]
    search_backend_name = None
    copy_view_enabled = False
    edit_handler = ObjectList([FieldPanel("words"), FieldPanel("finds"), FieldPanel("language")])


class BestBetForm(WagtailAdminModelForm):
    """The document is chosen as the page that it is made of."""

    page = forms.ModelChoiceField(
        label=_("Article or other page"),
        queryset=Page.objects.live(),
        widget=AdminPageChooser,
        help_text=_("What should come first. It must be online."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.document_id:
            self.initial.setdefault("page", self.instance.document_id)

    def clean_page(self):
        page = self.cleaned_data["page"]
        document = SearchDocument.objects.present().filter(pk=page.pk).first()
        if document is None:
            raise forms.ValidationError(_("Visitors cannot find this page: it is not online."))
        self.instance.document = document
        return page


class DocumentColumn(Column):
    """The title of a document, which says its language."""

    cell_template_name = "search/admin/document_cell.html"


class BestBetViewSet(ModelViewSet):
    model = BestBet
    icon = "thumbtack"
    menu_label = _("Best bets")
    add_view_class = FilledCreateView
    list_display = [
        "query",
        DocumentColumn("document", label=_("Article or other page")),
        "position",
        "language",
    ]
    list_filter = ["language"]
    list_per_page = 50
    search_fields = ["query"]
    search_backend_name = None
    copy_view_enabled = False
    edit_handler = ObjectList(
        [
            FieldPanel("query"),
            FieldPanel("page"),
            FieldRowPanel([FieldPanel("position"), FieldPanel("language")]),
        ],
        base_form_class=BestBetForm,
    )


class ExplainForm(forms.Form):
    q = forms.CharField(label=_("What is typed"), max_length=LONGEST)
    page = forms.ModelChoiceField(
        label=_("Article or other page"), queryset=Page.objects.all(), widget=AdminPageChooser
    )


class SearchMenuItem(MenuItem):
    def is_shown(self, request):
        return request.user.has_perm(NEEDED)


class EditorsViewSet(ViewSet):
    """A screen of the search for those who may change its synonyms."""

    menu_item_class = SearchMenuItem

    def get_urlpatterns(self):
        return [path("", self.guarded, name="index")]

    def guarded(self, request):
        if not request.user.has_perm(NEEDED):
            raise PermissionDenied
        return self.show(request)


class ReportViewSet(EditorsViewSet):
    """What visitors search, and what they do not find."""

    name = "search_report"
    icon = "search"
    menu_label = _("What is searched")

    def show(self, request):
        rows = frequent_searches()
        for row in rows:
            row.synonyms_url = _with(reverse("synonyms:add"), words=row.text, language=row.language)
            row.best_bet_url = _with(reverse("bestbet:add"), query=row.text, language=row.language)
        context = {
            "frequent": rows,
            "empty": sorted(
                (row for row in rows if row.without_result), key=lambda row: -row.without_result
            ),
            "days": DAYS,
        }
        return render(request, "search/admin/report.html", context)


class ExplainViewSet(EditorsViewSet):
    """Why is this article not found?"""

    name = "search_explain"
    icon = "help"
    menu_label = _("Why is it not found?")

    def show(self, request):
        form = ExplainForm(request.GET or None)
        explanation = page = None
        if form.is_valid():
            page = form.cleaned_data["page"]
            asked = Request(text=form.cleaned_data["q"], languages=(page.locale.language_code,))
            explanation = explain(asked, page.pk)
        context = {"form": form, "explanation": explanation, "page": page}
        return render(request, "search/admin/explain.html", context)


class SearchViewSetGroup(ViewSetGroup):
    menu_label = _("Visitors' search")
    menu_icon = "search"
    menu_order = 135
    add_to_admin_menu = True
    items = [
        ReportViewSet(),
        ExplainViewSet(),
        SynonymsViewSet("synonyms"),
        BestBetViewSet("bestbet"),
    ]


def _with(address: str, **values) -> str:
    return f"{address}?{urlencode(values)}"
