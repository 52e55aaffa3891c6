"""The register of consents: all those a person may read, and all that is known of somebody."""

import csv

import django_filters
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn

from editorial.consent_forms import EraseForm
from editorial.consents.removal import Removal
from editorial.consents.taking_out import erase, may_take_out, planned
from editorial.models import Consent, State
from editorial.reports.base import EditorialReport, PageTitleColumn, without_formula
from editorial.reports.scope import HouseFilter
from search.text import fold


class ConsentFilterSet(WagtailFilterSet):
    person = django_filters.CharFilter(label=gettext_lazy("Person"), method="named")
    house = HouseFilter(path="page__path")
    state = django_filters.ChoiceFilter(
        label=gettext_lazy("State"), choices=State.choices, method="in_state"
    )

    class Meta:
        model = Consent
        fields = []

    def named(self, consents, name, value):
        return consents.filter(person_key__contains=fold(value))

    def in_state(self, consents, name, state):
        return consents.in_state(state, timezone.localdate())


class ConsentRegisterView(EditorialReport):
    """The consents of the articles that the person may edit."""

    page_title = gettext_lazy("Register of consents")
    header_icon = "clipboard-list"
    filterset_class = ConsentFilterSet
    index_url_name = "editorial_consent_register"
    index_results_url_name = "editorial_consent_register_results"
    export_filename = "consents"

    @cached_property
    def columns(self):
        return [
            TitleColumn(
                "person",
                label=_("Person"),
                accessor=str,
                get_url=lambda consent: person_url(consent.person) if consent.person else None,
            ),
            PageTitleColumn(
                "page",
                label=_("Article"),
                accessor="page.get_admin_display_title",
                get_url=lambda consent: reverse("editorial_consents", args=[consent.page_id]),
            ),
            self.house_column("page.path"),
            Column("agreed_to", label=_("Agreed to")),
            Column("given_on", label=_("Agreed on")),
            Column("until", label=_("Until")),
            Column("state", label=_("State"), accessor=lambda consent: consent.state.label),
        ]

    def get_queryset(self):
        self.queryset = Consent.objects.readable_by(self.request.user).select_related(
            "page__locale"
        )
        return super().get_queryset()


def person_url(name: str) -> str:
    return f"{reverse('editorial_consent_person')}?{urlencode({'name': name})}"


def consents_of_person(request) -> list[Consent]:
    """All that the register says of the person named in the address, in the articles one may edit."""
    name = request.GET.get("name", "")
    consents = (
        Consent.objects.readable_by(request.user).of_person(name).select_related("page__locale")
    )
    if not fold(name) or not consents:
        raise Http404
    return list(consents)


@never_cache
def person_consents(request):
    consents = consents_of_person(request)
    context = {"person": consents[0].person, "consents": consents, "State": State}
    return render(request, "editorial/consents/person.html", context)


@never_cache
def export_person(request):
    """Hand over all that the register says of one person, as they may ask (GDPR, article 15)."""
    consents = consents_of_person(request)
    response = HttpResponse(
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="consents.csv"'},
    )
    # By this mark spreadsheets know the accents.
    response.write("\ufeff")
    writer = csv.writer(response)
    names = ["person", "role", "page", "agreed_to", "given_on", "until", "withdrawn_on"]
    names += ["reference", "note"]
    writer.writerow([_heading(name) for name in [*names, "state", "proof"]])
    for consent in consents:
        row = [str(getattr(consent, name) or "") for name in names]
        row += [consent.state.label, _("yes") if consent.proof else _("no")]
        writer.writerow([without_formula(value) for value in row])
    return response


def _heading(name: str) -> str:
    others = {"agreed_to": _("Agreed to"), "state": _("State")}
    return others.get(name) or str(Consent._meta.get_field(name).verbose_name)


@never_cache
def erase_person(request):
    """Forget a person, once what will change is seen (GDPR, article 17)."""
    consents = consents_of_person(request)
    form = EraseForm(request.POST or None)
    allowed = [each for each in consents if may_take_out(request.user, each.page)]
    if request.method == "POST" and allowed and form.is_valid() and "confirm" in request.POST:
        with_passages = form.cleaned_data["with_passages"]
        erase(allowed, user=request.user, with_passages=with_passages, words=form.chosen_words)
        count = len(allowed)
        messages.success(
            request,
            ngettext("%(count)d consent was erased.", "%(count)d consents were erased.", count)
            % {"count": count},
        )
        return redirect("editorial_consent_register")
    plans = []
    for consent in allowed:
        removal = Removal(consent.person_key, frozenset(consent.covers), words=form.chosen_words)
        online, draft = planned(consent.page, removal)
        plans.append((consent.page, online, draft))
    context = {
        "person": consents[0].person,
        "form": form,
        "allowed": allowed,
        "others": len(consents) - len(allowed),
        "plans": plans,
    }
    return render(request, "editorial/consents/erase.html", context)
