"""Many articles at once: publish what others wrote, withdraw with a reason, give to another house."""

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Locale, Page, PageLogEntry

from articles.models import ArticlePage
from editorial.models import Mail, open_state
from houses.models import HouseIndexPage, HousePage
from search.audit import audit
from search.searching import Request, search
from tests.editorial.acts import recipients, submit
from tests.factories import ArticlePageFactory, HouseFactory, restricted
from tests.portal.reading import says, text_of


def address_of(action, pages):
    ids = "&".join(f"id={page.pk}" for page in pages)
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
    return f"{address}?{ids}&next=/admin/"


def act(client, user, action, pages, **fields):
    client.force_login(user)
    return client.post(address_of(action, pages), fields)


def shown(client, user, action, pages):
    client.force_login(user)
    return client.get(address_of(action, pages))


def is_live(page):
    return Page.objects.get(pk=page.pk).live


@pytest.fixture
def boat(harbour):
    return ArticlePageFactory(parent=harbour, title="Le bateau")


# Publish


def test_an_editor_publishes_what_others_wrote(client, editor, draft, harbour, outsider):
    other = ArticlePageFactory(parent=harbour, title="Le phare", live=False)
    other.save_revision(user=outsider)
    assert act(client, editor, "publish", [draft, other]).status_code == 302
    assert is_live(draft) and is_live(other)
    message = ngettext("%(count)d article was published.", "%(count)d articles were published.", 2)
    assert message % {"count": 2} in text_of(client.get("/admin/"))
    assert not list(audit())


def test_the_house_and_the_author_are_told_of_what_is_published_in_bulk(
    client, editor, draft, contributor, lead, outsider, second_editor
):
    submit(client, contributor, draft)
    recipients()
    act(client, editor, "publish", [draft])
    assert recipients() == sorted([contributor.email, lead.email])
    told = Mail.objects.filter(event__startswith="published:").first()
    assert told.content["url"] == ArticlePage.objects.get(pk=draft.pk).full_url


@pytest.mark.parametrize("name", ["editor", "admin"])
def test_nobody_publishes_a_text_of_which_they_wrote_the_last_change(client, request, name, draft):
    user = request.getfixturevalue(name)
    draft.summary = "Autrement dit"
    draft.save_revision(user=user)
    response = shown(client, user, "publish", [draft])
    assert says(response, "You wrote its last change: somebody else has to read it.")
    act(client, user, "publish", [draft])
    assert not is_live(draft)


def test_nothing_is_asked_before_publishing(client, editor, draft):
    response = shown(client, editor, "publish", [draft])
    assert draft.title in text_of(response) and not list(response.context["form"])


def test_saving_without_a_change_is_not_writing(client, editor, draft):
    draft.save_revision(user=editor)
    act(client, editor, "publish", [draft])
    assert is_live(draft)


def test_what_is_left_out_does_not_keep_the_others(client, editor, draft, boat):
    mine = ArticlePageFactory(parent=draft.get_parent(), title="De ma main", live=False)
    mine.summary = "Rien que moi"
    mine.save_revision(user=editor)
    response = shown(client, editor, "publish", [draft, mine, boat])
    assert says(response, "Nothing is waiting: what is online is the last version.")
    act(client, editor, "publish", [draft, mine, boat])
    assert is_live(draft) and not is_live(mine)


def test_an_unfinished_draft_is_left_out(client, editor, draft, contributor):
    unfinished = ArticlePageFactory(parent=draft.get_parent(), title="Sans titre", live=False)
    unfinished.title = ""
    unfinished.save_revision(user=contributor, clean=False)
    act(client, editor, "publish", [unfinished, draft])
    assert is_live(draft) and not is_live(unfinished)


@pytest.mark.parametrize("name", ["contributor", "lead"])
def test_houses_publish_nothing_by_themselves(client, request, name, draft):
    user = request.getfixturevalue(name)
    assert says(
        shown(client, user, "publish", [draft]), "Only the network editors put texts online."
    )
    act(client, user, "publish", [draft])
    assert not is_live(draft)


def test_drafts_of_another_house_are_not_named(client, outsider, draft):
    for action in ("publish", "unpublish", "move"):
        assert draft.title not in shown(client, outsider, action, [draft]).text
        act(client, outsider, action, [draft])
    assert not is_live(draft)


