from django.urls import path, re_path

from houses import views

app_name = "houses"
urlpatterns = [
    re_path(r"^emblem/(?P<seed>[0-9a-f]{8})\.svg$", views.emblem_svg, name="emblem"),
    re_path(
        r"^emblems/(?P<seeds>[0-9a-f]{8}(?:-[0-9a-f]{8}){0,199})\.svg$",
        views.emblems_svg,
        name="emblems",
    ),
    path("houses.svg", views.map_svg, name="map"),
]
