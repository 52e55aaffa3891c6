"""What articles say in another language than that of the admin, which is had in any language."""

import json

from wagtail.models import Page
from wagtail.users.models import UserProfile

from houses.models import HousePage
from tests.browser.scenery import RESTRICTIONS, WITHDRAWN

SCENERY = {WITHDRAWN, *RESTRICTIONS}  # which are ordinary words


def tell(language: str) -> None:
    """Have everybody's admin in this language; print as JSON each title and summary in another → its language."""
    UserProfile.objects.update(preferred_language=language)
    names = set(HousePage.objects.values_list("title", flat=True))
    here, elsewhere = set(), {}
    for page in Page.objects.filter(depth__gt=2).exclude(slug__in=SCENERY).specific():
        texts = {page.title, page.draft_title, getattr(page, "summary", "")} - {""}
        if page.locale.language_code == language:
            here |= texts
        else:
            elsewhere |= dict.fromkeys(texts, page.locale.language_code)
    print(json.dumps({t: code for t, code in elsewhere.items() if t not in here | names}))  # noqa: T201


def forget() -> None:
    """Have everybody's admin in the language of the site again."""
    UserProfile.objects.update(preferred_language="")
