from django.utils.functional import SimpleLazyObject

from home.frame import frame_of
from portal.routing import site_of


def site_frame(request):
    """`site`: what surrounds every page, read where a template asks for it."""
    return {"site": SimpleLazyObject(lambda: frame_of(site_of(request)))}
