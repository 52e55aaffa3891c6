from django.urls import path
from django.utils.translation import gettext_lazy as _

from privacy import views

app_name = "privacy"
urlpatterns = [
    path(_("personal-data/"), views.notice, name="notice"),
    path(_("legal-notices/"), views.legal, name="legal"),
]
