"""What is shown in another language than the screen says so: on every screen of ours in the admin."""

import json

import pytest

# What is read of a screen, once its scripts have run: words, values of fields, names of buttons and pictures.
SAID_IN_THE_WRONG_LANGUAGE = """texts => {
    const found = [];
    const look = (node, said) => {
        const known = Object.keys(texts).find((text) => said?.includes(text));
        if (known && node.closest("[lang]").lang !== texts[known]) found.push(node.outerHTML.slice(0, 200));
    };
    const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (words.nextNode()) {
        const node = words.currentNode.parentElement;
        const said = words.currentNode.textContent.replace(/\\s+/g, " ");
        if (!node.closest("script, style, template")) look(node, said);
    }
    for (const node of document.querySelectorAll("input:not([type=hidden]), textarea")) look(node, node.value);
    for (const name of ["aria-label", "alt", "title", "placeholder"])
        for (const node of document.body.querySelectorAll(`[${name}]`)) look(node, node.getAttribute(name));
    return found;
}"""


@pytest.fixture(params=["fr", "en"])
def texts_elsewhere(request, screens, manage):
    """Titles and summaries in another language than that of the admin → their language."""
    command = ["shell", "--no-imports", "--command"]
    code = f"from tests.browser.titles import tell; tell({request.param!r})"
    yield json.loads(manage(*command, code))
    manage(*command, "from tests.browser.titles import forget; forget()")


@pytest.fixture
def said_in_the_wrong_language(texts_elsewhere):
    """Return a function that gives what a page shows of them without saying their language."""

    def said(page):
        page.wait_for_load_state("networkidle")
        return page.evaluate(SAID_IN_THE_WRONG_LANGUAGE, texts_elsewhere)

    return said


def test_titles_in_another_language_say_so_on_every_screen(
    log_in, screens, said_in_the_wrong_language
):
    found, seen = [], 0
    for role in ("admin", "editor", "lead", "contributor"):
        page = log_in(role)
        for path in [path for path, who in screens.admin if who == role]:
            page.goto(path)
            seen += 1
            found += [f"{path}: {each}" for each in said_in_the_wrong_language(page)]
    assert seen > 50
    assert not found, "\n".join(found)
