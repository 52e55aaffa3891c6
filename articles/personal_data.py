from django.utils.translation import gettext as _

from portal.personal_data import Basis, PersonalData, Rows


def declare() -> list[PersonalData]:
    return [
        PersonalData(
            name=_("People named in articles"),
            facts=_("name, role, e-mail and telephone, what they said"),
            people=_("people who tell what they tried, contacts"),
            purpose=_("that others can do the same, and call who did it"),
            basis=Basis.CONSENT,
            readers=_("everybody, once the article is published"),
            kept=_("as long as the article, or until the person no longer agrees"),
            erased=_("kept: the house changes the article, or takes the passages out (consents)"),
            rows=(
                Rows(
                    "articles.ArticlePage",
                    of=("speaker",),
                    shown=("title", "speaker", "speaker_role"),
                    mentions=("contacts", "body"),
                ),
            ),
        ),
    ]
