from django.urls import include, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogFormatter
from wagtail.permissions import page_permission_policy

from articles.models import ArticlePage
from editorial.consents import is_forbidden, missing_in_words, summary
from editorial.models import State
from editorial.views import consent_register, consents

# What the editor posts to have a text go on towards publication.
GOING_ON = ["action-publish", "action-submit", "action-restart-workflow", "action-workflow-action"]
# Decisions of a reviewer that keep the text where it is.
HOLDING = {"reject", "decline"}


register = consent_register.ConsentRegisterView
urlpatterns = [
    path("", register.as_view(), name="editorial_consent_register"),
    path(
        "results/",
        register.as_view(results_only=True),
        name="editorial_consent_register_results",
    ),
    path("article/<int:page_id>/", consents.article_consents, name="editorial_consents"),
    path("article/<int:page_id>/add/", consents.add_consent, name="editorial_consent_add"),
    path("<int:consent_id>/", consents.edit_consent, name="editorial_consent_edit"),
    path(
        "<int:consent_id>/withdraw/", consents.withdraw_consent, name="editorial_consent_withdraw"
    ),
    path("<int:consent_id>/take-out/", consents.take_out_passages, name="editorial_take_out"),
    path("<int:consent_id>/proof/", consents.consent_proof, name="editorial_consent_proof"),
    path("person/", consent_register.person_consents, name="editorial_consent_person"),
    path("person/export/", consent_register.export_person, name="editorial_consent_export"),
    path("person/erase/", consent_register.erase_person, name="editorial_consent_erase"),
]


@hooks.register("register_admin_urls")
def consent_urls():
    return [path("consents/", include(urlpatterns))]


class RegisterMenuItem(MenuItem):
    def is_shown(self, request):
        return page_permission_policy.user_has_permission(request.user, "change")


@hooks.register("register_reports_menu_item")
def register_menu_item():
    return RegisterMenuItem(
        gettext_lazy("Register of consents"),
        reverse("editorial_consent_register"),
        icon_name="clipboard-list",
        order=900,
    )


@hooks.register("register_page_header_buttons")
def consents_button(page, user, view_name, next_url=None):
    """From the editor to the consents of the article, with how they stand."""
    if view_name == "edit" and isinstance(page, ArticlePage):
        yield Button(
            _("Consents (%(state)s)") % {"state": summary(page)},
            reverse("editorial_consents", args=[page.pk]),
            icon_name="clipboard-list",
            priority=12,
        )


@hooks.register("before_edit_page")
def check_before_edit(request, page):
    if isinstance(page, ArticlePage) and _goes_on(request):
        _check(request, page.get_latest_revision_as_object(), page.get_parent())


@hooks.register("before_create_page")
def check_before_create(request, parent, page_class):
    if issubclass(page_class, ArticlePage) and _goes_on(request):
        _check(request, page_class(owner=request.user, locale=parent.locale), parent)


def _goes_on(request) -> bool:
    asked = any(request.POST.get(action) for action in GOING_ON)
    return asked and request.POST.get("workflow-action-name") not in HOLDING


def _check(request, page, parent) -> None:
    """Say which passages of the posted text lack a consent; where it is forbidden, have it saved and no more."""
    lacking = missing_in_words(_as_posted(request, page, parent))
    if not lacking:
        return
    if is_forbidden():
        request.POST = request.POST.copy()
        for action in GOING_ON:
            request.POST.pop(action, None)
        say, sentence = (
            messages.error,
            _(
                "Your text is saved, but it cannot be published yet: these people have not agreed to appear in it."
            ),
        )
    else:
        say, sentence = (
            messages.warning,
            _(
                "These people have not agreed to appear in this article. Ask them before it is published:"
            ),
        )
    listed = format_html_join("", "<li>{}</li>", ((words,) for words in lacking))
    buttons = []
    if page.pk:
        address = reverse("editorial_consents", args=[page.pk])
        buttons.append(messages.button(address, _("Consents of this article")))
    say(request, format_html("{}<ul>{}</ul>", sentence, listed), buttons=buttons)


def _as_posted(request, page, parent):
    """The article as the form says it, which nothing saves."""
    form_class = page.get_edit_handler().get_form_class()
    form = form_class(
        request.POST, request.FILES, instance=page, parent_page=parent, for_user=request.user
    )
    form.full_clean()
    return form.instance


@hooks.register("register_log_actions")
def consent_actions(actions):
    for name, label, sentence in (
        ("record", gettext_lazy("Consent"), gettext_lazy("The consent of a person was noted")),
        ("edit", gettext_lazy("Consent"), gettext_lazy("The consent of a person was changed")),
        (
            "withdraw",
            gettext_lazy("Consent withdrawn"),
            gettext_lazy("A person no longer agrees to appear in the article"),
        ),
        (
            "erase",
            gettext_lazy("Consent erased"),
            gettext_lazy("What the register said of a person was erased"),
        ),
    ):
        actions.register_action(f"editorial.consent.{name}", label, sentence)

    @actions.register_action("editorial.take_out")
    class TakenOut(LogFormatter):
        label = gettext_lazy("Take out a passage")

        def format_message(self, entry):
            reasons = {
                State.EXPIRED: _("the agreement of the person had expired"),
                State.WITHDRAWN: _("the person no longer agrees"),
                State.ERASED: _("the person asked to be forgotten"),
            }
            reason = reasons.get(entry.data.get("reason"))
            if reason is None:
                return _("A passage was taken out of the article, without a review")
            return _("A passage was taken out of the article, without a review: %(reason)s") % {
                "reason": reason
            }
