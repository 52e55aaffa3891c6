"""Fill the bare site: home / section / section / page, the page holding the text given on stdin.

The input is what pick_article.py writes. The address of the page is written to stdout.
"""

import json
import sys

import django

django.setup()

from wagtail.models import Page, Site  # noqa: E402

from bare.models import BarePage  # noqa: E402  the apps must be loaded first

SIBLINGS = 300


def main() -> None:
    """Make the tree again from its root, whatever was there."""
    article = json.load(sys.stdin)
    body = [("paragraph", html) for html in article["paragraphs"]]
    Page.objects.filter(depth__gt=1).delete()
    parent = Page.objects.get(depth=1)
    # Deleting by query leaves the number of children as it was.
    Page.fix_tree()
    parent.refresh_from_db()
    home = parent = parent.add_child(instance=BarePage(title="Home", body=body))
    for title in ("Section", "Part"):
        parent = parent.add_child(instance=BarePage(title=title, body=body))
    page = parent.add_child(instance=BarePage(title=article["title"], slug="page", body=body))
    for number in range(SIBLINGS):
        parent.add_child(instance=BarePage(title=f"Sibling {number}", body=body))
    Site.objects.all().delete()
    Site.objects.create(hostname="127.0.0.1", root_page=home, is_default_site=True)
    sys.stdout.write(page.url)


main()
