from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from search import feeds, views

app_name = "search"
urlpatterns = [
    path("", views.search_page, name="page"),
    path(_("feed.rss"), require_safe(feeds.RssFeed()), name="feed_rss"),
    path(_("feed.atom"), require_safe(feeds.AtomFeed()), name="feed_atom"),
    path(_("feed.json"), require_safe(feeds.JsonSearchFeed()), name="feed_json"),
]
