from math import log1p

from django import template
from django.urls import reverse

from houses import map
from search.listing import toggled

register = template.Library()


@register.simple_tag
def emblems_of(pages):
    """Return the address of one file with the emblems of the houses of `pages`; add ``#e`` and a seed."""
    return sprite_of({page.house.emblem_seed for page in pages})


@register.simple_tag
def sprite_of(seeds):
    """Return the address of one file with the emblems drawn from `seeds`."""
    seeds = sorted(filter(None, seeds))
    return reverse("houses:emblems", args=["-".join(seeds)]) if seeds else ""


@register.inclusion_tag("houses/department_map.html", takes_context=True)
def department_map(context, choices):
    """Draw the departments among `choices`: where something is found, a point that adds or takes out its filter.

    The list below it says and does the same, one name after the other: this one is for the pointer
    only. A hundred more links would stand in the way of those who go by keyboard or by ear.
    """
    query = context["request"].GET
    most = max((choice.count for choice in choices), default=0)
    return {
        "outline": map.outline(),
        "size": map.SIZE,
        "points": [
            {
                "choice": choice,
                "at": at,
                # By the logarithm: one department may have a thousand times what others have.
                "radius": round(7 + 9 * log1p(choice.count) / log1p(most or 1), 1),
                "href": toggled(query, "department", choice.value),
            }
            for choice in choices
            if (choice.count or choice.selected) and (at := map.department_point(choice.value))
        ],
    }
