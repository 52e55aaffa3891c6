"""The audit of accessibility is whole, names tests that exist, and the statement says what it says."""

import re
import tomllib
from datetime import date

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext, override
from wagtail.models import Site

from home import accessibility
from home.accessibility import FOLDER, Level, read_audit
from home.models import SiteSettings
from tests.factories import PlainPageFactory
from tests.portal.reading import links_of, page_of, says, text_of

# How many criteria each theme of the RGAA 4.1 has.
THEMES = [9, 2, 3, 13, 8, 2, 5, 10, 4, 14, 13, 11, 12]
STATES = {"conforme", "non conforme", "non applicable"}
CHECK_BY_HAND = re.compile(r"(\d{4}-\d\d-\d\d) : .{10,}")


def criteria_of(name: str) -> list[dict]:
    data = tomllib.loads((FOLDER / name).read_text())
    return [criterion for theme in data["theme"] for criterion in theme["criterion"]]


ALL = criteria_of("rgaa-4.1.toml") + criteria_of("wcag-2.2.toml")


def test_the_audit_has_every_criterion_of_the_framework():
    numbers = [criterion.number for criterion in read_audit().criteria]
    assert numbers == [
        f"{theme}.{rank}"
        for theme, count in enumerate(THEMES, start=1)
        for rank in range(1, count + 1)
    ]
    assert len(numbers) == 106


@pytest.mark.parametrize("criterion", ALL, ids=lambda criterion: criterion["number"])
def test_each_criterion_has_a_state_and_what_shows_it(criterion):
    assert criterion["state"] in STATES
    assert criterion["title"] and criterion["how"] and criterion["evidence"]
    assert bool(criterion.get("planned")) == (criterion["state"] == "non conforme")
    for evidence in criterion["evidence"]:
        if evidence.startswith("tests/"):
            assert_test_exists(evidence)
        else:
            assert date.fromisoformat(CHECK_BY_HAND.fullmatch(evidence)[1]) <= date.today()


def assert_test_exists(name: str) -> None:
    path, _colons, function = name.partition("::")
    source = (settings.BASE_DIR / path).read_text()
    assert not function or re.search(rf"^def {function}\(", source, re.MULTILINE), name


def audit_with(met: int, failed: int):
    """An audit with so many criteria met, and not met, and the others that do not apply."""
    states = ["conforme"] * met + ["non conforme"] * failed
    states += ["non applicable"] * (106 - len(states))
    rows = zip(read_audit().criteria, states, strict=True)
    return read_audit()._replace(criteria=[row._replace(state=state) for row, state in rows])


@pytest.mark.parametrize(
    "met, failed, rate, level",
    [
        (80, 0, 100, Level.FULL),
        (79, 1, 98, Level.PARTIAL),
        (40, 40, 50, Level.PARTIAL),
        (39, 41, 48, Level.NONE),
    ],
)
def test_the_state_is_that_of_the_law(met, failed, rate, level):
    audit = audit_with(met, failed)
    assert (audit.rate, audit.level) == (rate, level)


@pytest.fixture
def statement(client, home):
    return client.get(reverse("home:accessibility"))


def test_the_statement_tells_the_state_the_rate_and_the_date(statement):
    audit = read_audit()
    assert says(statement, "Accessibility: %(level)s", level=audit.level.label)
    figures = [figure.text for figure in page_of(statement).select(".figures dd")]
    assert figures[1:] == [str(len(audit.met)), str(len(audit.failed))]
    assert str(audit.rate) in figures[0]
    assert date_format(audit.done_on) in text_of(statement)


def test_the_statement_names_each_criterion_that_is_not_met(statement):
    shown = page_of(statement).select_one(".prose > h3 ~ ul").select("strong")
    numbers = [strong.text.split()[0] for strong in shown]
    assert numbers == [criterion.number for criterion in read_audit().failed]


def test_a_site_that_meets_everything_says_so(client, home, monkeypatch):
    monkeypatch.setattr("home.views.read_audit", lambda: audit_with(80, 0))
    statement = client.get(reverse("home:accessibility"))
    assert gettext("What does not comply") not in text_of(statement)
    assert says(statement, "Accessibility: %(level)s", level=Level.FULL.label)


def test_the_statement_says_whom_to_write_to_and_where_to_appeal(client, home):
    site_settings = SiteSettings.for_site(Site.objects.get())
    site_settings.email, site_settings.phone = "acces@example.org", "01 02 03 04 05"
    site_settings.save()
    statement = client.get(reverse("home:accessibility"))
    assert {
        "mailto:acces@example.org",
        "tel:0102030405",
        "https://formulaire.defenseurdesdroits.fr/",
    } <= set(links_of(statement))
    assert "Libre réponse 71120, 75342 Paris CEDEX 07" in text_of(statement)


def test_each_page_leads_to_the_statement_with_its_state(client, home, lantern):
    with override(settings.LANGUAGE_CODE):
        state = gettext("Accessibility: %(level)s") % {"level": read_audit().level.label}
    for path in ("/", lantern.url, "/nothing-here/", reverse("home:site_map")):
        link = page_of(client.get(path)).select_one(f'footer a[href="{statement_url()}"]')
        assert link.text == state


def statement_url() -> str:
    return reverse("home:accessibility")


def test_editors_who_had_the_link_already_do_not_see_it_twice(client, home):
    site_settings = SiteSettings.for_site(Site.objects.get())
    link = {"page": None, "url": statement_url(), "label": "Accessibilité"}
    site_settings.footer_navigation = [("link", link)]
    site_settings.save()
    assert len(page_of(client.get("/")).select(f'footer a[href="{statement_url()}"]')) == 1


def test_the_statement_takes_the_place_of_a_plain_page_of_that_name(client, home):
    PlainPageFactory(title="Ancienne", slug=statement_url().strip("/"))
    assert "Libre réponse 71120" in client.get(statement_url()).text


def test_each_page_says_its_language(client, home, lantern):
    for path in ("/", lantern.url, statement_url()):
        assert page_of(client.get(path)).html["lang"] == "fr"
    with override("en"):
        address = reverse("home:accessibility")
    assert page_of(client.get(address)).html["lang"] == "en"


def test_what_is_told_in_french_is_marked_so_on_the_english_page(client, home):
    with override("en"):
        statement = client.get(reverse("home:accessibility"))
    failed = accessibility.read_audit().failed[0]
    (told,) = [li for li in page_of(statement).select("li") if failed.number in li.text.split()]
    assert told.find_parent(lang="fr")


def test_the_login_form_is_in_french_and_can_be_filled_in(client, home):
    document = page_of(client.get(reverse("wagtailadmin_login")))
    assert document.select_one("#id_username")["autocomplete"] == "username"
    assert document.select_one("#id_password")["autocomplete"] == "current-password"
    assert "Mot de passe" in document.select_one('label[for="id_password"]').text
