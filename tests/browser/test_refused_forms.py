"""A form refused by the site: the focus is on what is wrong, with or without a script, and a link leads to each field."""

import pytest

# Beginning of the path of a screen → what to write in it, and the first field that the summary leads to.
FORMS = {
    "/admin/login/": ({}, "username"),
    "/admin/password_reset/": ({"email": "sans arobase"}, "email"),
    "/for-the-initiated/": ({"password": "faux"}, "password"),
    "/editorial/read/": ({"comment": "Presque."}, "verdict"),
    "/editorial/invitations/": (
        {"first_name": "Nadia", "password1": "abc", "password2": "abd"},
        "last_name",
    ),
}
FOCUSED = "document.activeElement"


def path_of(screens, screen):
    """The shortest of those that begin so and lead somewhere."""
    paths = [path for path in screens.public.values() if path.startswith(screen)]
    return min((path for path in paths if "/nothing/" not in path), key=len)


def is_in_sight(page) -> bool:
    box = page.evaluate(f"{FOCUSED}.getBoundingClientRect().toJSON()")
    return box["top"] >= 0 and box["top"] < page.viewport_size["height"]


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
@pytest.mark.parametrize("screen", FORMS)
def test_the_focus_is_on_what_is_wrong_and_a_link_leads_to_the_field(
    open_page, screens, screen, script
):
    written, first = FORMS[screen]
    page = open_page(
        path_of(screens, screen),
        java_script_enabled=script,
        viewport={"width": 360, "height": 640},
        reduced_motion="reduce",
    )
    # What the browser would stop by itself is for the site to say.
    form = page.locator(f"form:has([name={first}])")
    form.evaluate("form => { form.noValidate = true }")
    for name, text in written.items():
        form.locator(f"[name={name}]").fill(text)
    form.locator("[type=submit]").first.press("Enter")
    page.wait_for_selector("[role=alert]")
    assert page.evaluate(f"{FOCUSED}.getAttribute('role')") == "alert"
    assert is_in_sight(page)
    page.keyboard.press("Tab")
    assert page.evaluate(f"{FOCUSED}.closest('[role=alert]') !== null")
    page.keyboard.press("Enter")
    page.wait_for_function("(name) => document.activeElement.name === name", arg=first)
    assert is_in_sight(page)
