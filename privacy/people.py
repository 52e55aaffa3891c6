"""The screens by which a person is answered: what is kept of them, a copy of it, its erasure."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, JsonResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.generic import View
from wagtail.admin import messages

from portal.personal_data import Person, declared
from privacy.erasure import ERASED, erase
from privacy.forms import EraseForm, PersonForm


def copy_of(person: Person) -> dict[str, list]:
    """All that is held of `person`, by kind; kinds with nothing are left out."""
    found = {kind.name: kind.copied(person) for kind in declared()}
    return {name: rows for name, rows in found.items() if rows}


def handed_over(person: Person) -> JsonResponse:
    """A file with all that is held of `person` (GDPR, articles 15 and 20)."""
    return JsonResponse(
        copy_of(person),
        json_dumps_params={"ensure_ascii": False, "indent": 2},
        headers={"Content-Disposition": 'attachment; filename="donnees-personnelles.json"'},
    )


@never_cache
def download_mine(request):
    return handed_over(Person.of(request.user))


class AdministratorsView(View):
    @method_decorator(never_cache)
    def dispatch(self, request, *args, **kwargs):
        if not request.user.is_superuser:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @staticmethod
    def person_asked(request) -> Person | None:
        person = Person.found(request.GET.get("q", "").strip())
        return None if person and person.username.startswith(ERASED) else person


class PersonView(AdministratorsView):
    """What is held of a person, and what becomes of it if they ask to be forgotten."""

    def get(self, request):
        return self.show(request, EraseForm())

    def post(self, request):
        person, form = self.person_asked(request), EraseForm(request.POST)
        if person is None:
            raise Http404
        if problem := why_not_erased(person, request.user):
            form.add_error(None, problem)
        if not form.is_valid():
            return self.show(request, form)
        erase(person, by=request.user, with_namesakes=form.cleaned_data["with_namesakes"])
        messages.success(request, _("This person was erased."))
        return redirect("privacy_person")

    def show(self, request, erase_form):
        form = PersonForm(request.GET if "q" in request.GET else None)
        person = self.person_asked(request)
        if form.is_valid() and person is None:
            form.add_error("q", _("Nobody is known by this: check how it is written."))
        kinds = [(kind, kind.copied(person)) for kind in declared()] if person else []
        context = {
            "form": form,
            "person": person,
            "held": [(kind, rows) for kind, rows in kinds if rows],
            "erase_form": erase_form,
        }
        return render(request, "privacy/admin/person.html", context)


class DownloadView(AdministratorsView):
    def get(self, request):
        person = self.person_asked(request)
        if person is None:
            raise Http404
        return handed_over(person)


def why_not_erased(person: Person, by) -> str:
    """Why `person` cannot be erased by `by`; empty where they can."""
    if person.account == by:
        return _("You cannot erase yourself: ask another administrator.")
    return ""
