"""The guided starts: who may begin what, where, and what the draft is made of."""

import pytest
from django.urls import reverse
from django.utils.translation import override
from wagtail.models import Locale, PageLogEntry
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from articles.models import ArticlePage
from editorial.people import names_to_choose
from editorial.writing.passages import Reading
from editorial.writing.starts import HINTS, STARTS, hints_for, is_working_title
from houses.models import HousePage
from tests.factories import (
    ArticlePageFactory,
    MembershipFactory,
    TypologyFactory,
    article_form_data,
)
from tests.portal.reading import page_of, says, text_of

WRITE = reverse("editorial_write")


def start(client, user, name, house_page):
    client.force_login(user)
    return client.post(WRITE, {"start": name, "house": house_page.pk})


@pytest.mark.parametrize("start_of", STARTS, ids=lambda start: start.name)
def test_a_start_makes_a_draft_of_the_house_with_its_pieces_in_order(
    client, contributor, lantern, start_of
):
    typology = TypologyFactory(name=start_of.typology)
    response = start(client, contributor, start_of.name, lantern)
    article = ArticlePage.objects.get()
    assert response.url == reverse("wagtailadmin_pages:edit", args=[article.pk])
    assert (article.get_parent().pk, article.owner, article.live) == (
        lantern.pk,
        contributor,
        False,
    )
    assert [block.block_type for block in article.body] == [p.kind for p in start_of.pieces]
    assert list(article.typologies.all()) == [typology]
    assert client.get(response.url).status_code == 200
    assert PageLogEntry.objects.filter(page=article, user=contributor).exists()


def test_only_headings_of_a_start_are_text(client, contributor, lantern):
    """Hints are shown beside the pieces: what is published holds none of their words."""
    start(client, contributor, "practice", lantern)
    article = ArticlePage.objects.get()
    empty = Reading(article).empty_blocks
    assert {block.block_type for block in article.body if block not in empty} == {"heading"}
    article.save_revision().publish()
    public = client.get(article.url).text
    shown = client.get(reverse("wagtailadmin_pages:edit", args=[article.pk])).text
    hints = hints_for(article)
    assert len(hints) == 7
    assert not [hint for hint in hints.values() if hint[:30] in public]
    assert all(f"{block_id}" in shown for block_id in hints)


def test_every_piece_to_fill_in_has_a_hint_and_no_two_starts_share_them():
    pieces = [piece for start in STARTS for piece in start.pieces]
    assert all(bool(piece.hint) != bool(piece.heading) for piece in pieces)
    assert len(HINTS) == len([piece for piece in pieces if piece.hint])


def test_a_start_is_saved_before_it_is_filled_in(client, contributor, lantern):
    start(client, contributor, "workshop", lantern)
    article = ArticlePage.objects.get()
    empty = rich_text("")
    blocks = [("heading", {"text": "Et après", "level": "2"}), ("paragraph", empty)]
    data = nested_form_data({"body": streamfield(blocks)})
    edit = reverse("wagtailadmin_pages:edit", args=[article.pk])
    response = client.post(edit, {**article_form_data(title="Un atelier"), **data})
    assert response.status_code == 302
    article.refresh_from_db()
    assert article.get_latest_revision_as_object().title == "Un atelier"


def test_a_start_that_is_given_a_title_of_the_house_gets_a_free_address(
    client, contributor, lantern
):
    ArticlePageFactory(parent=lantern, title="Un atelier")
    start(client, contributor, "workshop", lantern)
    draft = ArticlePage.objects.get(live=False)
    edit = reverse("wagtailadmin_pages:edit", args=[draft.pk])
    assert client.post(edit, article_form_data(title="Un atelier")).status_code == 302
    assert ArticlePage.objects.get(pk=draft.pk).slug == "un-atelier-2"


