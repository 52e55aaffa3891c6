from django.urls import path

from editorial.views import invitation, mail_preferences

app_name = "editorial"
urlpatterns = [
    path("invitations/<str:token>/", invitation, name="invitation"),
    path("mails/<str:token>/", mail_preferences, name="mail_preferences"),
]
