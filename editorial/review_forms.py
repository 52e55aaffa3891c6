"""What is asked of a reviewer beside the decision itself."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateTimeInput


class ApprovalForm(forms.Form):
    comment = forms.CharField(
        label=_("A word to the author"), required=False, widget=forms.Textarea({"rows": 3})
    )


class ScheduledApprovalForm(ApprovalForm):
    go_live_at = forms.DateTimeField(
        label=_("Put online on"),
        required=False,
        widget=AdminDateTimeInput,
        help_text=_("Left empty, at once."),
    )

    def clean_go_live_at(self):
        moment = self.cleaned_data["go_live_at"]
        if moment and moment <= timezone.now():
            raise forms.ValidationError(_("This moment is past: leave it empty to put online now."))
        return moment


class ReasonForm(forms.Form):
    comment = forms.CharField(
        label=_("Why"),
        widget=forms.Textarea({"rows": 5}),
        help_text=_("The author reads it; it stays in the history."),
        error_messages={"required": _("Say why in a sentence: the author will read it.")},
    )
