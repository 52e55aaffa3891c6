"""Feeds of a search, for who follows what is published on a subject: RSS, Atom and JSON Feed."""

import hashlib
import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time
from html import escape, unescape

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed
from django.utils.html import strip_tags
from django.utils.translation import get_language, gettext
from django.utils.xmlutils import SimplerXMLGenerator
from wagtail.models import Site

from search.api import with_headers
from search.engines import NEWEST
from search.forms import SearchForm
from search.searching import Hit, Results, label_of, search
from search.text import readable

ENTRIES = 30
# Of the page only: a feed has one order and one page.
LEFT_ASIDE = ("sort", "page", "size")
XHTML = "http://www.w3.org/1999/xhtml"
# Stands for the date of what has none, where one must be given: it may not change from day to day.
UNDATED = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Followed:
    """A search that somebody follows."""

    request: HttpRequest
    results: Results


class Generator(SyndicationFeed):
    """What the formats have in common: they only change where what they say does."""

    def latest_post_date(self):
        return max((item["pubdate"] for item in self.items if item["pubdate"]), default=UNDATED)


class Readable(Generator):
    """A format that a browser shows too, with a stylesheet: links that can be followed are added for it."""

    def add_root_elements(self, handler):
        super().add_root_elements(handler)
        label = gettext("See this search on the site")
        handler.addQuickElement("a", label, {"xmlns": XHTML, "href": self.feed["link"]})

    def add_item_elements(self, handler, item):
        # Readers take a description for HTML.
        text = escape(item["description"], quote=False)
        told = {"title": self.as_title(item["title"]), "description": text}
        handler.addQuickElement("a", item["title"], {"xmlns": XHTML, "href": item["link"]})
        super().add_item_elements(handler, item | told)

    @staticmethod
    def as_title(text: str) -> str:
        return text


class Rss(Readable, Rss201rev2Feed):
    def __init__(self, title, *args, **kwargs):
        super().__init__(self.as_title(title), *args, **kwargs)

    @staticmethod
    def as_title(text: str) -> str:
        """Return `text` as HTML, for which many readers take titles."""
        return escape(text, quote=False)


class Atom(Readable, Atom1Feed):
    def write(self, outfile, encoding):
        # As Django does, but for the stylesheet, which it gives to RSS only.
        handler = SimplerXMLGenerator(outfile, encoding, short_empty_elements=True)
        handler.startDocument()
        for stylesheet in self.feed["stylesheets"]:
            handler.processingInstruction("xml-stylesheet", stylesheet)
        handler.startElement("feed", self.root_attributes())
        self.add_root_elements(handler)
        self.write_items(handler)
        handler.endElement("feed")

    def add_item_elements(self, handler, item):
        super().add_item_elements(handler, item | {"updateddate": item["pubdate"] or UNDATED})


class JsonFeed(Generator):
    """JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""

    content_type = "application/feed+json; charset=utf-8"

    def write(self, outfile, encoding):
        feed = {
            "version": "https://jsonfeed.org/version/1.1",
            "title": self.feed["title"],
            "home_page_url": self.feed["link"],
            "feed_url": self.feed["feed_url"],
            "description": self.feed["description"],
            "language": self.feed["language"],
            "items": [self._item(item) for item in self.items],
        }
        json.dump(feed, outfile)

    def _item(self, item) -> dict:
        described = {
            "id": item["unique_id"],
            "url": item["link"],
            "title": item["title"],
            "content_text": item["description"],
            "tags": list(item["categories"]),
        }
        if item["author_name"]:
            described["authors"] = [{"name": item["author_name"]}]
        if item["pubdate"]:
            described["date_published"] = item["pubdate"].isoformat()
        return described


class SearchFeed(Feed):
    """The newest documents of a search, whose parameters are those of the page."""

    def __call__(self, request):
        query = request.GET.copy()
        for name in LEFT_ASIDE:
            query.pop(name, None)
        form = SearchForm(query, user=request.user)
        if refused := form.refusal(is_strict=False):
            return HttpResponseBadRequest(
                f"{refused['parameter']}: {refused['error']}",
                content_type="text/plain; charset=utf-8",
            )
        newest = replace(form.request, sort=NEWEST, page=1, size=ENTRIES)
        feed = self.get_feed(Followed(request, search(newest, request.user)), request)
        return _conditional(request, _response(request, feed))

    def title(self, followed):
        words = in_words(followed.results)
        return readable(
            render_to_string("search/feed_title.txt", {"words": words}, followed.request)
        )

    def link(self, followed):
        query = followed.request.GET.copy()
        for name in LEFT_ASIDE:
            query.pop(name, None)
        return f"{reverse('search:page')}?{query.urlencode()}".rstrip("?")

    def feed_url(self, followed):
        return followed.request.get_full_path()

    def author_name(self, followed):
        # Atom asks for an author of what has none of its own.
        return Site.find_for_request(followed.request).site_name or settings.WAGTAIL_SITE_NAME

    def description(self):
        return gettext(
            "What is published on this subject, newest first. To follow it, give the address of this page to a feed reader."
        )

    subtitle = description

    def stylesheets(self):
        return [static("css/feed.css")]

    def items(self, followed):
        return followed.results.hits

    def item_title(self, hit):
        return readable(hit.document.title)

    def item_description(self, hit):
        return readable(unescape(strip_tags(hit.excerpt)))

    def item_link(self, hit):
        return hit.document.url

    def item_guid(self, hit):
        # Stays the same when the page moves.
        return f"{settings.BASE_URL}/#{hit.document.pk}"

    item_guid_is_permalink = False

    def item_pubdate(self, hit):
        published = hit.document.published_on
        return published and datetime.combine(published, time.min)

    def item_author_name(self, hit):
        return hit.house and readable(label_of(hit.house))

    def item_categories(self, hit):
        return _labels(hit, "category", "typology", "tag")


class RssFeed(SearchFeed):
    feed_type = Rss


class AtomFeed(SearchFeed):
    feed_type = Atom


class JsonSearchFeed(SearchFeed):
    feed_type = JsonFeed


def in_words(results: Results) -> str:
    """Return what a search asks for, as one says it."""
    asked = []
    if results.request.text:
        asked.append(gettext("“%(words)s”") % {"words": results.request.text})
    for facet in results.facets:
        if facet.name == "language" and results.request.languages == (get_language(),):
            continue  # that of the address: nobody has asked for it
        if chosen := [choice.label for choice in facet.choices if choice.selected]:
            said = {"name": facet.label, "values": ", ".join(chosen)}
            asked.append(gettext("%(name)s: %(values)s") % said)
    return " · ".join(asked) or gettext("All that is published")


def _labels(hit: Hit, *facets: str) -> list[str]:
    return [readable(label_of(value)) for facet in facets for value in hit.values.get(facet, [])]


def _response(request, feed: SyndicationFeed) -> HttpResponse:
    response = HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)
    # Some browsers save what is said to be a feed where they show what is said to be XML.
    if isinstance(feed, Readable) and "text/html" in request.headers.get("Accept", ""):
        response["Content-Type"] = "application/xml; charset=utf-8"
    patch_vary_headers(response, ["Accept"])
    return with_headers(request, response)


def _conditional(request, response: HttpResponse) -> HttpResponse:
    """Return `response`, or that nothing has changed since the reader last asked.

    By what is said only: an entry may be corrected or withdrawn and the last date stay the same.
    """
    response["ETag"] = f'"{hashlib.md5(response.content, usedforsecurity=False).hexdigest()}"'
    return get_conditional_response(request, etag=response["ETag"], response=response)
