"""The consents of one article: who is quoted or shown in it, and what they agreed to."""

from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from wagtail.admin import messages
from wagtail.log_actions import log

from articles.models import ArticlePage
from editorial.consent_forms import ConsentForm, TakeOutForm
from editorial.consents import tell_ended
from editorial.consents.passages import known_passages
from editorial.consents.removal import Removal, still_named
from editorial.consents.rules import consents_of, is_agreed, is_forbidden
from editorial.consents.taking_out import (
    in_each_language,
    may_take_out,
    planned,
    take_out,
    versions,
)
from editorial.models import Consent, State


def editable_article(user, page_id: int) -> ArticlePage:
    """The article, for who may edit it; for others, there is none."""
    page = get_object_or_404(ArticlePage, pk=page_id)
    if not page.permissions_for_user(user).can_edit():
        raise Http404
    return page


def readable_consent(user, consent_id: int) -> Consent:
    consent = get_object_or_404(Consent.objects.select_related("page"), pk=consent_id)
    editable_article(user, consent.page_id)
    return consent


@never_cache
def article_consents(request, page_id: int):
    """Each passage that asks for an agreement, whether there is one, and all that were given."""
    page = editable_article(request.user, page_id)
    consents, today = consents_of(page), timezone.localdate()
    rows = [(each, is_agreed(each, consents, today)) for each in known_passages(page)]
    context = {
        "page": page,
        "passages": rows,
        "lacking": sum(not is_agreed for _passage, is_agreed in rows),
        "is_forbidden": is_forbidden(),
        "consents": consents,
        "State": State,
    }
    return render(request, "editorial/consents/article.html", context)


@never_cache
def add_consent(request, page_id: int):
    page = editable_article(request.user, page_id)
    known = known_passages(page)
    asked = next((each for each in known if each.id == request.GET.get("passage")), None)
    initial = asked and {
        "person": asked.who,
        "covers": [asked.id],
        "to_text": not asked.is_picture,
        "to_name": not asked.is_picture,
        "to_picture": asked.is_picture,
    }
    consent = Consent(page=page, recorded_by=request.user)
    return _consent_form(request, consent, known, initial, "editorial.consent.record")


@never_cache
def edit_consent(request, consent_id: int):
    consent = readable_consent(request.user, consent_id)
    if consent.erased_on:
        raise Http404
    return _consent_form(
        request, consent, known_passages(consent.page), None, "editorial.consent.edit"
    )


def _consent_form(request, consent, known, initial, action):
    form = ConsentForm(
        request.POST or None, request.FILES or None, instance=consent, known=known, initial=initial
    )
    if request.method == "POST" and form.is_valid():
        form.save()
        log(instance=consent.page, action=action, user=request.user)
        messages.success(request, _("The consent of %(who)s is kept.") % {"who": consent.person})
        return redirect("editorial_consents", consent.page_id)
    context = {"page": consent.page, "consent": consent, "form": form}
    return render(request, "editorial/consents/form.html", context)


@never_cache
def withdraw_consent(request, consent_id: int):
    """Note that somebody no longer agrees, once confirmed, and go on to what can be done about it."""
    consent = readable_consent(request.user, consent_id)
    if consent.state != State.VALID and consent.state != State.EXPIRED:
        raise Http404
    if request.method != "POST":
        return render(
            request,
            "editorial/consents/withdraw.html",
            {"page": consent.page, "consent": consent},
        )
    consent.withdrawn_on = timezone.localdate()
    consent.save()
    log(instance=consent.page, action="editorial.consent.withdraw", user=request.user)
    tell_ended(consent, by=request.user)
    messages.success(
        request,
        _("Noted: %(who)s no longer agrees. The house and the network are told.")
        % {"who": consent.person},
    )
    return redirect("editorial_take_out", consent.pk)


@never_cache
def take_out_passages(request, consent_id: int):
    """What would change in the article without the person; in one click, it does, once they no longer agree."""
    consent = readable_consent(request.user, consent_id)
    if consent.erased_on:
        raise Http404
    if consent.state == State.VALID:
        # Nothing to protect: the text changes as all texts do, by a review.
        return redirect("editorial_consents", consent.page_id)
    page = consent.page
    is_allowed = may_take_out(request.user, page)
    form = TakeOutForm(request.POST or None)
    if request.method == "POST" and is_allowed and form.is_valid() and "confirm" in request.POST:
        removal = Removal.of(consent, words=form.chosen_words)
        take_out(page, removal, user=request.user, reason=consent.state.value)
        messages.success(request, _("Done: the article no longer has these passages."))
        return redirect("editorial_consents", page.pk)
    removal = Removal.of(consent, words=form.chosen_words)
    online, draft = planned(page, removal)
    context = {
        "page": page,
        "consent": consent,
        "form": form,
        "online": online,
        "draft": draft,
        "left": _left(page, removal, consent.person),
        "is_allowed": is_allowed,
        "State": State,
    }
    return render(request, "editorial/consents/take_out.html", context)


def _left(page: ArticlePage, removal: Removal, person: str) -> list[str]:
    """Where the name would be left in running text, which only a person can write anew."""
    found = [
        text
        for version, its_removal in in_each_language(page, removal)
        for content in versions(version)
        for text in still_named(its_removal.apply(content)[0], person)
    ]
    return list(dict.fromkeys(found))


@never_cache
def consent_proof(request, consent_id: int):
    """Hand the signed document to who may edit the article."""
    consent = readable_consent(request.user, consent_id)
    if not consent.proof:
        raise Http404
    suffix = consent.proof.name.rpartition(".")[2]
    name = _("consent of %(who)s") % {"who": consent.person}
    return FileResponse(consent.proof.open(), as_attachment=True, filename=f"{name}.{suffix}")
