"""What another house has not published yet cannot be seen nor guessed anywhere in the admin."""

import pytest
from django.urls import reverse
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

from portal.drafts import may_see
from tests.factories import (
    ArticlePageFactory,
    HousePageFactory,
    MembershipFactory,
    PlainPageFactory,
    article_form_data,
)
from tests.portal.reading import text_of

pytestmark = pytest.mark.django_db

SECRET = "Brouillon secret"
NOWHERE = 99_999


@pytest.fixture
def draft(lantern, lead, django_capture_on_commit_callbacks):
    """An article that the lead of a house has not published; the admin's search has read it."""
    with django_capture_on_commit_callbacks(execute=True):
        return ArticlePageFactory(parent=lantern, title=SECRET, owner=lead, live=False)


@pytest.fixture
def changed(lantern, lead):
    """A public article of the house whose draft has another title."""
    page = ArticlePageFactory(parent=lantern, title="Déjà public", owner=lead)
    page.title = SECRET
    page.save_revision()
    return page


@pytest.fixture
def own(harbour, outsider):
    return ArticlePageFactory(parent=harbour, title="Du port", owner=outsider, live=False)


def page_url(name, *arguments):
    return reverse(f"wagtailadmin_pages:{name}", args=arguments)


def addresses(pk, revision, own) -> list[str]:
    """Each address of the admin that is about the page `pk`."""
    names = "edit preview_on_edit view_draft usage delete unpublish copy move lock unlock history"
    names += " history_results workflow_history set_privacy convert_alias revisions_index"
    return [
        *(page_url(name, pk) for name in names.split()),
        page_url("add", "articles", "articlepage", pk),
        page_url("add_subpage", pk),
        page_url("revisions_view", pk, revision),
        page_url("revisions_revert", pk, revision),
        page_url("revisions_unschedule", pk, revision),
        page_url("revisions_compare", pk, "earliest", "latest"),
        page_url("workflow_history_detail", pk, 1),
        page_url("move_confirm", pk, own.get_parent().pk),
        page_url("move_confirm", own.pk, pk),
        reverse("wagtailadmin_choose_page_child", args=[pk]),
        reverse("wagtailadmin_explore", args=[pk]),
        reverse("wagtailadmin_choose_page_chosen_multiple") + f"?id={pk}",
        reverse("wagtailadmin_choose_page") + f"?target_pages[]={pk}&user_perms=move_to",
        reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"]) + f"?id={pk}",
        f"/admin/api/main/pages/{pk}/",
    ]


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_hidden_draft_is_answered_as_no_page_is(client, draft, own, outsider, method):
    client.force_login(outsider)
    hidden = addresses(draft.pk, draft.latest_revision_id, own)
    for address, nowhere in zip(hidden, addresses(NOWHERE, NOWHERE, own), strict=True):
        answer, other = getattr(client, method)(address), getattr(client, method)(nowhere)
        assert SECRET not in answer.text and draft.slug not in answer.text, address
        assert answer.status_code == other.status_code, address
        assert text_of(answer).replace(str(draft.pk), str(NOWHERE)) == text_of(other)


def test_somebody_of_two_houses_sees_nothing_of_a_third(client, draft, harbour, outsider):
    MembershipFactory(user=outsider, house=HousePageFactory().house)
    client.force_login(outsider)
    assert client.get(reverse("wagtailadmin_explore", args=[draft.pk])).status_code == 404


def test_a_copy_does_not_name_where_it_may_not_go(client, draft, own, outsider):
    client.force_login(outsider)
    data = {"new_title": "Copie", "new_slug": "copie", "new_parent_page": draft.pk}
    assert client.post(page_url("copy", own.pk), data).status_code == 404


