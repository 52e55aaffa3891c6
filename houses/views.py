from django.http import HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from houses import emblem, map
from houses.models import House

SVG = "image/svg+xml"
YEAR = 365 * 24 * 3600  # seconds


@require_safe
@cache_control(public=True, max_age=YEAR, immutable=True)
def emblem_svg(request, seed):
    return HttpResponse(emblem.svg(seed), content_type=SVG)


@require_safe
@cache_control(public=True, max_age=YEAR, immutable=True)
def emblems_svg(request, seeds):
    return HttpResponse(emblem.sprite(seeds.split("-")), content_type=SVG)


@require_safe
@cache_control(public=True, max_age=300)
def map_svg(request):
    houses = House.objects.visible().exclude(latitude=None).order_by("pk")
    return HttpResponse(
        map.svg(list(houses.values_list("longitude", "latitude"))), content_type=SVG
    )