def test_a_review_ends_when_its_article_is_published_in_bulk(client, editor, contributor, draft):
    submit(client, contributor, draft, title="Un repair café")
    assert open_state(draft)
    act(client, editor, "publish", [draft])
    assert is_live(draft) and open_state(draft) is None


# Withdraw


def test_withdrawing_needs_a_reason(client, editor, boat):
    response = act(client, editor, "unpublish", [boat], leads_to="nothing")
    assert response.status_code == 200 and is_live(boat)


def test_the_reason_is_in_the_history(client, editor, boat):
    act(client, editor, "unpublish", [boat], reason="La salle a <fermé>.", leads_to="nothing")
    assert not is_live(boat)
    entry = PageLogEntry.objects.get(action="editorial.withdraw")
    assert (entry.page_id, entry.user) == (boat.pk, editor)
    history = client.get(reverse("wagtailadmin_pages:history", args=[boat.pk]))
    assert "La salle a &lt;fermé&gt;." in history.text
    assert not list(audit())


def test_an_address_leads_to_the_house(client, editor, boat, harbour):
    act(client, editor, "unpublish", [boat], reason="Fini", leads_to="above")
    response = client.get(boat.url)
    assert (response.status_code, response.url) == (301, harbour.url)


def test_an_address_leads_to_a_text_that_is_chosen(client, editor, boat, lantern):
    garden = ArticlePageFactory(parent=lantern)
    act(client, editor, "unpublish", [boat], reason="Double", leads_to="page", page=garden.pk)
    response = client.get(boat.url)
    assert (response.status_code, response.url) == (301, garden.url)


def test_an_address_does_not_lead_where_nobody_can_read(client, editor, boat, draft, lantern):
    hidden = restricted(ArticlePageFactory(parent=lantern, title="Entre nous"))
    for target in (boat, draft, hidden):
        fields = {"reason": "Fini", "leads_to": "page", "page": target.pk}
        assert act(client, editor, "unpublish", [boat], **fields).status_code == 200
    fields = {"reason": "Fini", "leads_to": "page"}
    response = act(client, editor, "unpublish", [boat], **fields)
    assert says(response, "Choose the text to lead to.") and is_live(boat)


def test_an_address_does_not_lead_to_itself(client, editor, boat, harbour):
    client.force_login(editor)
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "unpublish"])
    fields = {"reason": "Fini", "leads_to": "page", "page": boat.pk}
    response = client.post(f"{address}?house={harbour.pk}&id=all", fields)
    assert says(response, "You are withdrawing this one too: choose another.")
    assert is_live(boat)


def test_an_address_does_not_lead_to_a_house_that_is_offline(client, editor, boat, harbour):
    harbour.unpublish()
    act(client, editor, "unpublish", [boat], reason="Fini", leads_to="above")
    assert client.get(boat.url).status_code == 410


def test_an_article_that_is_published_again_answers_again(client, editor, boat, harbour):
    act(client, editor, "unpublish", [boat], reason="Fini", leads_to="above")
    ArticlePage.objects.get(pk=boat.pk).get_latest_revision().publish()
    assert client.get(boat.url).status_code == 200
    assert not Redirect.objects.exists()
    ArticlePage.objects.get(pk=boat.pk).unpublish()
    assert client.get(boat.url).status_code == 410


@pytest.mark.parametrize("name", ["contributor", "lead", "outsider"])
def test_houses_withdraw_nothing_in_bulk(client, request, name, boat):
    user = request.getfixturevalue(name)
    act(client, user, "unpublish", [boat], reason="Fini", leads_to="nothing")
    assert is_live(boat)


def test_deleting_all_that_is_listed_spares_the_other_houses(client, admin, boat, draft, harbour):
    client.force_login(admin)
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    client.post(f"{address}?house={harbour.pk}&id=all&next=/admin/")
    assert not Page.objects.filter(pk=boat.pk).exists()
    assert Page.objects.filter(pk__in=[draft.pk, harbour.pk]).count() == 2
    assert client.get(boat.url).status_code == 410


# Change house


def give(client, user, pages, house):
    return act(client, user, "move", pages, house=house.pk)


