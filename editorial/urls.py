from django.urls import path

from editorial.views import mail_preferences

app_name = "editorial"
urlpatterns = [
    path("mails/<str:token>/", mail_preferences, name="mail_preferences"),
]
