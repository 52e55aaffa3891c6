"""What an import refuses, what a later one changes, and how its articles lead to one another."""

import random
from pathlib import Path

import pytest
from django.db import transaction
from wagtail.models import Page, ReferenceIndex, Revision

from articles.models import ArticlePage, Tag
from exchange.importer import CREATED, KEPT, REFUSED, UNCHANGED, UPDATED
from exchange.lines import ArticleLine
from exchange.models import ImportRecord
from tests.exchange.article_lines import entry, import_lines, imported, importer, parse
from tests.exchange.importing import FULL, actions, labels, save

pytestmark = pytest.mark.django_db


# What the editor would refuse


def test_a_draft_is_saved_by_its_editor(admin):
    """The draft in the editor is the page itself, not a second one with the same identity."""
    save(entry(1, **FULL))
    form_class = ArticlePage.get_edit_handler().get_form_class()
    draft = imported().get_latest_revision_as_object()
    form = form_class(instance=draft, for_user=admin)
    draft.full_clean()
    assert form.instance.pk == imported().pk and not form.instance._state.adding


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "data:text/html,x", "pas une adresse", "https://"]
)
def test_a_link_that_is_no_web_address_is_refused(link):
    done = save(entry(1, links=[{"url": link, "label": "Ici"}]), entry(2), publish=True)
    assert [line.number for line, _reason in done.refused] == [1]
    assert imported(2).live


@pytest.mark.parametrize(
    "contact",
    [
        {"name": "Inès", "email": "pas une adresse"},
        {"name": "Inès", "phone": "1" * 31},
    ],
)
def test_a_contact_that_the_editor_would_refuse_is_refused(contact):
    done = save(entry(1, contacts=[contact]), entry(2))
    assert [line.number for line, _reason in done.refused] == [1]


def test_a_null_character_in_a_block_is_refused():
    body = [{"type": "heading", "value": {"text": "a\0b", "level": "2"}}]
    done = save(entry(1, body=body, body_format="blocks"), entry(2))
    assert [line.number for line, _reason in done.refused] == [1]


def test_half_a_surrogate_pair_refuses_its_line_alone():
    """Such a character is valid JSON, but no database stores it."""
    broken = ArticleLine(number=2, id="a2", title="a\ud800b", body="x")
    with importer() as done:
        done.save(parse(entry(1)), Path())
        done.save(broken, Path())
        done.save(parse(entry(3)), Path())
    assert [line.id for line, _reason in done.refused] == ["a2"]
    assert done.outcomes[CREATED] == 2


def test_a_long_summary_is_kept_whole():
    """Two sentences are advised; a longer text is its author's."""
    save(entry(1, summary="x" * 6000))
    assert len(ArticlePage.objects.get().summary) == 6000


# A second import


def test_a_second_import_changes_nothing():
    lines = [entry(n, **FULL, see_also=["a1"]) for n in range(60)]
    save(*lines)
    revisions = list(Revision.objects.values_list("pk", flat=True))
    assert save(*lines).outcomes == {UNCHANGED: 60}
    assert list(Revision.objects.values_list("pk", flat=True)) == revisions


def test_the_same_id_of_another_source_is_another_article():
    save(entry())
    assert save(entry(), source="autre").outcomes == {CREATED: 1}
    assert ArticlePage.objects.filter(source_id="a1").count() == 2


def test_a_change_updates_the_article_in_its_place():
    save(entry(**FULL), publish=True)
    before = imported()
    done = save(entry(**{**FULL, "tags": ["vélo"], "title": "Nouveau", "body": "Autre."}))
    article = imported()
    assert done.outcomes == {UPDATED: 1}
    assert (article.pk, article.slug, article.live) == (before.pk, "article-1", True)
    assert (article.title, article.draft_title) == ("Nouveau", "Nouveau")
    assert article.body[0].value.source == "<p>Autre.</p>"
    assert labels(article.tags) == ["vélo"]
    assert article.latest_revision.content["title"] == "Nouveau"


def test_a_change_empties_what_the_source_no_longer_says():
    save(entry(**FULL))
    save(entry())
    article = imported().get_latest_revision_as_object()
    assert (article.summary, article.published_on, article.commune) == ("", None, "")
    assert (article.event, article.event_date, article.speaker) == ("", None, "")
    assert not article.categories.exists() and not article.tagged_items.exists()
    assert len(article.contacts) == len(article.links) == 0