def test_articles_change_house_and_keep_their_addresses(client, editor, boat, lantern):
    before = boat.url
    assert give(client, editor, [boat], lantern.house).status_code == 302
    article = ArticlePage.objects.get(pk=boat.pk)
    assert article.house == lantern.house
    response = client.get(before)
    assert (response.status_code, response.url) == (301, article.url)
    hits = search(Request(filters={"house": [lantern.house.slug], "kind": ["article"]}))
    assert [hit.document.pk for hit in hits.hits] == [boat.pk]
    assert not list(audit())


def test_two_articles_of_the_same_address_find_each_their_own(client, editor, boat, lantern):
    first = ArticlePageFactory(parent=lantern, title="Le bateau")
    give(client, editor, [boat], lantern.house)
    moved = ArticlePage.objects.get(pk=boat.pk)
    assert moved.url == f"{lantern.url}le-bateau-2/"
    assert client.get(boat.url).url == moved.url
    assert client.get(first.url).status_code == 200
    moved.get_latest_revision().publish()
    assert ArticlePage.objects.get(pk=boat.pk).url == moved.url
    assert not list(audit())


def test_a_draft_that_changes_house_leaves_no_trace(client, editor, draft, harbour):
    """A redirect would tell its address, and so its title."""
    before = draft.url
    give(client, editor, [draft], harbour.house)
    assert Page.objects.get(pk=draft.pk).is_child_of(harbour)
    assert client.get(before).status_code == 404


def test_what_was_withdrawn_says_so_after_a_change_of_house(client, editor, boat, lantern):
    before = boat.url
    boat.unpublish()
    give(client, editor, [boat], lantern.house)
    assert client.get(before).status_code == 410
    article = ArticlePage.objects.get(pk=boat.pk)
    article.get_latest_revision().publish()
    assert client.get(before).url == ArticlePage.objects.get(pk=boat.pk).url


def test_the_house_of_a_review_follows(client, editor, contributor, draft, harbour):
    ArticlePageFactory(parent=harbour, title=draft.title)
    submit(client, contributor, draft, title=draft.title)
    give(client, editor, [draft], harbour.house)
    state = open_state(draft)
    assert state.house == harbour.house
    Page.objects.get(pk=draft.pk).specific.get_latest_revision_as_object().save_revision()
    assert open_state(draft).pk == state.pk


def test_the_house_of_a_review_follows_a_move_in_the_site_plan(
    client, admin, contributor, draft, harbour
):
    submit(client, contributor, draft)
    client.force_login(admin)
    client.post(reverse("wagtailadmin_pages:move_confirm", args=[draft.pk, harbour.pk]))
    assert open_state(draft).house == harbour.house


def test_translations_change_house_together(client, editor, boat, lantern, harbour):
    english = Locale.objects.get(language_code="en")
    for page in (HouseIndexPage.objects.get(), harbour):
        page.copy_for_translation(english, copy_parents=True)
    translation = boat.copy_for_translation(english)
    message = "This house has no page in this language: %(language)s."
    response = give(client, editor, [boat], lantern.house)
    assert says(response, message, language=english.get_display_name())
    lantern.copy_for_translation(english)
    give(client, editor, [boat], lantern.house)
    parent = Page.objects.get(pk=translation.pk).get_parent().specific
    assert (parent.house, parent.locale) == (lantern.house, english)


def test_a_house_without_a_page_gets_no_article(client, editor, boat, harbour):
    give(client, editor, [boat], HouseFactory())
    assert Page.objects.get(pk=boat.pk).is_child_of(harbour)


@pytest.mark.parametrize("name", ["contributor", "lead", "outsider"])
def test_houses_move_nothing(client, request, name, draft, harbour):
    give(client, request.getfixturevalue(name), [draft], harbour.house)
    assert not Page.objects.get(pk=draft.pk).is_child_of(harbour)


def test_what_is_locked_or_no_article_stays(client, editor, admin, boat, lantern, harbour):
    boat.locked, boat.locked_by, boat.locked_at = True, admin, timezone.now()
    boat.save()
    response = shown(client, editor, "move", [boat, harbour])
    assert says(response, "Somebody has locked it to work on it.")
    assert says(response, "It is not an article.")
    give(client, editor, [boat, harbour], lantern.house)
    assert Page.objects.get(pk=boat.pk).is_child_of(HousePage.objects.get(pk=harbour.pk))
