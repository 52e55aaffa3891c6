"""Titles in addresses, and names that are free."""

from django.utils.text import slugify


def title_slug(title: str) -> str:
    """Return the words of a title as they stand in an address: «d-une», where Django writes «dune»."""
    return slugify(title.replace("’", " ").replace("'", " "))[:200].strip("-")


def first_free(base: str, is_taken) -> str:
    """Return `base`, or the first of ``base-2``, ``base-3``… for which `is_taken` is false."""
    candidate, number = base, 1
    while is_taken(candidate):
        number += 1
        candidate = f"{base}-{number}"
    return candidate
