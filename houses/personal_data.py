from django.utils.translation import gettext as _

from portal.personal_data import Basis, Person, PersonalData, Rows


def declare() -> list[PersonalData]:
    return [
        PersonalData(
            name=_("Teams of the houses"),
            facts=_("who belongs to which house, as what"),
            people=_("people who write for a house"),
            purpose=_("to give each person the rights of their house"),
            basis=Basis.SERVICE,
            readers=_("their house, the network editors, the administrators"),
            kept=_("as long as the person belongs to the house"),
            erased=_("deleted"),
            rows=(Rows("houses.Membership", of=("user",), shown=("house", "role")),),
            erase=leave_every_house,
        ),
        PersonalData(
            name=_("Contacts of the houses"),
            facts=_("name, address, telephone and e-mail of the house"),
            people=_("people who answer for a house"),
            purpose=_("that visitors can write to the house or call it"),
            basis=Basis.INTEREST,
            readers=_("everybody: it is on the page of the house"),
            kept=_("as long as the house has them on its page"),
            erased=_("kept: the house changes its own page"),
            rows=(Rows("houses.House", of=("email",), shown=("name", "email", "phone")),),
        ),
    ]


def leave_every_house(person: Person, by) -> None:
    """One by one: each membership takes its rights with it."""
    if person.account:
        for membership in person.account.memberships.all():
            membership.delete()
