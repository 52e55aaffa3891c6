from django.utils.translation import gettext as _

from portal.personal_data import Basis, PersonalData, Rows


def declare() -> list[PersonalData]:
    return [
        PersonalData(
            name=_("Legal notices"),
            facts=_("name of the publication director, e-mails of the network"),
            people=_("people who answer for the site"),
            purpose=_("to say who answers for the site, as the law asks"),
            basis=Basis.INTEREST,
            readers=_("everybody: they are on the pages of the site"),
            kept=_("as long as they answer for the site"),
            erased=_("kept: another person takes their place in the settings"),
            rows=(
                Rows(
                    "home.SiteSettings",
                    of=("email", "data_contact", "security_contact", "publication_director"),
                    shown=("name", "publication_director", "email"),
                ),
            ),
        ),
    ]
