from wagtail import hooks
from wagtail.snippets.models import register_snippet

from houses import personal_data
from houses.viewsets import HousesViewSetGroup

register_snippet(HousesViewSetGroup)
hooks.register("personal_data", personal_data.declare)