LISTINGS = [
    reverse("wagtailadmin_choose_page_search") + "?q=secret",
    reverse("wagtailadmin_choose_page_search") + "?q=brouillon&page_type=articles.articlepage",
    page_url("search") + "?q=secret",
    page_url("search_results") + "?q=secret",
    page_url("type_use", "articles", "articlepage"),
    reverse("articles_admin:index"),
    reverse("articles_admin:index") + "?q=secret",
    reverse("wagtailadmin_home"),
    reverse("wagtailadmin_explore_root"),
    reverse("wagtailadmin_reports:site_history"),
    reverse("wagtailadmin_reports:aging_pages"),
    reverse("wagtailadmin_reports:workflow"),
    reverse("wagtailadmin_reports:workflow_tasks"),
    reverse("wagtailadmin_reports:locked_pages"),
    "/admin/api/main/pages/?type=wagtailcore.Page&limit=20",
]


def browse(house_page):
    return reverse("wagtailadmin_choose_page_child", args=[house_page.pk])


@pytest.mark.parametrize("state", ["draft", "changed"])
def test_no_list_names_a_draft_of_another_house(client, request, lantern, outsider, state):
    page = request.getfixturevalue(state)
    client.force_login(outsider)
    house = f"/admin/pages/{lantern.pk}/"
    for address in [*LISTINGS, browse(lantern), house]:
        assert SECRET not in client.get(address, follow=True).text, address
    if state == "draft":
        assert f"/pages/{page.pk}/" not in client.get(browse(lantern)).json()["html"]


def test_a_public_article_of_another_house_is_chosen_by_its_public_title(
    client, lantern, changed, outsider
):
    client.force_login(outsider)
    assert "Déjà public" in client.get(browse(lantern)).json()["html"]


@pytest.mark.parametrize("pages", ["id={changed}", "id=all&childOf={house}", "id=all"])
def test_a_bulk_action_names_nothing_of_another_house(client, lantern, changed, outsider, pages):
    client.force_login(outsider)
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    query = pages.format(changed=changed.pk, house=lantern.pk)
    assert client.get(f"{address}?{query}").status_code == 404


def test_choosing_a_draft_of_another_house_by_its_number_tells_nothing(
    client, harbour, draft, own, outsider
):
    client.force_login(outsider)
    link = f'<a linktype="page" id="{draft.pk}">ici</a>'
    content = ContentstateConverter(features=["link"]).from_database_format(f"<p>{link}</p>")
    data = article_form_data(
        title="Du port",
        adapted_from=draft.pk,
        related=[{"article": draft.pk}],
        body=[("paragraph", content)],
    )
    client.post(page_url("edit", own.pk), {**data, "slug": own.slug})
    written = own.revisions.latest("pk").content
    assert written["adapted_from"] == draft.pk and str(draft.pk) in written["body"], "as was posted"
    for address in (page_url("edit", own.pk), page_url("view_draft", own.pk)):
        answer = client.get(address)
        assert SECRET not in answer.text and draft.slug not in answer.text, address


# Those for whom it is


@pytest.mark.parametrize("name", ["contributor", "lead", "editor", "admin"])
def test_the_house_and_the_network_find_the_draft(client, request, lantern, draft, name):
    person = request.getfixturevalue(name)
    client.force_login(person)
    assert may_see(person, draft)
    assert SECRET in client.get(browse(lantern)).json()["html"]
    assert SECRET in client.get(LISTINGS[0]).text
    assert SECRET in text_of(client.get(reverse("wagtailadmin_explore", args=[lantern.pk])))


def test_a_draft_of_the_network_is_hidden_from_houses(client, lead, home):
    page = PlainPageFactory(title=SECRET, live=False)
    client.force_login(lead)
    assert client.get(page_url("view_draft", page.pk)).status_code == 404
    assert SECRET not in client.get(LISTINGS[0]).text


def test_who_may_not_enter_the_admin_is_asked_to_log_in(client, draft):
    assert "/login/" in client.get(page_url("edit", draft.pk)).url
    assert "/login/" in client.get(page_url("edit", NOWHERE)).url
