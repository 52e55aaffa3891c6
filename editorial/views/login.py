from wagtail.admin.views.account import PasswordResetView

from editorial.login_forms import LimitedPasswordResetForm


class LimitedPasswordResetView(PasswordResetView):
    """Wagtail's, whose form knows from where it is asked."""

    def get_form_class(self):
        return LimitedPasswordResetForm

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "request": self.request}
