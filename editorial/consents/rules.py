"""Which passages of an article are agreed to, and whether one that is not may be published."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Site

from articles.models import ArticlePage
from editorial.consents.passages import Passage, passages
from editorial.models import Consent, State
from home.models import SiteSettings, WithoutConsent


def missing(page: ArticlePage, day=None) -> list[Passage]:
    """Return the passages of this version of `page` to which somebody did not agree, or no longer does."""
    asked = passages(page)
    if not asked:
        return []
    consents = consents_of(page)
    return [each for each in asked if not is_agreed(each, consents, day or timezone.localdate())]


def consents_of(page: ArticlePage) -> list[Consent]:
    """What people agreed to in this article; it holds in every language that this is translated into."""
    if not page.pk:
        return []
    in_any_language = ArticlePage.objects.filter(translation_key=page.translation_key)
    return list(Consent.objects.filter(page__in=in_any_language.values("pk"), erased_on=None))


def is_agreed(passage: Passage, consents: list[Consent], day) -> bool:
    """Whether each person known to be in `passage` agrees on that day, and one is known."""
    concerned = [consent for consent in consents if is_about(consent, passage)]
    agreeing = {consent.person_key for consent in concerned if allows(consent, passage, day)}
    return bool(agreeing) and {consent.person_key for consent in concerned} <= agreeing


def is_about(consent: Consent, passage: Passage) -> bool:
    """Whether it names the person quoted, or covers the passage."""
    if passage.id in consent.covers:
        return True
    return not passage.is_picture and consent.person_key == passage.who_key


def allows(consent: Consent, passage: Passage, day) -> bool:
    if consent.state_on(day) != State.VALID:
        return False
    return consent.to_picture if passage.is_picture else consent.to_text and consent.to_name


def is_forbidden() -> bool:
    """Whether the network forbids to publish without the consent of those who are quoted or shown."""
    settings = SiteSettings.for_site(Site.objects.get(is_default_site=True))
    return settings.without_consent == WithoutConsent.FORBID


def publication_problem(page: ArticlePage) -> list[str]:
    """Return why this version of `page` may not be published; nothing where the network only warns.

    Parameters
    ----------
    page: what a version says, `revision.as_object()`; a page of another type has no problem.
    """
    lacking = missing_in_words(page)
    return lacking if lacking and is_forbidden() else []


def missing_in_words(page) -> list[str]:
    return [passage.label for passage in missing(page)] if isinstance(page, ArticlePage) else []


def summary(page: ArticlePage) -> str:
    """In a few words, how many passages ask for an agreement and how many lack it."""
    asked, lacking = passages(page), missing(page)
    pictures = sum(each.is_picture for each in asked)
    quotations = len(asked) - pictures
    parts = []
    if quotations:
        parts.append(
            ngettext("%(count)d quotation", "%(count)d quotations", quotations)
            % {"count": quotations}
        )
    if pictures:
        parts.append(
            ngettext("%(count)d picture of people", "%(count)d pictures of people", pictures)
            % {"count": pictures}
        )
    if not parts:
        return _("nobody is quoted or shown")
    if lacking:
        parts.append(_("%(count)d without consent") % {"count": len(lacking)})
    return ", ".join(parts)
