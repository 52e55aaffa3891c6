from django import template

from editorial.models import open_state
from editorial.translating import changes_of

register = template.Library()


@register.inclusion_tag("editorial/admin/translation.html", takes_context=True)
def translation_draft(context, translation, page):
    """What the source says otherwise, and the ways to save and submit the translation that is `page`."""
    user = context["request"].user
    return {
        "page": page,
        "source_locale": translation.source.locale,
        "changes": changes_of([translation])[translation.pk],
        "is_under_review": open_state(page) is not None,
        "may_save": not page.permissions_for_user(user).page_locked(),
    }
