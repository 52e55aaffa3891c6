from houses.models.house import House, HouseGroup, Role
from houses.models.membership import Membership
from houses.models.pages import HouseIndexPage, HousePage

__all__ = ["House", "HouseGroup", "HouseIndexPage", "HousePage", "Membership", "Role"]
