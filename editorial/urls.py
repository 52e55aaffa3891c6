from django.urls import path

from editorial.views import invitation, mail_preferences, read, read_page

app_name = "editorial"
urlpatterns = [
    path("invitations/<str:token>/", invitation, name="invitation"),
    path("mails/<str:token>/", mail_preferences, name="mail_preferences"),
    path("read/<str:token>/", read, name="read"),
    path("read/<str:token>/page/", read_page, name="read_page"),
]
