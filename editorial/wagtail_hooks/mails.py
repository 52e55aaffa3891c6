from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.views.account import BaseSettingsPanel, SettingsTab

from editorial.forms import MailPreferenceForm
from editorial.models import MailPreference

mails_tab = SettingsTab("mails", _("Messages by e-mail"), order=200)


@hooks.register("register_account_settings_panel")
class MailSettingsPanel(BaseSettingsPanel):
    """How often a person is written to, in place of Wagtail's four switches."""

    name = "mails"
    title = _("Messages by e-mail")
    tab = mails_tab
    order = 100
    form_class = MailPreferenceForm

    def get_form(self):
        preference, _created = MailPreference.objects.get_or_create(user=self.user)
        data = self.request.POST if self.request.method == "POST" else None
        return self.form_class(data, instance=preference, prefix=self.name)
