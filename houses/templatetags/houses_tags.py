from django import template
from django.urls import reverse

register = template.Library()


@register.simple_tag
def emblems_of(pages):
    """Return the address of one file with the emblems of the houses of `pages`; add ``#e`` and a seed."""
    seeds = sorted({page.house.emblem_seed for page in pages})
    return reverse("houses:emblems", args=["-".join(seeds)]) if seeds else ""
