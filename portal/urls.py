from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from django.utils.translation import gettext_lazy as _
from django.views.generic import RedirectView
from django.views.static import serve
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.contrib.sitemaps.views import sitemap
from wagtail.documents import urls as wagtaildocs_urls

from editorial.views.login import LimitedPasswordResetView
from portal import views
from portal.sitemap import PublicSitemap
from printing.views import qr_svg
from privacy.views import security_txt
from search import api

urlpatterns = [
    path("admin/password_reset/", LimitedPasswordResetView.as_view()),
    # What Wagtail says of reviews, ours says house by house.
    re_path(
        "^admin/reports/workflow(?:_tasks)?/",
        RedirectView.as_view(pattern_name="report_in-review:index"),
    ),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("sitemap.xml", sitemap, {"sitemaps": {"pages": PublicSitemap}}),
    path("robots.txt", views.robots_txt),
    path("drawings/", include("houses.urls")),
    path("drawings/qr.svg", qr_svg, name="qr"),
    path("editorial/", include("editorial.urls")),
    path("articles/", views.old_listing),
    path("api/search/", api.search_documents, name="api_search"),
    path("api/suggest/", api.suggest, name="api_suggest"),
    path("api/openapi.json", api.openapi, name="api_description"),
    path(".well-known/security.txt", security_txt),
    path("opensearch.xml", api.opensearch_description, name="opensearch"),
]

if settings.STORAGES["default"]["BACKEND"].endswith("FileSystemStorage"):
    # Local files: served here unless a web server in front of the site does it first.
    urlpatterns.append(
        re_path(r"^media/(?P<path>.*)$", serve, {"document_root": settings.MEDIA_ROOT})
    )

urlpatterns += i18n_patterns(
    path(_("search/"), include("search.urls")),
    path("", include("home.urls")),
    path("pdf/", include("printing.urls")),
    path("", include("privacy.urls")),
    # The doors of closed pages, whose addresses could be those of pages.
    path("", include([each for each in wagtail_urls.urlpatterns if each.name != "wagtail_serve"])),
    # Named as Wagtail's own, which makes the addresses of pages by it.
    re_path(wagtail_urls.serve_pattern, views.serve_page, name="wagtail_serve"),
    prefix_default_language=False,
)
