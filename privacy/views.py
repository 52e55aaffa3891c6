"""What the site says of itself: who answers for it, what it keeps about people, whom to tell of a flaw."""

from datetime import timedelta

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from home.models import SiteSettings
from portal.personal_data import declared
from privacy import cookies

SECURITY_TXT_VALID = timedelta(days=180)  # RFC 9116 asks for less than a year


@require_safe
def legal(request):
    """The legal notices (LCEN, article 1-1)."""
    return render(request, "privacy/legal.html", facts_for(request))


@require_safe
def notice(request):
    """The privacy notice (GDPR, articles 12 to 14), made of what each app declares."""
    context = {"kinds": list(declared()), "in_browser": cookies.all_kept()}
    return render(request, "privacy/notice.html", facts_for(request) | context)


def facts_for(request) -> dict:
    """The facts that the settings say, and whether who reads may write those that are missing."""
    return {
        "facts": SiteSettings.for_request(request),
        "may_complete": request.user.has_perm("home.change_sitesettings"),
    }


@require_safe
def security_txt(request):
    facts = SiteSettings.for_request(request)
    if not facts.email_for_security:
        raise Http404
    # The end of a day, so that the file does not change with each request.
    expires = timezone.now().replace(hour=0, minute=0, second=0) + SECURITY_TXT_VALID
    lines = [
        f"Contact: mailto:{facts.email_for_security}",
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        f"Preferred-Languages: {', '.join(code for code, _name in settings.LANGUAGES)}",
        f"Canonical: {settings.BASE_URL}/.well-known/security.txt",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
