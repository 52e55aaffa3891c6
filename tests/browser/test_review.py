"""An article goes from a guided start to online, through the hands and mails of those it concerns and of nobody else."""

import re
from datetime import datetime, timedelta

from tests.browser.mails import link_in

LEAD, CONTRIBUTOR, EDITOR = (
    f"{name}@maillage.example.org" for name in ("lead", "contributor", "editor")
)
READER = "sabine.experte@example.org"


def choose_action(page, name):
    """Click an action of the editor that its menu holds."""
    page.get_by_role("button", name="Plus d'actions").click()
    page.get_by_role("button", name=name, exact=True).click()
    page.wait_for_url(lambda url: "/edit/" not in url)


def fill_every_piece(page):
    """Write a few words in each empty piece of a guided start."""
    for box in page.locator(
        ".w-panel--nested [contenteditable=true], [data-streamfield-child] [contenteditable=true]"
    ).all():
        if box.is_visible() and not box.inner_text().strip():
            box.click()
            page.keyboard.type("Nous avons essayé.")
    for field in page.locator("[data-streamfield-child] :is(input[type=text], textarea)").all():
        if field.is_visible() and not field.input_value():
            field.fill("12")


def write_and_submit(author):
    """From a guided start; return the address at which the text is changed."""
    author.get_by_role("button", name="Raconter une pratique").click()
    author.wait_for_load_state("networkidle")
    author.fill("#id_title", "La clé partagée du gymnase")
    author.fill("#id_summary", "Une clé pour onze associations.")
    fill_every_piece(author)
    choose_action(author, "Envoyer en relecture")
    return re.search(r"/admin/pages/\d+/edit/", author.content()).group()


def decide(page, decision):
    page.get_by_role("button", name=decision).click()
    page.wait_for_url("**/admin/")


def send_a_link(editor, readers_path):
    editor.goto(readers_path)
    editor.fill("#id_name", "Sabine Experte")
    editor.fill("#id_email", READER)
    editor.get_by_role("button", name="Envoyer le lien").click()
    editor.wait_for_load_state()


def approve_from_outside(reader):
    assert reader.context.cookies() == []
    reader.get_by_role("radio").first.check()
    reader.fill("#id_comment", "C’est exact.")
    reader.fill("#id_name", "Sabine Experte")
    reader.get_by_role("button", name="Envoyer ma réponse").click()
    assert reader.get_by_role("heading", level=1).inner_text().startswith("Merci, Sabine Experte")


def test_from_a_guided_start_to_online(log_in, open_page, new_mails):
    author = log_in("contributor", "/admin/write/")
    edit_path = write_and_submit(author)
    readers_path = edit_path.replace("/admin/pages/", "/admin/readers/").replace("edit/", "")
    mails = new_mails()
    assert set(mails) == {LEAD}

    # Her lead asks for changes.
    lead = log_in("lead", link_in(mails[LEAD]))
    assert lead.frame_locator("iframe").get_by_role("heading", level=1).inner_text() == (
        "La clé partagée du gymnase"
    )
    lead.fill("#id_comment", "Dans quelle commune ?")
    decide(lead, "Demander des modifications")
    mails = new_mails()
    assert set(mails) == {CONTRIBUTOR} and "Dans quelle commune" in mails[CONTRIBUTOR]

    # She changes her text and submits it again; the lead sees what changed, and approves.
    author.goto(link_in(mails[CONTRIBUTOR]))
    author.wait_for_load_state("networkidle")
    author.fill("#id_summary", "Une clé pour onze associations de Valdoie.")
    choose_action(author, "Envoyer de nouveau en relecture")
    mails = new_mails()
    assert set(mails) == {LEAD}
    lead.goto(link_in(mails[LEAD]))
    assert "de Valdoie" in lead.locator(".review-changes .addition").first.inner_text()
    decide(lead, "Approuver")
    mails = new_mails()
    assert set(mails) == {CONTRIBUTOR, EDITOR}
    review_path = link_in(mails[EDITOR])

    # An outside reader, without an account, approves by a link.
    editor = log_in("editor", review_path)
    send_a_link(editor, readers_path)
    mails = new_mails()
    assert set(mails) == {READER}
    approve_from_outside(open_page(link_in(mails[READER])))
    mails = new_mails()
    assert READER not in mails and EDITOR in mails and "C’est exact." in mails[EDITOR]
    assert set(mails) <= {EDITOR, CONTRIBUTOR}

    # A contributor of another house can see, change or guess nothing of it.
    outsider = log_in("outsider")
    for path in (edit_path, review_path, readers_path, edit_path.replace("edit", "history")):
        assert outsider.goto(path).status == 404, path
        assert "gymnase" not in outsider.content(), path

    # The editor puts it online at a date.
    tomorrow = datetime.now() + timedelta(days=1)
    editor.goto(review_path)
    editor.fill("#id_go_live_at", tomorrow.strftime("%Y-%m-%d %H:%M"))
    editor.keyboard.press("Escape")
    decide(editor, "Approuver et mettre en ligne")
    mails = new_mails()
    assert set(mails) == {CONTRIBUTOR} and "Il sera en ligne le" in mails[CONTRIBUTOR]
    visitor = open_page("/recherche/?q=gymnase+partag%C3%A9e")
    assert "La clé partagée du gymnase" not in visitor.content()
