from django.utils.translation import gettext as _

from audience import counting
from portal.personal_data import Basis, PersonalData


def declare() -> list[PersonalData]:
    return [
        PersonalData(
            name=_("Audience figures"),
            facts=_(
                "how many times a page was opened on a day; apart from it, in which languages and from which sites. No network address, no identifier, no path from page to page"
            ),
            people=_("nobody: what is counted cannot be traced back to a person"),
            purpose=_("to know what is read"),
            basis=Basis.INTEREST,
            readers=_("the leads for their house, the network editors, the administrators"),
            days=counting.KEPT.days,
            kept=_("long enough to compare a year with the one before"),
            erased=_("nothing to erase: it is about nobody"),
            rows=(),
            outdated=counting.counted_before,
        ),
    ]
