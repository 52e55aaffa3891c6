"""What editors look at together shows what each may see, in the table, the figures and the files alike."""

import csv
from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from wagtail.admin.menu import reports_menu
from wagtail.models import Locale, Page

from editorial.models import ReviewState
from houses.models import Role
from tests.editorial.acts import decide
from tests.factories import ArticlePageFactory, HousePageFactory, MembershipFactory
from tests.portal.reading import links_of, page_of, says, text_of

pytestmark = pytest.mark.django_db

NAMES = ["waiting", "in-review", "sleeping", "publications", "silent", "translations"]


def address(report):
    return reverse(f"report_{report}:index")


def get(client, user, report, **query):
    client.force_login(user)
    return client.get(address(report), query)


def rows(client, user, report, **query):
    """The rows of the CSV file of a report, by the label of the column."""
    response = get(client, user, report, export="csv", **query)
    lines = b"".join(response.streaming_content).decode().splitlines()
    return list(csv.DictReader(lines))


def titles(client, user, report, **query):
    return [row["Titre"] for row in rows(client, user, report, **query)]


def submitted(author, house_page, title, days=0):
    """An article under review, at the same step for so many days."""
    article = ArticlePageFactory(parent=house_page, title=title, live=False, owner=author)
    article.save_revision(user=author)
    article.get_workflow().start(article, author)
    since = timezone.now() - timedelta(days=days)
    ReviewState.objects.filter(page=article).update(started_at=since)
    return article


def asleep(house_page, title, days=61, **fields):
    article = ArticlePageFactory(parent=house_page, title=title, live=False, **fields)
    touched = timezone.now() - timedelta(days=days)
    Page.objects.filter(pk=article.pk).update(
        has_unpublished_changes=True, latest_revision_created_at=touched
    )
    return article


@pytest.fixture
def busy(lantern, harbour, contributor, lead, outsider, editor):
    """Each of two houses has a text in review, a sleeping draft and a published article."""
    for house_page, author, place in (
        (lantern, contributor, "Valdoie"),
        (harbour, outsider, "Mer"),
    ):
        submitted(author, house_page, f"Relu à {place}")
        asleep(house_page, f"Endormi à {place}")
        ArticlePageFactory(parent=house_page, title=f"Publié à {place}", published_on="2024-05-02")


# Who sees what


@pytest.mark.parametrize("name", ["contributor", "lead"])
@pytest.mark.parametrize("report", NAMES)
def test_a_house_sees_nothing_of_another(client, request, busy, name, report):
    user = request.getfixturevalue(name)
    for query in ({}, {"year": 2024}, {"export": "csv"}):
        response = get(client, user, report, **query)
        said = (
            b"".join(response.streaming_content).decode() if query.get("export") else response.text
        )
        assert "à Mer" not in said and "Le Port" not in said


@pytest.mark.parametrize("report", NAMES)
def test_to_ask_for_another_house_gives_nothing_of_it(client, lead, harbour, busy, report):
    assert "à Mer" not in get(client, lead, report, house=harbour.house.pk).text
    assert all(
        "à Mer" not in str(row) for row in rows(client, lead, report, house=harbour.house.pk)
    )


@pytest.mark.parametrize(
    "report, expected",
    [
        ("in-review", ["Relu à Mer", "Relu à Valdoie"]),
        ("sleeping", ["Endormi à Mer", "Endormi à Valdoie"]),
    ],
)
def test_network_editors_see_every_house(client, editor, lantern, busy, report, expected):
    assert sorted(titles(client, editor, report)) == expected
    assert titles(client, editor, report, house=lantern.house.pk) == expected[1:]


@pytest.mark.parametrize("report", NAMES)
def test_a_visitor_is_asked_to_log_in(client, report):
    assert client.get(address(report)).url.startswith(reverse("wagtailadmin_login"))


@pytest.mark.parametrize("report", NAMES)
def test_a_bad_choice_is_survived(client, editor, busy, report):
    for query in ({"house": "abc"}, {"house": 9999}, {"year": "x"}, {"p": 99}, {"language": "?"}):
        assert get(client, editor, report, **query).status_code == 200


# Reviews


