"""Who answers for what: the house of a page, its people, the network editors."""

from collections import Counter, defaultdict

from django.contrib.auth import get_user_model
from django.utils.functional import cached_property
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from home.permissions import NETWORK_EDITORS
from houses.models import House, HousePage, Membership, Role


def house_of(page: Page) -> House | None:
    """The house responsible for `page`: that of the nearest house page, None where the network itself is."""
    paths = [page.path[:end] for end in range(page.steplen, len(page.path) + 1, page.steplen)]
    found = HousePage.objects.filter(path__in=paths).select_related("house").order_by("-depth")
    house_page = found.first()
    return house_page and house_page.house


def members(house: House):
    """Everybody of `house` who can log in."""
    return get_user_model().objects.filter(memberships__house=house, is_active=True)


def leads(house: House):
    return get_user_model().objects.filter(
        memberships__house=house, memberships__role=Role.LEAD, is_active=True
    )


def network_editors():
    return get_user_model().objects.filter(groups__name=NETWORK_EDITORS, is_active=True)


def is_lead(user, house: House) -> bool:
    return leads(house).filter(pk=user.pk).exists()


def administrators():
    return get_user_model().objects.filter(is_superuser=True, is_active=True)


def sections_changed_by(user) -> list:
    """The pages below which `user` may change everything, whoever wrote it; read once a request."""
    rows = page_permission_policy.get_cached_permissions_for_user(user)
    return [row.page for row in rows if row.permission.codename == "change_page"]


def is_of_network(user) -> bool:
    """Whether `user` answers for every house, as who may change the whole site: network editors and administrators."""
    if not user.is_active:
        return False
    return user.is_superuser or any(page.is_root() for page in sections_changed_by(user))


class Reviewers:
    """Who may be asked to review, read once for as many steps as there are."""

    @cached_property
    def editors(self) -> list:
        return list(network_editors())

    @cached_property
    def administrators(self) -> list:
        return list(administrators())

    @cached_property
    def leads(self) -> dict[int, list]:
        """The leads of each house by its key."""
        leads = defaultdict(list)
        found = Membership.objects.filter(role=Role.LEAD, user__is_active=True)
        for membership in found.select_related("user"):
            leads[membership.house_id].append(membership.user)
        return leads


def who_may_read(page: Page, people) -> list:
    """Those of `people` who may open the draft of `page`: who left the house is told nothing of it; None is nobody."""
    return [each for each in people if each and page.permissions_for_user(each).can_edit()]


def account_of(address: str):
    """The account with this e-mail address, whatever its case, None where there is none."""
    return get_user_model().objects.filter(email__iexact=address).first() if address else None


def may_write(user) -> bool:
    """Whether there is a house for which `user` may write: asked on every screen, for the menu."""
    return any(page.permissions_for_user(user).can_add_subpage() for page in _open_house_pages())


def houses_to_write_for(user):
    """The pages of the houses below which `user` may add an article."""
    pages = _open_house_pages()
    allowed = [page.pk for page in pages if page.permissions_for_user(user).can_add_subpage()]
    return pages.filter(pk__in=allowed)


def names_to_choose(house_pages) -> dict[int, str]:
    """Primary key → name of pages of houses; the language tells apart those of one house."""
    pages_of = Counter(page.house_id for page in house_pages)
    return {
        page.pk: page.title
        if pages_of[page.house_id] == 1
        else f"{page.title} ({page.locale.get_display_name()})"
        for page in house_pages
    }


def _open_house_pages():
    pages = HousePage.objects.filter(house__closed_on=None, alias_of=None)
    return pages.select_related("house", "locale").order_by("title")
