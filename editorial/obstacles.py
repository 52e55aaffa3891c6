"""What keeps a version from being put online, whoever decides."""

from django.utils.translation import gettext as _

from articles.models import EasyArticlePage
from editorial.consents import publication_problem


def obstacles(version) -> list[str]:
    """Return, in words, why this version of a page, `revision.as_object()`, may not be put online."""
    if isinstance(version, EasyArticlePage):
        return _obstacles_of_easy(version)
    return publication_problem(version)


def _obstacles_of_easy(version: EasyArticlePage) -> list[str]:
    problems = []
    if version.waits_for_article:
        problems.append(_("The article itself is not online: it comes first."))
    # Agreements are kept, and ended, by article: here a picture would outlive the one that covers it.
    if any(picture.shows_people for picture in version.pictures()):
        problems.append(_("An easy version shows no picture on which people can be recognised."))
    return problems
