"""What each report tells of: what waits, sleeps, was published, is silent or not translated."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale, Page

from editorial.models import ReviewState
from houses.models import Role
from tests.editorial.acts import decide
from tests.editorial.desk import asleep, get, rows, submitted, titles
from tests.factories import ArticlePageFactory, MembershipFactory
from tests.portal.reading import links_of, page_of, says, text_of

pytestmark = pytest.mark.django_db


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
