"""What editors look at together shows what each may see, in the table, the figures and the files alike."""

from datetime import UTC, datetime
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook
from wagtail.admin.menu import reports_menu
from wagtail.models import Page

from houses.models import Role
from tests.editorial.desk import address, asleep, get, rows, submitted, titles
from tests.factories import ArticlePageFactory, HousePageFactory, MembershipFactory

pytestmark = pytest.mark.django_db

NAMES = ["waiting", "in-review", "sleeping", "publications", "silent", "translations", "outdated"]


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


@pytest.mark.parametrize("name", ["workflow", "workflow_tasks", "workflow_results"])
def test_the_softwares_own_reports_of_reviews_lead_to_ours(client, lead, name):
    client.force_login(lead)
    response = client.get(reverse(f"wagtailadmin_reports:{name}"))
    assert response.url == address("in-review")


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