def test_a_changed_draft_stays_a_draft():
    save(entry())
    save(entry(title="Nouveau"))
    assert not imported().live
    assert imported().get_latest_revision_as_object().title == "Nouveau"
    assert imported().draft_title == "Nouveau"


def test_an_update_is_in_the_history(editor):
    save(entry())
    save(entry(title="Nouveau"), user=editor)
    assert "wagtail.edit" in actions(imported())


def test_a_draft_is_published_later_by_the_same_file():
    save(entry())
    assert save(entry(), publish=True).outcomes == {UPDATED: 1}
    assert imported().live and not imported().has_unpublished_changes
    assert save(entry(), publish=True).outcomes == {UNCHANGED: 1}


def test_an_article_withdrawn_here_is_not_put_online_again():
    save(entry(), publish=True)
    imported().unpublish()
    save(entry(), publish=True)
    assert not imported().live


def test_an_article_edited_here_is_kept_and_said(editor):
    save(entry())
    article = imported()
    article.title = "Corrigé ici"
    article.save_revision(user=editor)
    done = save(entry(title="Changé à la source"))
    assert done.outcomes == {KEPT: 1}
    assert imported().get_latest_revision_as_object().title == "Corrigé ici"


def test_an_article_deleted_here_is_made_again():
    save(entry())
    imported().delete()
    assert save(entry()).outcomes == {CREATED: 1}
    assert Page.find_problems() == ([], [], [], [], [])


def test_an_article_moved_here_stays_where_it_is(lantern, harbour):
    save(entry(houses=["la-lanterne"]))
    imported().move(harbour, pos="last-child")
    save(entry(houses=["la-lanterne"], title="Nouveau"))
    assert imported().house == harbour.house


def test_a_new_responsible_house_is_followed_or_said(lantern, harbour):
    """The house that the source now names may not be dropped without a word."""
    save(entry(houses=["la-lanterne"]))
    done = save(entry(houses=["le-port"]))
    article = imported()
    named = {article.house, *article.get_latest_revision_as_object().partner_houses.all()}
    assert harbour.house in named or done.refused


def test_a_change_that_cannot_be_used_leaves_the_article_as_it_was():
    save(entry(tags=["vélo"]), publish=True)
    done = save(entry(tags=["neuf"], houses=["Nulle part"], title="Nouveau"), entry(2))
    assert done.outcomes == {REFUSED: 1, CREATED: 1}
    assert imported().title == "Article 1"
    assert labels(imported().tags) == labels(Tag.objects) == ["vélo"]


def test_a_copy_of_an_imported_article_is_not_the_imported_one(lantern):
    save(entry(houses=["la-lanterne"]))
    copy = imported().copy(update_attrs={"slug": "copie"})
    assert (copy.source, copy.source_id) == ("", "")
    assert save(entry(houses=["la-lanterne"])).outcomes == {UNCHANGED: 1}


# Links between articles


def see_also(number: int) -> list[str]:
    rows = imported(number).related_articles.order_by("sort_order")
    return [row.article.source_id for row in rows.select_related("article")]


def test_links_go_forward_and_back_in_their_order(tmp_path):
    import_lines(tmp_path, entry(1, see_also=["a3", "a2"]), entry(2, see_also=["a1"]), entry(3))
    assert (see_also(1), see_also(2), see_also(3)) == (["a3", "a2"], ["a1"], [])


def test_a_link_to_itself_or_twice_to_another_is_made_once(tmp_path):
    import_lines(tmp_path, entry(1, see_also=["a1", "a2", "a2"]), entry(2))
    assert see_also(1) == ["a2"]


def test_links_to_what_is_not_there_are_reported(tmp_path):
    done = import_lines(tmp_path, entry(1, see_also=["a2", "z9"], adapted_from="z8"), entry(2))
    assert "2 links lead to articles that are not there: a1 → z9, a1 → z8" in done.err
    assert not done.failed
    assert see_also(1) == ["a2"]


def test_a_link_is_made_when_its_article_comes_with_a_later_file(tmp_path):
    import_lines(tmp_path, entry(1, see_also=["a2"]))
    assert see_also(1) == []
    import_lines(tmp_path, entry(2))
    import_lines(tmp_path, entry(1, see_also=["a2"]))
    assert see_also(1) == ["a2"]


