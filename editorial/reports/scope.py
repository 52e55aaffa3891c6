"""What of the site a person may see in a report: everything, or what belongs to their houses."""

import django_filters
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from editorial.people import is_of_network
from houses.models import House, HousePage


def houses_for(user):
    """The houses whose work `user` may see, drafts included."""
    houses = House.objects.order_by("name")
    return houses if is_of_network(user) else houses.filter(memberships__user=user)


def in_houses(houses, path="path") -> Q:
    """The condition that the page whose tree path is in the column `path` belongs to one of `houses`."""
    condition = Q(pk__in=[])
    for section in HousePage.objects.filter(house__in=houses).values_list("path", flat=True):
        condition |= Q(**{f"{path}__startswith": section})
    return condition


def visible_to(user, path="path") -> Q:
    """The condition that `user` may see the page whose tree path is in the column `path`, a draft or not."""
    return Q() if is_of_network(user) else in_houses(houses_for(user), path)


class HouseFilter(django_filters.ModelChoiceFilter):
    """Rows that belong to one house, chosen among those the person may see.

    Parameters
    ----------
    path: the column with the tree path of the page that a row is about.
    """

    def __init__(self, path="path", **kwargs):
        kwargs.setdefault("label", _("House"))
        kwargs.setdefault("queryset", lambda request: houses_for(request.user))
        super().__init__(**kwargs)
        self.path = path

    def filter(self, rows, house):
        return rows.filter(in_houses([house], self.path)) if house else rows
