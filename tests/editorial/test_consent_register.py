"""The register of consents: what each may read of it, and what is handed over to a person."""

import csv
import io
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.editorial.consenting import consent
from tests.factories import ArticlePageFactory
from tests.portal.reading import text_of

pytestmark = pytest.mark.django_db

REGISTER = "/admin/consents/"


@pytest.fixture
def here(lantern, contributor):
    return ArticlePageFactory(parent=lantern, title="Un repair café", owner=contributor)


@pytest.fixture
def there(harbour):
    return ArticlePageFactory(parent=harbour, title="Un bateau")


@pytest.fixture
def consents(here, there):
    yesterday = timezone.localdate() - timedelta(days=1)
    return [
        consent(here, "Awa Diop", role="trésorière"),
        consent(here, "Luc Petit", given_on=yesterday, until=yesterday),
        consent(there, "Awa Diop", withdrawn_on=yesterday),
        consent(there, "Zoé Marin"),
    ]


def shown(client, **filters):
    text = text_of(client.get(REGISTER, filters))
    return {name for name in ("Awa Diop", "Luc Petit", "Zoé Marin") if name in text}


def test_each_reads_the_consents_of_the_articles_they_may_edit(
    client, consents, lead, contributor, outsider, editor
):
    for person, names in [
        (lead, {"Awa Diop", "Luc Petit"}),
        (contributor, {"Awa Diop", "Luc Petit"}),
        (outsider, set()),
        (editor, {"Awa Diop", "Luc Petit", "Zoé Marin"}),
    ]:
        client.force_login(person)
        assert shown(client) == names, person
        export = client.get(REGISTER, {"export": "csv"})
        content = b"".join(export.streaming_content).decode()
        assert ("Zoé Marin" in content) == ("Zoé Marin" in names)


def test_the_register_is_filtered_by_house_state_and_person(client, consents, editor, harbour):
    client.force_login(editor)
    assert shown(client, house=harbour.house.pk) == {"Awa Diop", "Zoé Marin"}
    assert shown(client, state="expired") == {"Luc Petit"}
    assert shown(client, state="withdrawn") == {"Awa Diop"}
    assert shown(client, state="valid") == {"Awa Diop", "Zoé Marin"}
    assert shown(client, state="erased") == set()
    # As the filter's own field repeats what was typed, the rows are counted.
    rows = client.get(REGISTER, {"person": "ZOE"}).context["object_list"]
    assert [str(row) for row in rows] == ["Zoé Marin"]


def test_the_filter_offers_the_houses_whose_work_one_sees(
    client, consents, editor, lead, lantern, harbour
):
    for person, houses in ((lead, {"La Lanterne"}), (editor, {"La Lanterne", "Le Port"})):
        client.force_login(person)
        choices = client.get(REGISTER).context["filters"].form.fields["house"].queryset
        assert {str(house) for house in choices if not house.is_network} == houses


def test_a_filter_that_makes_no_sense_is_no_error(client, consents, editor):
    client.force_login(editor)
    assert client.get(REGISTER, {"house": "x", "state": "'"}).status_code == 200


def test_the_register_takes_as_many_queries_whatever_its_length(
    client, consents, here, editor, django_assert_max_num_queries
):
    for number in range(30):
        consent(here, f"Personne {number}")
    client.force_login(editor)
    client.get(REGISTER)
    # The admin's own frame, the rows, their count, the houses for the rows and for the filter.
    with django_assert_max_num_queries(25):
        client.get(REGISTER)


def rows_for(client, user, name):
    client.force_login(user)
    answer = client.get(reverse("editorial_consent_export"), {"name": name})
    if answer.status_code != 200:
        return answer.status_code
    assert answer["Content-Type"].startswith("text/csv")
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


def test_a_person_gets_a_copy_of_all_that_is_known_of_them(client, consents, editor, lead):
    _heads, *rows = rows_for(client, editor, "awa  DIOP")
    assert len(rows) == 2 and {row[0] for row in rows} == {"Awa Diop"}
    assert {row[2] for row in rows} == {"Un repair café", "Un bateau"}
    _heads, *rows = rows_for(client, lead, "Awa Diop")
    assert [row[2] for row in rows] == ["Un repair café"]


def test_nothing_is_known_of_others(client, consents, outsider, editor):
    assert rows_for(client, outsider, "Luc Petit") == 404
    assert rows_for(client, editor, "Personne") == 404
    assert rows_for(client, editor, "") == 404


def test_a_copy_holds_no_formula(client, here, editor):
    consent(here, "=HYPERLINK(1)")
    _heads, [name, *_rest] = rows_for(client, editor, "=HYPERLINK(1)")
    assert name == "'=HYPERLINK(1)"


def test_the_menu_of_reports_leads_to_it(client, editor, contributor):
    for person in (editor, contributor):
        client.force_login(person)
        assert REGISTER in client.get("/admin/").text