def test_a_later_run_makes_the_links_again_after_they_changed_at_the_source(tmp_path):
    lines = [entry(2), entry(3)]
    import_lines(tmp_path, entry(1, see_also=["a2"]), *lines)
    import_lines(tmp_path, entry(1, see_also=["a3"]), *lines)
    assert see_also(1) == ["a3"]


def test_links_are_those_of_one_source_only(tmp_path):
    import_lines(tmp_path, entry(2), source="autre")
    done = import_lines(tmp_path, entry(1, see_also=["a2"]))
    assert see_also(1) == []
    assert "a1 → a2" in done.err


def test_links_changed_here_are_kept(tmp_path):
    lines = [entry(1, see_also=["a2"]), entry(2)]
    import_lines(tmp_path, *lines)
    article = imported(1).get_latest_revision_as_object()
    article.related_articles = []
    article.save_revision()
    import_lines(tmp_path, *lines)
    assert imported(1).get_latest_revision_as_object().related_articles.count() == 0


def test_an_article_adapted_from_another_leads_to_it(tmp_path):
    import_lines(tmp_path, entry(1, adapted_from="a2"), entry(2))
    assert imported(1).adapted_from == imported(2)
    assert imported(1).get_latest_revision_as_object().adapted_from == imported(2)


@pytest.mark.parametrize(
    "origins", [{1: "a1"}, {1: "a2", 2: "a1"}, {1: "a2", 2: "a3", 3: "a1"}], ids=["1", "2", "3"]
)
def test_articles_adapted_in_a_circle_are_reported_and_the_circle_is_not_made(tmp_path, origins):
    lines = [entry(n, adapted_from=origins.get(n, "")) for n in (1, 2, 3)]
    done = import_lines(tmp_path, *lines, publish=True)
    for number in (1, 2, 3):
        imported(number).clean()  # what the editor checks at the next save
    assert "a1" in done.err


def test_links_are_known_as_uses_of_the_article(tmp_path):
    """Somebody about to delete an article is told what leads to it."""
    import_lines(tmp_path, entry(1, see_also=["a3"]), entry(2, adapted_from="a3"), entry(3))
    uses = ReferenceIndex.get_references_to(imported(3)).values_list("object_id", flat=True)
    assert {int(pk) for pk in uses} == {imported(1).pk, imported(2).pk}


# Whole or not at all


def test_a_fault_while_linking_leaves_no_link_half_made(tmp_path, monkeypatch):
    import_lines(tmp_path, entry(1, see_also=["a2"]), entry(2), entry(3))
    monkeypatch.setattr("exchange.links.read_relations", _raise)
    with pytest.raises(RuntimeError):
        import_lines(tmp_path, entry(1, see_also=["a3"]), entry(2), entry(3))
    assert see_also(1) == ["a2"]


def test_a_fault_in_a_batch_leaves_nothing_of_it(monkeypatch):
    save(entry(0))
    monkeypatch.setattr("exchange.bulk._insert_history", _raise)
    with pytest.raises(RuntimeError), transaction.atomic():
        save(*(entry(n, tags=["vélo"]) for n in range(1, 4)))
    assert ArticlePage.objects.count() == ImportRecord.objects.count() == 1
    assert Revision.objects.count() == 1
    assert not Tag.objects.exists()
    assert Page.find_problems() == ([], [], [], [], [])


def _raise(*args):
    raise RuntimeError("power cut")


@pytest.mark.parametrize("seed", range(3))
def test_refused_lines_never_spoil_their_batch(lantern, seed):
    chance = random.Random(seed)
    bad = {n for n in range(120) if chance.random() < 0.1}
    lines = [entry(n, houses=["Nulle part" if n in bad else "la-lanterne"]) for n in range(120)]
    done = save(*lines)
    assert {int(line.id[1:]) for line, _reason in done.refused} == bad
    assert done.outcomes == {CREATED: 120 - len(bad), REFUSED: len(bad)}
    assert ArticlePage.objects.count() == ImportRecord.objects.count() == 120 - len(bad)
    assert Page.find_problems() == ([], [], [], [], [])
