from django import forms
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from articles.models import ArticlePage
from editorial.bulk_actions.base import ExplainedBulkAction
from editorial.moving import check_can_take, move_to_house
from houses.models import House


class ChangeHouseForm(forms.Form):
    house = forms.ModelChoiceField(
        label=_("Their new house"),
        queryset=House.objects.open().filter(pages__isnull=False).distinct(),
        help_text=_(
            "It answers for them from now on. Their former addresses lead to the new ones; the translations go with them."
        ),
    )

    def __init__(self, *args, pages=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.pages = pages

    def clean_house(self):
        house = self.cleaned_data["house"]
        check_can_take(house, self.pages)
        return house


class ChangeHouseBulkAction(ExplainedBulkAction):
    display_name = _("Change house")
    aria_label = _("Give the selected articles to another house")
    # Wagtail's own, which it replaces: an article is moved from house to house and nowhere else.
    action_type = "move"
    action_priority = 60
    form_class = ChangeHouseForm
    icon = "home"
    title = _("Give articles to another house")
    introduction = _("These will change house:")
    left_out = _("These will stay where they are:")
    button = _("Give them to this house")

    def get_form_kwargs(self):
        kwargs = super().get_form_kwargs()
        if self.request.method == "POST":
            pages, _left_out = self.get_actionable_objects()
            kwargs["pages"] = _with_translations(pages)
        return kwargs

    def why_not(self, page):
        if page.specific_class is not ArticlePage:
            return gettext("It is not an article.")
        rights = page.permissions_for_user(self.request.user)
        if not rights.answers_for_what_is_online():
            return gettext("Only the network editors change the house of an article.")
        if rights.page_locked():
            return gettext("Somebody has locked it to work on it.")
        return ""

    def get_execution_context(self):
        house = self.cleaned_form.cleaned_data["house"]
        return {**super().get_execution_context(), "house": house}

    @classmethod
    def execute_action(cls, objects, house=None, user=None, **kwargs):
        move_to_house(_with_translations(objects), house, user)
        return len(objects), 0

    def get_success_message(self, num_parent_objects, num_child_objects):
        return ngettext(
            "%(count)d article belongs to %(house)s from now on.",
            "%(count)d articles belong to %(house)s from now on.",
            num_parent_objects,
        ) % {"count": num_parent_objects, "house": self.cleaned_form.cleaned_data["house"]}


def _with_translations(pages):
    keys = [page.translation_key for page in pages]
    return Page.objects.filter(translation_key__in=keys).order_by("path")
