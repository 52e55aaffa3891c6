def test_contributor_writes_and_previews_an_article(log_in):
    page = log_in("contributor")
    page.get_by_role("link", name="Écrire pour La Lanterne").click()
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
    form = page.get_by_role("link", name="Écrire pour La Lanterne").get_attribute("href")
    stranger = log_in("outsider")
    stranger.goto(form)
    assert stranger.locator("#id_title").count() == 0


def test_admin_is_of_the_same_house(log_in):
    page = log_in("editor")
    assert page.locator(".maillage-logo").first.is_visible()
    assert "Wagtail" not in page.title()
