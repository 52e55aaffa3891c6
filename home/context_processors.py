from django.utils.functional import SimpleLazyObject
from wagtail.models import Site

from home.frame import frame_of


def site_frame(request):
    """`site`: what surrounds every page, read where a template asks for it."""
    return {"site": SimpleLazyObject(lambda: frame_of(Site.find_for_request(request)))}
