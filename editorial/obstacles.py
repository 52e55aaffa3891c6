"""What keeps a version from being put online, whoever decides."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from articles.models import EasyArticlePage
from editorial.consents import publication_problem


def obstacles(version) -> list[str]:
    """Return, in words, why this version of a page, `revision.as_object()`, may not be put online."""
    if isinstance(version, EasyArticlePage):
        return _obstacles_of_easy(version) + _end_of_its_time(version)
    return publication_problem(version) + _end_of_its_time(version)


def _end_of_its_time(version) -> list[str]:
    """A text would be online for the few minutes until it is seen that it should no longer be."""
    begins = max(version.go_live_at or timezone.now(), timezone.now())
    if version.expire_at is None or version.expire_at > begins:
        return []
    day = date_format(timezone.localtime(version.expire_at))
    return [_("It was to be online until %(date)s only: change that date first.") % {"date": day}]


def _obstacles_of_easy(version: EasyArticlePage) -> list[str]:
    problems = []
    if version.waits_for_article:
        problems.append(_("The article itself is not online: it comes first."))
    # Agreements are kept, and ended, by article: here a picture would outlive the one that covers it.
    if any(picture.shows_people for picture in version.pictures()):
        problems.append(_("An easy version shows no picture on which people can be recognised."))
    return problems