def test_each_person_sees_what_waits_for_them(client, lantern, contributor, lead, editor, harbour):
    article = submitted(contributor, lantern, "Un repair café")
    assert titles(client, lead, "waiting") == ["Un repair café"]
    assert reverse("editorial_review", args=[article.pk]) in links_of(get(client, lead, "waiting"))
    assert titles(client, contributor, "waiting") == titles(client, editor, "waiting") == []
    decide(client, lead, article, "approve")
    assert titles(client, lead, "waiting") == []
    assert titles(client, editor, "waiting") == ["Un repair café"]
    decide(client, editor, article, "approve")
    assert titles(client, editor, "waiting") == titles(client, editor, "in-review") == []


def test_the_report_says_at_which_step_since_when_and_for_whom(
    client, lantern, contributor, lead, editor
):
    MembershipFactory(
        user__username="eve", user__first_name="Ève", house=lantern.house, role=Role.LEAD
    )
    article = submitted(contributor, lantern, "Un repair café", days=6)
    (row,) = rows(client, editor, "in-review")
    step = ReviewState.objects.get(page=article)
    assert step.task.name in row.values() and "6" in row.values() and "La Lanterne" in row.values()
    assert any("Ève" in value and "lead" in value for value in row.values())
    decide(client, lead, article, "approve")
    assert says(get(client, lead, "in-review"), "the network editors")


def test_the_oldest_come_first_and_the_late_are_marked(client, lantern, contributor, lead, editor):
    for days in (1, 9, 6, 4):
        submitted(contributor, lantern, f"Depuis {days}", days=days)
    assert titles(client, lead, "in-review") == ["Depuis 9", "Depuis 6", "Depuis 4", "Depuis 1"]
    assert len(page_of(get(client, lead, "in-review")).select("td .w-status")) == 2


# Drafts


def test_drafts_sleep_after_sixty_days(client, lantern, lead):
    asleep(lantern, "Depuis longtemps", days=90)
    asleep(lantern, "Depuis peu", days=59)
    assert titles(client, lead, "sleeping") == ["Depuis longtemps"]


def test_what_was_withdrawn_is_no_draft(client, lantern, lead):
    article = ArticlePageFactory(parent=lantern)
    article.unpublish()
    long_ago = timezone.now() - timedelta(days=90)
    Page.objects.filter(pk=article.pk).update(
        latest_revision_created_at=long_ago, last_published_at=long_ago + timedelta(seconds=1)
    )
    assert titles(client, lead, "sleeping") == []


def test_a_title_leads_to_the_editor_those_who_may_change_it(client, lantern, contributor, lead):
    draft = asleep(lantern, "À deux", owner=lead)
    edit = reverse("wagtailadmin_pages:edit", args=[draft.pk])
    assert edit in links_of(get(client, lead, "sleeping"))
    response = get(client, contributor, "sleeping")
    assert "À deux" in text_of(response) and edit not in links_of(response)


# Publications


def test_publications_are_counted_by_house_and_month(client, editor, lantern, harbour):
    for house_page, day in (
        *((lantern, "2024-05-02"), (lantern, "2024-05-31"), (lantern, "2024-12-01")),
        *((harbour, "2024-05-15"), (harbour, "2023-05-15")),
    ):
        ArticlePageFactory(parent=house_page, published_on=date.fromisoformat(day))
    table = [list(row.values()) for row in rows(client, editor, "publications", year=2024)]
    assert [(row[0], row[5], row[12], row[13]) for row in table[:2]] == [
        ("La Lanterne", "2", "1", "3"),
        ("Le Port", "1", "0", "1"),
    ]
    assert (table[2][5], table[2][12], table[2][13]) == ("3", "1", "4")
    assert len(table) == 3


def test_what_was_imported_counts_at_the_date_readers_see(client, editor, lantern):
    ArticlePageFactory(parent=lantern, published_on=date(2019, 3, 1))
    ArticlePageFactory(parent=lantern)  # today
    (row,) = rows(client, editor, "publications", year=2019)
    assert list(row.values())[3] == "1"
    (row,) = rows(client, editor, "publications")
    assert list(row.values())[13] == "1"


def test_the_chart_is_drawn_from_the_table(client, editor, lantern):
    for day in ("2024-02-01", "2024-02-02", "2024-07-01"):
        ArticlePageFactory(parent=lantern, published_on=date.fromisoformat(day))
    chart = page_of(get(client, editor, "publications", year=2024)).find("figure")
    heights = [int(bar["height"]) for bar in chart.select("rect")]
    assert len(heights) == 12 and heights[1] == 2 * heights[6] > 0
    assert chart.svg["aria-hidden"] == "true"


# Houses