def test_drafts_begun_twice_are_told_apart_and_deleted(client, contributor, lantern):
    for _attempt in range(2):
        start(client, contributor, "practice", lantern)
    first, second = ArticlePage.objects.order_by("pk")
    assert first.title != second.title and second.title.endswith(" 2")
    assert is_working_title(first.title) and is_working_title(second.title)
    client.post(reverse("wagtailadmin_pages:delete", args=[second.pk]))
    assert list(ArticlePage.objects.all()) == [first]


def test_a_blank_sheet_makes_no_draft_before_it_is_written_on(client, contributor, lantern):
    response = start(client, contributor, "blank", lantern)
    assert response.url == reverse(
        "wagtailadmin_pages:add", args=["articles", "articlepage", lantern.pk]
    )
    assert not ArticlePage.objects.exists()


@pytest.mark.parametrize("name", ["", "inconnu"])
def test_an_unknown_start_is_refused_in_words(client, contributor, lantern, name):
    response = start(client, contributor, name, lantern)
    assert response.status_code == 200
    assert page_of(response).select_one("[role=alert]").text
    assert not ArticlePage.objects.exists()


def test_nobody_begins_an_article_of_another_house(client, outsider, lantern):
    response = start(client, outsider, "practice", lantern)
    assert response.status_code == 200 and not ArticlePage.objects.exists()


def test_somebody_of_no_house_is_sent_away(client, contributor, lantern):
    contributor.memberships.get().delete()
    client.force_login(contributor)
    assert client.get(WRITE).status_code == 302


def test_somebody_of_two_houses_is_asked_which(client, contributor, lantern, harbour):
    MembershipFactory(user=contributor, house=harbour.house)
    client.force_login(contributor)
    response = client.get(f"{WRITE}?house={harbour.pk}")
    chosen = page_of(response).select("input[name=house][checked]")
    assert [radio["value"] for radio in chosen] == [str(harbour.pk)]
    assert says(client.post(WRITE, {"start": "practice"}), "Choose the house you write for.")
    client.post(WRITE, {"start": "practice", "house": harbour.pk})
    assert ArticlePage.objects.get().get_parent().pk == harbour.pk


def test_the_pages_of_a_house_in_two_languages_are_told_apart(lantern):
    english = lantern.copy_for_translation(Locale.objects.get(language_code="en"), True)
    house_pages = HousePage.objects.filter(pk__in=[lantern.pk, english.pk]).order_by("pk")
    with override("en"):
        assert names_to_choose(house_pages) == {
            lantern.pk: f"{lantern.title} (French)",
            english.pk: f"{english.title} (English)",
        }
    assert names_to_choose(house_pages[:1]) == {lantern.pk: lantern.title}


def test_who_writes_for_one_house_has_its_french_page_chosen(client, contributor, lantern):
    english = lantern.copy_for_translation(Locale.objects.get(language_code="en"), True)
    HousePage.objects.filter(pk=english.pk).update(alias_of=None)
    client.force_login(contributor)
    chosen = page_of(client.get(WRITE)).select("input[name=house][checked]")
    assert [radio["value"] for radio in chosen] == [str(lantern.pk)]


def test_what_a_house_adds_below_its_page_begins_with_the_choice_of_a_start(
    client, contributor, outsider, lantern
):
    address = reverse("wagtailadmin_pages:add_subpage", args=[lantern.pk])
    client.force_login(contributor)
    assert client.get(address).url == f"{WRITE}?house={lantern.pk}"
    client.force_login(outsider)
    assert WRITE not in client.get(address).url


def test_the_four_starts_are_offered_with_a_blank_sheet_and_pasting(client, contributor, lantern):
    client.force_login(contributor)
    response = client.get(WRITE)
    offered = [button["value"] for button in page_of(response).select("button[name=start]")]
    assert offered == ["practice", "meeting", "initiative", "workshop", "blank"]
    assert page_of(response).select(f'a[href="{reverse("exchange:paste")}"]')
    assert lantern.title not in text_of(response)  # of a single house, nothing is to be chosen
