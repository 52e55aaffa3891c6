from wagtail.snippets.models import register_snippet

from houses.viewsets import HousesViewSetGroup

register_snippet(HousesViewSetGroup)
