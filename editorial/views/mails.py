from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from wagtail.users.models import UserProfile

from editorial.forms import MailPreferenceForm
from editorial.models import MailPreference, Rhythm
from editorial.tokens import unsubscribing_user

ONE_CLICK = "List-Unsubscribe"  # what mail readers post, RFC 8058


# The token says who is asking, and mail readers have no other.
@csrf_exempt
@never_cache
def mail_preferences(request, token: str):
    """Where the link at the foot of each mail leads: to choose how often, without logging in."""
    user = unsubscribing_user(token)
    if user is None:
        return render(request, "editorial/mail_preferences.html", {"is_unknown": True}, status=404)
    preference, _created = MailPreference.objects.get_or_create(user=user)
    if request.method == "POST" and ONE_CLICK in request.POST:
        preference.rhythm = Rhythm.NEVER
        preference.save()
        return HttpResponse(status=204)
    form = MailPreferenceForm(request.POST or None, instance=preference)
    is_saved = request.method == "POST" and form.is_valid()
    if is_saved:
        form.save()
    with override(UserProfile.get_for_user(user).get_preferred_language()):
        context = {"form": form, "is_saved": is_saved}
        return render(request, "editorial/mail_preferences.html", context)
