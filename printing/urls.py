from django.urls import path
from django.utils.translation import gettext_lazy as _

from printing import views

app_name = "printing"
urlpatterns = [
    path("article/<int:pk>/", views.article_pdf, name="article"),
    path(_("search/"), views.search_pdf, name="search"),
    path(_("house/<slug:slug>/<int:year>/"), views.year_pdf, name="year"),
]
