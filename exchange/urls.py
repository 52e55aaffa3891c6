from django.urls import path

from exchange import views

app_name = "exchange"
urlpatterns = [
    path("paste/", views.paste, name="paste"),
    path("import/", views.import_file, name="import"),
]
