from django import forms
from django.db import models
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminPageChooser
from wagtail.models import Page

from articles.models import EasyArticlePage
from editorial import withdrawal
from editorial.bulk_actions.base import ExplainedBulkAction
from portal.visibility import publicly_visible


class LeadsTo(models.TextChoices):
    """What an address answers once its text is withdrawn."""

    NOTHING = "nothing", _("that the text was withdrawn")
    ABOVE = "above", _("the house of the article")
    PAGE = "page", _("another text, chosen below")


class WithdrawForm(forms.Form):
    reason = forms.CharField(
        label=_("Why"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Kept in the history of each article; visitors do not see it."),
    )
    leads_to = forms.ChoiceField(
        label=_("What their addresses show from now on"),
        choices=LeadsTo.choices,
        initial=LeadsTo.NOTHING,
        widget=forms.RadioSelect,
    )
    page = forms.ModelChoiceField(
        label=_("The other text"),
        queryset=Page.objects.all(),
        required=False,
        widget=AdminPageChooser,
    )

    def __init__(self, *args, withdrawn=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.withdrawn = withdrawn

    def clean(self):
        data = super().clean()
        if data.get("leads_to") == LeadsTo.PAGE and "page" not in self.errors:
            self._check(data.get("page"))
        return data

    def _check(self, page):
        if page is None:
            self.add_error("page", gettext("Choose the text to lead to."))
        elif page.pk in self.withdrawn:
            self.add_error("page", gettext("You are withdrawing this one too: choose another."))
        elif not _is_public(page):
            self.add_error("page", gettext("Not everybody can read this one: choose another."))


class WithdrawBulkAction(ExplainedBulkAction):
    display_name = _("Unpublish")
    aria_label = _("Unpublish the selected articles")
    action_type = "unpublish"
    action_priority = 50
    form_class = WithdrawForm
    icon = "download"
    title = _("Unpublish articles")
    introduction = _("These will no longer be online; their texts are kept as drafts:")
    left_out = _("These will stay as they are:")
    button = _("Unpublish")

    def get_form_kwargs(self):
        kwargs = super().get_form_kwargs()
        if self.request.method == "POST":
            pages, _left_out = self.get_actionable_objects()
            kwargs["withdrawn"] = {page.pk for page in pages}
        return kwargs

    def why_not(self, page):
        if not page.live:
            return gettext("It is not online.")
        if not page.permissions_for_user(self.request.user).can_unpublish():
            return gettext("You may not take it offline, or somebody has locked it.")
        # The easy version of an article goes with it.
        if page.numchild and page.get_children().live().not_type(EasyArticlePage).exists():
            return gettext("What is below it is online.")
        return ""

    def get_execution_context(self):
        return {**super().get_execution_context(), **self.cleaned_form.cleaned_data}

    @classmethod
    def execute_action(cls, objects, user=None, reason="", leads_to="", page=None, **kwargs):
        for withdrawn in objects:
            target = withdrawn.get_parent() if leads_to == LeadsTo.ABOVE else page
            if leads_to == LeadsTo.NOTHING or not _is_public(target):
                target = None
            withdrawal.withdraw(withdrawn, user, reason=reason, leads_to=target)
        return len(objects), 0

    def get_success_message(self, num_parent_objects, num_child_objects):
        return ngettext(
            "%(count)d article is no longer online.",
            "%(count)d articles are no longer online.",
            num_parent_objects,
        ) % {"count": num_parent_objects}


def _is_public(page) -> bool:
    return Page.objects.filter(publicly_visible(), pk=page.pk).exists()
