"""axe (WCAG 2.0 to 2.2, A and AA, and best practices) finds nothing on the public screens, nor in ours of the admin."""

import pytest
from wagtail.models import get_page_models

from portal.models import BasePage
from tests.browser.tools import tool

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDTHS = (1280, 768, 360)
SCHEMES = ("light", "dark")


@pytest.fixture(scope="session")
def axe():
    return tool("axe-core/axe.min.js").read_text()


def findings(page, axe, **context) -> list[str]:
    """What axe says against the page as it is now shown: the rule and where, one a line."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(axe)
    violations = page.evaluate(
        """async ([context, tags]) => {
            // Colours are read once they have changed.
            for (const each of document.getAnimations()) each.cancel();
            const options = {runOnly: tags, resultTypes: ["violations"], iframes: false};
            return (await axe.run(context, options)).violations;
        }""",
        [context or {"include": ["html"]}, TAGS],
    )
    return [
        f"{rule['id']}: {' '.join(map(str, node['target']))} {node['html'][:160]}"
        for rule in violations
        for node in rule["nodes"]
    ]


def at_each_width(page):
    """Show the page at each width, light and dark."""
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            yield f"{width} {scheme}"


def test_no_screen_is_forgotten(screens):
    """Each page type has a page here, and each address of ours a value for its arguments."""
    types = {model.__name__ for model in get_page_models() if issubclass(model, BasePage)}
    assert types - {name.partition(" ")[0] for name in screens.public} == set()
    assert screens.nameless == []


def test_axe_finds_nothing_on_the_public_screens(open_page, screens, axe):
    page = open_page("about:blank", bypass_csp=True)
    found = {}
    for name, path in screens.public.items():
        page.goto(path)
        for look in at_each_width(page):
            for finding in findings(page, axe):
                found.setdefault(f"{name}: {finding}", []).append(look)
    assert not found, "\n".join(f"{finding} ({', '.join(at)})" for finding, at in found.items())


# Wagtail's own markup, as it comes on its screens too: not ours to mend.
NOT_OURS = [
    "[data-w-tabs-target=trigger][href='#tab-roles']",  # a button that opens a tab, said to be one
]


@pytest.mark.parametrize("role", ["admin", "editor", "lead", "contributor"])
def test_axe_finds_nothing_in_what_we_add_to_the_admin(log_in, screens, axe, role):
    page = log_in(role)
    found = {}
    for path in [path for path, who in screens.admin if who == role]:
        page.goto(path)
        for scheme, width in (("light", 1280), ("dark", 360)):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            page.set_viewport_size({"width": width, "height": 800})
            for finding in findings(page, axe, include=["main"], exclude=NOT_OURS):
                found.setdefault(f"{path}: {finding}", []).append(f"{width} {scheme}")
    assert not found, "\n".join(f"{finding} ({', '.join(at)})" for finding, at in found.items())
