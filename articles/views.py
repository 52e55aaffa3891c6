from django.core.paginator import Paginator
from django.http import QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_safe

from articles.forms import ArticleFilterForm
from articles.models import ArticlePage
from articles.models.article import with_house_pages

PAGE_SIZE = 10


@require_safe
def article_list(request):
    """The listing of the articles that the query string keeps, newest first."""
    form = ArticleFilterForm(request.GET)
    form.is_valid()
    articles = form.filter(ArticlePage.objects.published()).newest_first()
    paginator = Paginator(articles, PAGE_SIZE)
    page = paginator.get_page(request.GET.get("page"))
    page.object_list = with_house_pages(page.object_list.for_cards())
    return render(
        request,
        "articles/article_list.html",
        {
            "form": form,
            "page_obj": page,
            "missing_page": _missing_page(request.GET, page),
            "chips": [
                (label, _without(request.GET, name, value)) for name, value, label in form.chosen()
            ],
        },
    )


def _missing_page(query: QueryDict, page) -> str:
    """Return the page number that was asked for and does not exist, as it was written."""
    asked = query.get("page", "")
    return asked if asked and asked != str(page.number) else ""


def _without(query: QueryDict, name: str, value: str) -> str:
    """Return the query string without one value of a filter, back on the first page."""
    query = query.copy()
    query.setlist(name, [other for other in query.getlist(name) if other != value])
    query.pop("page", None)
    return f"?{query.urlencode()}"
