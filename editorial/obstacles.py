"""What keeps a version from being put online, whoever decides."""

from django.utils.translation import gettext as _

from articles.models import EasyArticlePage
from editorial.consents import publication_problem


def obstacles(version) -> list[str]:
    """Return, in words, why this version of a page, `revision.as_object()`, may not be put online."""
    problems = publication_problem(version)
    if isinstance(version, EasyArticlePage) and version.waits_for_article:
        problems = [*problems, _("The article itself is not online: it comes first.")]
    return problems
