from django.urls import path
from django.utils.translation import gettext_lazy as _

from home import views

app_name = "home"
urlpatterns = [
    path(_("accessibility/"), views.accessibility, name="accessibility"),
    path(_("site-map/"), views.site_map, name="site_map"),
]
