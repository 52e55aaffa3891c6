"""What is put on paper, as HTML: an article, the results of a search, what a house told in a year."""

import re
from dataclasses import dataclass, replace

from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext

from articles.models import ArticlePage
from houses import emblem
from printing import qr
from search import listing
from search.feeds import in_words
from search.forms import SearchForm
from search.searching import search

MOST_RESULTS = 200
MOST_ARTICLES = 60  # of one year of a house

TEXT = re.compile(r">[^<]+")
TABLE_HEAD = re.compile(r"<thead>.*?</thead>", re.DOTALL)
# A word as long as a line may be cut here: WeasyPrint takes minutes to find where.
ENDLESS = re.compile(r"[^\s&;<>]{60}")


@dataclass(frozen=True)
class Document:
    """A document to print.

    Parameters
    ----------
    name: of the file, without its ending.
    address: where the same is read on the site.
    """

    name: str
    address: str
    html: str


def of_article(article, request) -> Document:
    address = article.get_full_url(request)
    context = {
        "title": article.title,
        "house": article.section.title,
        "description": article.description,
        "article": _text_of(article, request),
    }
    return Document(article.slug, address, _html("printing/article.html", context, request))


def of_search(request) -> Document | None:
    """Return the results of a search that anybody may see, None where nothing is found."""
    form = SearchForm(request.GET, user=AnonymousUser())
    asked = replace(form.request, page=1, size=MOST_RESULTS)
    results = search(asked, AnonymousUser())
    if not results.total:
        return None
    path = reverse("search:page") + listing.address_of(results.request)
    address = request.build_absolute_uri(path)
    context = {
        "title": in_words(results),
        "results": results,
        "qr_code": _qr_code(address),
    }
    name = gettext("results")
    return Document(name, address, _html("printing/search_list.html", context, request))


def of_year(house_page, year: int, request) -> Document | None:
    """Return what the house told in `year`, the oldest first; None where that is nothing."""
    told = ArticlePage.objects.to_serve().told_by(house_page).filter(published_on__year=year)
    articles = list(told.order_by("published_on", "page_ptr_id")[: MOST_ARTICLES + 1])
    if not articles:
        return None
    address = house_page.get_full_url(request)
    house = house_page.house
    context = {
        "title": gettext("%(house)s in %(year)s") % {"house": house.name, "year": year},
        "house": house,
        "year": year,
        "emblem": emblem.data_uri(house.emblem_seed),
        "is_cut": len(articles) > MOST_ARTICLES,
        "articles": [(article, _text_of(article, request)) for article in articles[:MOST_ARTICLES]],
        "qr_code": _qr_code(address),
    }
    name = f"{house_page.slug}-{year}"
    return Document(name, address, _html("printing/house_year.html", context, request))


def _text_of(article, request) -> str:
    """Return the article as HTML, without what is for the screen only."""
    context = article.get_context(request)
    context["qr_code"] = _qr_code(article.get_full_url(request))
    return render_to_string("printing/article_text.html", context, request)


def _qr_code(address: str) -> dict[str, str]:
    return {"src": qr.data_uri(address), "address": address}


def _html(template: str, context: dict, request) -> str:
    html = TEXT.sub(
        lambda text: ENDLESS.sub("\\g<0>\u200b", text[0]),
        render_to_string(template, context, request),
    )
    # Nothing names the column of an empty corner: as a header, it is no cell without one (PDF/UA-1, 7.5).
    html = TABLE_HEAD.sub(lambda head: head[0].replace("<td></td>", "<th></th>"), html)
    # A picture that says nothing more than the text has no words; in a tagged PDF each needs some.
    words = gettext("Illustration")
    return html.replace('alt=""', f'alt="{words}"')
