import tempfile
from pathlib import Path

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils.html import format_html
from django.utils.translation import gettext as _

from editorial.people import may_write
from exchange.errors import LineError
from exchange.files import FileImport, source_name
from exchange.forms import (
    CorrectForm,
    ImportForm,
    PasteForm,
    may_publish_everywhere,
)
from exchange.importer import CREATED, Options
from exchange.pasting import import_capture, notes_in_words
from exchange.preview import preview_of


def paste(request):
    """Paste an article, see what was recognised, correct it, make the draft."""
    if not may_write(request.user):
        raise PermissionDenied
    form = PasteForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "exchange/admin/paste.html", {"form": form})
    capture = form.capture
    if "create" in request.POST:
        correct = CorrectForm(request.user, request.POST)
        if correct.is_valid() and (response := _create_draft(request, form, correct)):
            return response
    else:
        correct = CorrectForm(request.user, initial=CorrectForm.initial_of(capture, request.user))
    notes = notes_in_words(capture, new_vocabulary=may_publish_everywhere(request.user))
    try:
        body = preview_of(capture)
    except LineError as error:
        body = ""
        notes.append(str(error))
    context = {
        "form": form,
        "correct": correct,
        "capture": capture,
        "notes": notes,
        "body": body,
    }
    return render(request, "exchange/admin/paste.html", context)


def _create_draft(request, form, correct):
    """Make the draft and lead to it; return None, with the reason in the form, where it cannot be made."""
    try:
        article, outcome, notes = import_capture(
            form.capture,
            house=correct.cleaned_data["house"].house,
            new_vocabulary=may_publish_everywhere(request.user),
            user=request.user,
            **correct.corrections(),
        )
    except LineError as error:
        correct.add_error(None, str(error))
        return None
    if outcome != CREATED:
        messages.warning(
            request, _("This text had been pasted already: here is its article, unchanged.")
        )
        return _to_article(request, article)
    messages.success(request, _("The draft is made. Read it through, then submit it."))
    if notes:
        messages.warning(
            request, format_html("{} {}", _("Look at this:"), " · ".join(notes)), fail_silently=True
        )
    return _to_article(request, article)


def _to_article(request, article):
    if not article.permissions_for_user(request.user).can_edit():
        return redirect("wagtailadmin_explore", article.get_parent().pk)
    return redirect("wagtailadmin_pages:edit", article.pk)


def import_file(request):
    """Import a file of articles, and report each refused line; for network editors."""
    if not may_publish_everywhere(request.user):
        raise PermissionDenied
    form = ImportForm(request.POST or None, request.FILES or None)
    context = {"form": form}
    if request.method == "POST" and form.is_valid():
        context["told"], context["warnings"] = _import(form.cleaned_data, request.user)
    return render(request, "exchange/admin/import.html", context)


def _import(data: dict, user) -> tuple[list[str], list[str]]:
    """Import the uploaded file; return what was done, and what was refused or is to be looked at."""
    told, warnings = [], []
    upload = data["file"]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / Path(upload.name).name
        with path.open("wb") as file:
            for chunk in upload.chunks():
                file.write(chunk)
        options = Options(
            source=data["source"] or source_name(path),
            publish=data["publish"],
            new_terms=data["new_terms"],
        )
        FileImport(path, options, tell=told.append, warn=warnings.append, user=user).run()
    return told[-1:], warnings
