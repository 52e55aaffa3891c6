"""What the site says of itself is made of its settings and of what the code does."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from wagtail.models import Site

from home.models import SiteSettings
from portal.personal_data import declared
from privacy import cookies
from tests.portal.reading import links_of, page_of, says, text_of

pytestmark = pytest.mark.django_db

TO_COMPLETE, NOT_STATED = "To be completed in the settings of the site.", "Not stated yet."
PAGES = ["privacy:legal", "privacy:notice"]


@pytest.fixture
def facts(home):
    facts = SiteSettings.for_site(Site.objects.get())
    facts.publisher, facts.host_name = "Réseau Maillage", "Hébergement Roseau"
    facts.publication_director = "Odile Marchebrune"
    facts.email, facts.data_contact = "bonjour@example.org", "donnees@example.org"
    facts.save()
    return facts


def test_the_legal_notices_say_who_answers(client, facts):
    said = text_of(client.get(reverse("privacy:legal")))
    for fact in ("Réseau Maillage", "Hébergement Roseau", "Odile Marchebrune", facts.email):
        assert fact in said


@pytest.mark.parametrize("page", PAGES)
def test_what_is_missing_is_something_to_do_for_an_editor_alone(client, editor, home, page):
    response = client.get(reverse(page))
    assert says(response, NOT_STATED) and not says(response, TO_COMPLETE)
    client.force_login(editor)
    response = client.get(reverse(page))
    assert says(response, TO_COMPLETE) and not says(response, NOT_STATED)
    settings_address = reverse(
        "wagtailsettings:edit", args=["home", "sitesettings", Site.objects.get().pk]
    )
    assert settings_address in links_of(response)
    assert client.get(settings_address).status_code == 200


@pytest.mark.parametrize("page", PAGES)
def test_a_contributor_is_not_asked_to_complete_what_they_may_not(client, contributor, home, page):
    client.force_login(contributor)
    assert not says(client.get(reverse(page)), TO_COMPLETE)


def test_the_notice_tells_every_kind_and_everything_in_the_browser(client, facts):
    said = text_of(client.get(reverse("privacy:notice")))
    assert "donnees@example.org" in said
    assert all(kind.name in said for kind in declared())
    assert all(kept.name in said for kept in cookies.all_kept())


def test_the_periods_are_said_in_words(client, facts):
    periods = {kind.period for kind in declared() if kind.period}
    with override("en"):
        said = text_of(client.get(reverse("privacy:notice")))
        assert {kind.period for kind in declared()} >= {"13 months", "1 year", "3 years"}
    assert len(periods) >= 4 and "13 months" in said


@pytest.mark.parametrize("page", PAGES)
def test_every_page_leads_there_and_they_set_no_cookie(client, facts, page):
    assert reverse(page) in links_of(client.get("/"))
    assert not client.get(reverse(page)).cookies


@pytest.mark.parametrize("page", PAGES)
def test_each_language_has_its_own_address(client, facts, page):
    with override("en"):
        address = reverse(page)
    assert address.startswith("/en/") and client.get(address).status_code == 200


def fact_of(response, text: str):
    """Return the answer of the list of facts that says `text`."""
    (fact,) = [dd for dd in page_of(response).select("dl.told dd") if text in dd.text]
    return fact


def test_words_of_the_settings_are_said_in_the_language_of_the_page(client, facts):
    facts.licence, facts.licence_translations = "À citer.", {"en": "Name the house."}
    facts.save()
    with override("en"):
        english = client.get(reverse("privacy:legal"))
    assert "À citer." not in text_of(english)
    fact = fact_of(english, "Name the house.")
    assert fact.span.get("lang") is None and "exists in" not in fact.text
    assert "À citer." in text_of(client.get(reverse("privacy:legal")))


def test_words_that_nobody_translated_say_their_language(client, facts):
    facts.licence = "À citer."
    facts.save()
    with override("en"):
        response = client.get(reverse("privacy:legal"))
    licence, director = fact_of(response, "À citer."), fact_of(response, "Odile Marchebrune")
    assert licence.span["lang"] == director.span["lang"] == "fr"
    assert "This text exists in French." in licence.text
    assert "exists in" not in director.text  # a name is the same everywhere
    assert not page_of(client.get(reverse("privacy:legal"))).select("dd [lang]")


def test_the_settings_ask_for_the_words_in_each_language(client, editor, facts):
    client.force_login(editor)
    address = reverse("wagtailsettings:edit", args=["home", "sitesettings", Site.objects.get().pk])
    fields = page_of(client.get(address)).select("[name^='licence_translations']")
    assert [field.get("lang") for field in fields] == ["en"]


def test_the_list_follows_the_settings(settings):
    settings.SESSION_COOKIE_NAME, settings.SESSION_COOKIE_AGE = "seance", 86400
    (session,) = [kept for kept in cookies.cookies() if kept.name == "seance"]
    assert session.lasts.startswith("1 ")


def test_each_script_that_keeps_something_is_in_the_list():
    names = {kept.name.rstrip("*") for kept in cookies.all_kept()}
    for path in sorted(Path(settings.BASE_DIR / "static/js").glob("*.js")):
        text = path.read_text()
        if "htmx" not in path.name and ("localStorage" in text or "sessionStorage" in text):
            assert any(name in text for name in names), path.name


# security.txt


def test_security_txt_says_whom_to_tell(client, facts):
    response = client.get("/.well-known/security.txt")
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    said = dict(line.split(": ", 1) for line in response.text.splitlines())
    assert said["Contact"] == "mailto:bonjour@example.org"
    assert said["Preferred-Languages"] == "fr, en"
    assert said["Canonical"].endswith("/.well-known/security.txt")
    expires = timezone.datetime.fromisoformat(said["Expires"])
    assert timedelta(days=100) < expires - timezone.now() < timedelta(days=365)


def test_an_address_for_security_comes_first(client, facts):
    facts.security_contact = "securite@example.org"
    facts.save()
    assert "mailto:securite@example.org" in client.get("/.well-known/security.txt").text


def test_without_an_address_there_is_no_security_txt(client, home):
    assert client.get("/.well-known/security.txt").status_code == 404
