from django.urls import include, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import AdminOnlyMenuItem

from privacy import people, personal_data
from privacy.reports import RegisterViewSet

# Accounts first: what is written of the others afterwards knows no name any more.
hooks.register("personal_data", personal_data.accounts, order=-1)
hooks.register("personal_data", personal_data.others)


@hooks.register("register_admin_viewset")
def register_of_personal_data():
    return RegisterViewSet()


@hooks.register("register_admin_urls")
def person_urls():
    urlpatterns = [
        path("person/", people.PersonView.as_view(), name="privacy_person"),
        path("person/download/", people.DownloadView.as_view(), name="privacy_download"),
        path("mine/", people.download_mine, name="privacy_mine"),
    ]
    return [path("privacy/", include(urlpatterns))]


@hooks.register("register_settings_menu_item")
def person_menu_item():
    return AdminOnlyMenuItem(
        gettext_lazy("Data of a person"),
        reverse("privacy_person"),
        name="privacy-person",
        icon_name="user",
        order=900,
    )


@hooks.register("register_account_menu_item")
def download_mine(request):
    return {
        "url": reverse("privacy_mine"),
        "label": _("Download my data"),
        "help_text": _("All that this site keeps about you, in one file."),
    }


@hooks.register("register_log_actions")
def erasure_action(actions):
    actions.register_action(
        "privacy.erase", gettext_lazy("Person erased"), gettext_lazy("A person was erased")
    )
