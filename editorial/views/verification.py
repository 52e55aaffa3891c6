from django import forms
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from wagtail.admin import messages

from articles.models import ArticlePage
from editorial import verification
from editorial.models import Answer, Verification


class VerificationForm(forms.ModelForm):
    class Meta:
        model = Verification
        fields = ["answer", "note"]
        widgets = {"answer": forms.RadioSelect, "note": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["answer"].choices = Answer.choices
        self.fields["answer"].required = True


def verify(request, page_id: int):
    """Say of an article that is online whether it is still true."""
    page = get_object_or_404(ArticlePage.objects.live(), pk=page_id)
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    form = VerificationForm(request.POST or None)
    if form.is_valid():
        answer = Answer(form.cleaned_data["answer"])
        verification.answer(page, request.user, answer, form.cleaned_data["note"])
        if answer == Answer.CHANGED:
            messages.success(request, gettext("Thank you. Here is the text: say what has changed."))
            return redirect("wagtailadmin_pages:edit", page.pk)
        messages.success(request, gettext("Thank you: readers see your answer on the article."))
        return redirect("editorial_to_verify")
    context = {"page": page, "form": form, "last": verification.last_answer(page)}
    return render(request, "editorial/admin/verify.html", context)
