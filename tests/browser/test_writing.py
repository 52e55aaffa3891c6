from tests.browser.conftest import PASSWORD

# The editor compares the form with what it held two seconds after it was ready.
WATCHED_AFTER = 3000  # milliseconds


def test_contributor_writes_and_previews_an_article(log_in):
    page = log_in("contributor")
    page.get_by_role("link", name="Écrire pour La Lanterne").click()
    page.get_by_role("button", name="Partir d’une feuille blanche").click()
    page.wait_for_load_state("networkidle")
    page.fill("#id_title", "Un essai de partage de clés")
    page.fill("#id_summary", "Ce que nous avons essayé.")
    page.get_by_role("button", name="Enregistrer le brouillon").first.click()
    page.wait_for_url("**/edit/", wait_until="commit")
    page.wait_for_load_state()
    assert page.locator("text=Un essai de partage de clés").count() >= 1
    page.goto(page.url.replace("/edit/", "/view_draft/"))
    assert "Ce que nous avons essayé." in page.inner_text("main")


def test_contributor_pastes_an_article(log_in):
    page = log_in("contributor", "/admin/exchange/paste/")
    page.fill(
        "#id_text",
        "Prêter une sono\n\nNous avons prêté une sono.\n\nCe qui a marché\n\n- le carnet\n- la caution\n\n"
        "Catégories\nGouvernance\n\nDate de publication\n12/03/2026\n",
    )
    page.get_by_role("button", name="Voir ce qui est reconnu").click()
    assert page.input_value("#id_title") == "Prêter une sono"
    assert page.input_value("#id_date") == "2026-03-12"
    assert page.input_value("#id_categories") == "Gouvernance"
    page.fill("#id_summary", "Une sono pour tous.")
    page.get_by_role("button", name="Créer le brouillon").click()
    page.wait_for_url("**/edit/")
    assert page.input_value("#id_title") == "Prêter une sono"
    assert page.input_value("#id_summary") == "Une sono pour tous."


def test_outsider_cannot_open_the_form_of_another_house(log_in):
    page = log_in("contributor")
    page.get_by_role("link", name="Écrire pour La Lanterne").click()
    page.get_by_role("button", name="Partir d’une feuille blanche").click()
    page.wait_for_selector("#id_title")
    form = page.url
    stranger = log_in("outsider")
    stranger.goto(form)
    assert stranger.locator("#id_title").count() == 0


def test_admin_is_of_the_same_house(log_in):
    page = log_in("editor")
    assert page.locator(".maillage-logo").first.is_visible()
    assert "Wagtail" not in page.title()


def test_what_is_typed_after_the_session_ended_is_offered_again(log_in):
    page = log_in("contributor", "/admin/write/")
    page.locator("button[value=meeting]").click()
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(WATCHED_AFTER)
    page.context.clear_cookies(name="sessionid")
    page.fill("#id_summary", "Ce que je ne veux pas retaper.")
    page.wait_for_selector(".kept-text[role=alert]")
    page.get_by_role("button", name="Enregistrer le brouillon").first.click()
    page.fill("#id_username", "contributor")
    page.fill("#id_password", PASSWORD)
    page.click("button[type=submit]")
    page.wait_for_selector("[data-restore]")
    assert page.input_value("#id_summary") == ""
    page.click("[data-restore]")
    page.wait_for_selector(".messages .success")
    assert page.input_value("#id_summary") == "Ce que je ne veux pas retaper."
    assert not page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('kept'))")


def test_a_guided_start_shows_its_hints_and_its_advice_follows_what_is_typed(log_in):
    page = log_in("contributor", "/admin/write/")
    page.locator("button[value=practice]").click()
    page.wait_for_selector(".piece-hint")
    assert page.locator(".piece-hint").count() == 7
    page.wait_for_timeout(WATCHED_AFTER)
    page.locator("[data-side-panel-toggle=rereading]").click()
    page.fill("#id_title", "VENEZ TOUS À LA FÊTE DU QUARTIER")
    title = page.locator('.rereading a[href="#id_title"]')
    page.wait_for_function(
        "document.querySelector('.rereading a[href=\"#id_title\"]')?.parentElement.textContent.includes('capitales')"
    )
    page.locator('.rereading a[href="#id_categories"]').click()
    page.wait_for_selector("#id_categories")
    title.click()
    page.wait_for_function("document.activeElement.id === 'id_title'")