def test_houses_that_published_nothing_for_a_year_are_silent(
    client, editor, lantern, harbour, lead
):
    ArticlePageFactory(parent=harbour, published_on=timezone.localdate() - timedelta(days=360))
    old = ArticlePageFactory(
        parent=lantern, published_on=timezone.localdate() - timedelta(days=370)
    )
    found = {row["Maison"]: row for row in rows(client, editor, "silent")}
    assert "Le Port" not in found
    assert str(old.published_on) in found["La Lanterne"].values()
    assert "lead <lead@example.org>" in found["La Lanterne"].values()


def test_a_draft_does_not_break_the_silence(client, editor, lantern):
    ArticlePageFactory(parent=lantern, live=False)
    assert "La Lanterne" in [row["Maison"] for row in rows(client, editor, "silent")]


# Translations


def translation_of(article, **fields):
    """The same article in English."""
    english, _created = Locale.objects.get_or_create(language_code="en")
    version = ArticlePageFactory(parent=article.get_parent(), **fields)
    Page.objects.filter(pk=version.pk).update(
        translation_key=article.translation_key, locale=english
    )


def test_what_is_online_in_one_language_alone_misses_the_other(client, lead, lantern):
    ArticlePageFactory(parent=lantern, title="Seul")
    both = ArticlePageFactory(parent=lantern, title="En deux langues")
    translation_of(both, title="In both")
    half = ArticlePageFactory(parent=lantern, title="À moitié")
    translation_of(half, title="Half", live=False)
    ArticlePageFactory(parent=lantern, title="Pas en ligne", live=False)
    assert set(titles(client, lead, "translations")) == {"Seul", "À moitié", "La Lanterne"}
    assert "Seul" not in titles(client, lead, "translations", language="fr")
    assert "Seul" in titles(client, lead, "translations", language="en")


# Files


def test_a_report_is_read_by_a_spreadsheet(client, lead, lantern):
    asleep(lantern, "=SOMME(A1)")
    response = get(client, lead, "sleeping", export="xlsx")
    sheet = load_workbook(BytesIO(b"".join(response.streaming_content))).active
    header, row = sheet.iter_rows()
    assert header[0].value == "Titre" and row[1].value == "La Lanterne"
    assert (row[0].value, row[0].data_type) == ("=SOMME(A1)", "s")


def test_no_text_is_a_formula_in_a_file(client, lead, lantern):
    asleep(lantern, "=SOMME(A1)")
    assert titles(client, lead, "sleeping") == ["'=SOMME(A1)"]


def test_a_file_says_the_time_of_the_clock_on_the_wall(client, lead, lantern):
    draft = asleep(lantern, "Le soir")
    moment = datetime(2025, 7, 14, 23, 30, tzinfo=UTC)
    Page.objects.filter(pk=draft.pk).update(latest_revision_created_at=moment)
    (row,) = rows(client, lead, "sleeping")
    assert "2025-07-15 01:30:00" in row.values()


# The menu


@pytest.mark.parametrize("name", ["contributor", "lead", "editor", "admin"])
def test_the_menu_offers_each_report_once(rf, request, name):
    user = request.getfixturevalue(name)
    asked = rf.get("/")
    asked.user = user
    offered = [item.url for item in reports_menu.menu_items_for_request(asked)]
    assert len(offered) == len(set(offered))
    assert set(map(address, NAMES)) <= set(offered)
    for url_name in ("workflow", "workflow_tasks", "aging_pages", "site_history"):
        assert reverse(f"wagtailadmin_reports:{url_name}") not in offered
    is_admin = name == "admin"
    assert (reverse("wagtailadmin_reports:page_types_usage") in offered) == is_admin


# Cost


@pytest.mark.parametrize("name", ["lead", "editor"])
@pytest.mark.parametrize("report", NAMES)
def test_the_queries_do_not_grow_with_the_rows(
    client, request, busy, lantern, contributor, name, report, django_assert_max_num_queries
):
    # The frame of the admin (user, rights, menu) takes half of them.
    user = request.getfixturevalue(name)
    get(client, user, report)
    with django_assert_max_num_queries(40) as captured:
        client.get(address(report))
    most = len(captured)
    for number in range(5):
        submitted(contributor, lantern, f"Relu {number}")
        asleep(lantern, f"Endormi {number}", owner=contributor)
        ArticlePageFactory(parent=lantern, published_on="2024-05-02")
        MembershipFactory(house=lantern.house, role=Role.LEAD)
        HousePageFactory()
    get(client, user, report)
    with django_assert_max_num_queries(most):
        client.get(address(report))
