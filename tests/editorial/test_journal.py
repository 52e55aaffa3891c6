"""The log is read by those who answer for what it tells: the network all of it, the leads what is of their house."""

import csv

import pytest
from django.contrib.auth.signals import user_login_failed
from django.urls import reverse
from wagtail.models import ModelLogEntry, PageLogEntry

from houses.models import Role
from tests.editorial.acts import decide
from tests.factories import ArticlePageFactory, MembershipFactory
from tests.portal.reading import links_of, page_of, says, text_of

pytestmark = pytest.mark.django_db


def get(client, reader, **query):
    client.force_login(reader)
    return client.get(reverse("report_journal:index"), query)


def lines(client, reader, **query):
    """The rows of the CSV file, as lists."""
    response = get(client, reader, export="csv", **query)
    text = b"".join(response.streaming_content).decode()
    return list(csv.reader(text.splitlines()))[1:]


@pytest.fixture
def garden(lantern, lead):
    article = ArticlePageFactory(parent=lantern, title="Le jardin")
    article.save_revision(user=lead, log_action=True)
    return article


@pytest.fixture
def boat(harbour, outsider):
    article = ArticlePageFactory(parent=harbour, title="Le bateau")
    article.save_revision(user=outsider, log_action=True)
    return article


@pytest.mark.parametrize("name", ["editor", "admin"])
def test_the_network_reads_all_of_it(client, request, name, garden, boat):
    user = request.getfixturevalue(name)
    response = get(client, user)
    assert "Le jardin" in text_of(response) and "Le bateau" in text_of(response)
    assert says(response, "Logged in")
    assert {line[3] for line in lines(client, user)} >= {"Le jardin", "Le bateau", name}


def test_a_lead_reads_what_happened_to_the_pages_of_the_house(client, lead, garden, boat):
    response = get(client, lead)
    assert "Le jardin" in text_of(response)
    for said in (response.text, str(lines(client, lead))):
        assert "Le bateau" not in said and "outsider" not in said
    assert not says(response, "Logged in")


def test_no_choice_of_a_filter_tells_a_lead_of_others(client, lead, garden, boat, harbour):
    form = get(client, lead).context["filters"].form
    assert list(form.fields["user"].queryset) == [lead]
    assert {kind.model for kind in form.fields["object_type"].queryset} == {"page"}
    assert [house.name for house in form.fields["house"].queryset] == ["La Lanterne"]
    assert "editorial.login" not in dict(form.fields["action"].choices)
    assert "Le bateau" not in str(lines(client, lead, house=harbour.house.pk))


@pytest.mark.parametrize("name", ["contributor", "outsider"])
def test_contributors_do_not_read_it(client, request, name, garden):
    response = get(client, request.getfixturevalue(name))
    assert response.url == reverse("wagtailadmin_home")
    assert reverse("report_journal:index") not in client.get(response.url).text


def test_a_lead_of_two_houses_reads_both(client, lead, garden, boat, harbour):
    MembershipFactory(user=lead, house=harbour.house)
    assert "Le bateau" not in text_of(get(client, lead))
    lead.memberships.filter(house=harbour.house).update(role=Role.LEAD)
    assert "Le bateau" in text_of(get(client, lead))


def test_a_lead_still_reads_who_deleted_an_article(client, lead, second_lead, admin, garden):
    client.force_login(admin)
    client.post(reverse("wagtailadmin_pages:delete", args=[garden.pk]))
    (line,) = [line for line in lines(client, lead) if line[3] == "Le jardin"]
    assert line[1] == "admin"


@pytest.mark.parametrize(
    "query, expected",
    [
        ({"label": "jard"}, {"Le jardin"}),
        ({"house": "{house}"}, {"Le jardin", "La Lanterne", "lead"}),
        ({"user": "{lead}"}, {"Le jardin", "lead"}),
        ({"action": "wagtail.edit", "user": "{lead}"}, {"Le jardin"}),
        ({"action": "editorial.membership.add", "house": "{house}"}, {"lead"}),
        ({"timestamp_to": "2001-01-01"}, set()),
    ],
)
def test_it_is_filtered(client, editor, lead, lantern, garden, boat, query, expected):
    client.force_login(lead)  # an entry of theirs among what is no page
    keys = {"house": lantern.house.pk, "lead": lead.pk}
    query = {name: value.format(**keys) for name, value in query.items()}
    assert {line[3] for line in lines(client, editor, **query)} == expected


@pytest.mark.parametrize(
    "query",
    [{"house": "x"}, {"user": "0"}, {"action": "?"}, {"timestamp_from": "hier"}, {"p": "z"}],
)
def test_a_bad_choice_is_survived(client, editor, garden, query):
    assert get(client, editor, **query).status_code == 200


def test_it_says_what_a_reviewer_wrote(client, draft, contributor, lead, editor):
    draft.get_workflow().start(draft, contributor)
    decide(client, lead, draft, "reject", comment="Qui est sur la photo ?")
    assert "Qui est sur la photo ?" in text_of(get(client, editor))


def test_a_name_typed_by_a_stranger_is_only_text(client, editor):
    user_login_failed.send(sender=None, credentials={"username": "=<b>1+1"}, request=None)
    response = get(client, editor)
    assert "=<b>1+1" in text_of(response) and not page_of(response).select("td b")
    assert "'=<b>1+1" in {line[3] for line in lines(client, editor)}


def test_an_object_leads_to_where_it_is_changed_by_those_who_may(client, editor, lead, garden):
    edit = reverse("wagtailadmin_pages:edit", args=[garden.pk])
    assert edit in links_of(get(client, lead))
    users = [link for link in links_of(get(client, editor)) if "/users/" in link]
    assert users == []


def test_the_latest_come_first_page_by_page(client, editor, lantern):
    articles = [ArticlePageFactory(parent=lantern) for _number in range(20)]
    titles = [line[3] for line in lines(client, editor) if line[3].startswith("Titre")]
    assert titles[0] == articles[-1].title
    total = PageLogEntry.objects.count() + ModelLogEntry.objects.count()
    response = get(client, editor, p=2)  # which was noted itself
    assert response.context["paginator"].count == total + 1


def test_the_queries_do_not_grow_with_the_entries(
    client, editor, lead, garden, lantern, django_assert_max_num_queries
):
    get(client, editor)
    with django_assert_max_num_queries(40) as captured:
        client.get(reverse("report_journal:index"))
    most = len(captured)
    for _number in range(5):
        ArticlePageFactory(parent=lantern).save_revision(user=lead, log_action=True)
        MembershipFactory(house=lantern.house)
    get(client, editor)
    with django_assert_max_num_queries(most):
        client.get(reverse("report_journal:index"))
