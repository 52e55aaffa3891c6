"""Captures imported by the command: nothing lost, nothing twice, each refusal explained."""

import random
import re
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from wagtail.models import Page

from articles.blocks import BodyBlock
from articles.models import ArticlePage, Category, Tag
from exchange import bodies
from exchange.captures import parse_capture, words
from exchange.models import ImportRecord
from exchange.pasting import LONGEST, import_capture, read_capture
from houses.models import House
from tests.exchange.article_lines import counts, run
from tests.exchange.capture_samples import SAMPLES
from tests.factories import CategoryFactory, HousePageFactory

pytestmark = pytest.mark.django_db

SEEDS = settings.BASE_DIR.parent / "shared" / "seeds"

CAPTURE = """Le café des bénévoles

Chaque mardi, la maison ouvre ses portes.

> Je viens pour parler.

- du café
- du thé

Catégories
Bénévolat

Typologies
Cas pratiques & témoignages

Maisons
La Lanterne

Date de publication
12/03/2020

Tags
café, accueil

Ce site utilise des cookies pour améliorer l'expérience utilisateur."""


def write(folder: Path, text: str | bytes, name="capture.txt") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def stored_words(article: ArticlePage) -> set[str]:
    """Every word that readers of the article may see, whatever its place."""
    parts = [article.title, article.summary, article.commune, article.get_department_display()]
    parts += [term.name for term in (*article.categories.all(), *article.typologies.all())]
    parts += [tag.name for tag in article.tags.all()]
    parts += [str(part) for part in _leaves(article.body.get_prep_value())]
    return {word for part in parts for word in words(re.sub(r"<[^>]+>", "\n", part))}


def _leaves(value) -> list:
    if isinstance(value, dict | list):
        children = value.values() if isinstance(value, dict) else value
        return [leaf for child in children for leaf in _leaves(child)]
    return [value]


def blocks(article: ArticlePage, kind: str) -> list:
    return [block.value for block in article.body if block.block_type == kind]


def test_a_capture_becomes_a_draft_of_the_house_that_it_names(tmp_path, lantern):
    done = run("import_captures", write(tmp_path, CAPTURE))
    article = ArticlePage.objects.get()
    assert not done.failed
    assert (article.title, article.live, article.house) == (
        "Le café des bénévoles",
        False,
        lantern.house,
    )
    assert article.categories.get().name == "Bénévolat"
    assert article.typologies.get().name == "Cas pratiques & témoignages"
    assert sorted(tag.name for tag in article.tags.all()) == ["accueil", "café"]
    assert article.published_on == date(2020, 3, 12)
    assert not article.partner_houses.exists()
    assert blocks(article, "quotation")[0]["text"] == "Je viens pour parler."
    assert "<ul><li>du café</li><li>du thé</li></ul>" in blocks(article, "paragraph")[-1].source


def test_the_command_says_what_a_person_should_look_at(tmp_path):
    done = run("import_captures", write(tmp_path, CAPTURE))
    assert "[1/1] capture.txt: Le café des bénévoles (created, " in done.out
    assert "This house is not in the network's list: La Lanterne" in done.out
    assert "Left out, as it belongs to the site it was copied from: Ce site utilise" in done.out


def test_a_capture_of_no_known_house_goes_to_the_network(tmp_path, network):
    run("import_captures", write(tmp_path, CAPTURE))
    assert ArticlePage.objects.get().house == network


def test_the_second_house_is_a_partner(tmp_path, lantern, harbour):
    text = CAPTURE.replace("La Lanterne", "Le Port\nLa Lanterne")
    run("import_captures", write(tmp_path, text))
    article = ArticlePage.objects.get()
    assert article.house == harbour.house
    assert article.partner_houses.get() == lantern.house


@pytest.mark.parametrize(
    "name", ["MAAM", "Maison d’Amiens (MAAM)", "MAAM (Maison d'Amiens)", "maison d’amiens"]
)
def test_a_house_is_known_by_its_name_its_acronym_or_both(tmp_path, name):
    page = HousePageFactory(house__name="Maison d’Amiens", house__acronym="MAAM")
    run("import_captures", write(tmp_path, CAPTURE.replace("La Lanterne", name)))
    assert ArticlePage.objects.get().house == page.house


def test_a_known_term_is_found_again(tmp_path):
    category = CategoryFactory(name="BENEVOLAT")
    run("import_captures", write(tmp_path, CAPTURE))
    assert ArticlePage.objects.get().categories.get() == category
    assert Category.objects.count() == 1


def test_publish_puts_the_article_online(tmp_path, client):
    run("import_captures", write(tmp_path, CAPTURE), publish=True)
    article = ArticlePage.objects.get()
    assert article.live
    assert "Je viens pour parler." in client.get(article.url).text


def test_a_draft_is_published_by_a_later_run(tmp_path):
    path = write(tmp_path, CAPTURE)
    run("import_captures", path)
    run("import_captures", path, publish=True)
    assert ArticlePage.objects.get().live


def test_a_second_import_makes_nothing_new(tmp_path):
    path = write(tmp_path, CAPTURE)
    run("import_captures", path)
    before = counts()
    done = run("import_captures", path, write(tmp_path, CAPTURE + "\n\n", "autre.txt"))
    assert done.out.count("(unchanged, ") == 2
    assert counts() == before


def test_an_article_edited_here_is_kept(tmp_path):
    path = write(tmp_path, CAPTURE)
    run("import_captures", path)
    article = ArticlePage.objects.get()
    article.title = "Corrigé"
    article.save_revision()
    run("import_captures", path, publish=True)
    assert ArticlePage.objects.get().get_latest_revision_as_object().title == "Corrigé"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "There is no text."),
        (" \n\t\n", "There is no text."),
        ("Catégories\nAccompagnement\n\nTags\n", "No title was found"),
        ("Ce site utilise des cookies.\nTout accepter", "No title was found"),
        ("mot " * LONGEST, f"the text has more than {LONGEST} characters"),
        ("Un titre\n\nune \xe9cole".encode("latin-1"), "not UTF-8: byte 15"),
        ("Un titre\n\nTexte.\n\nTags\n" + "x" * 101, "100"),
    ],
    ids=["empty", "blank", "footer", "cookies", "long", "latin-1", "long tag"],
)
def test_what_is_no_capture_is_refused_with_the_reason_and_the_others_are_in(
    tmp_path, text, reason
):
    paths = [write(tmp_path, text), write(tmp_path, CAPTURE, "bonne.txt")]
    done = run("import_captures", *paths)
    assert done.failed
    assert f"capture.txt: {reason}" in done.err or (reason == "100" and "capture.txt: " in done.err)
    assert "1 files were refused; the others are in." in done.err
    assert ArticlePage.objects.get().title == "Le café des bénévoles"


def test_a_file_that_is_not_there_is_reported(tmp_path):
    done = run("import_captures", tmp_path / "absent.txt", write(tmp_path, CAPTURE))
    assert done.failed and "absent.txt: " in done.err
    assert ArticlePage.objects.count() == 1


def test_a_refused_capture_leaves_nothing_behind(monkeypatch, tmp_path):
    monkeypatch.setattr("exchange.bulk._insert_history", _refuse)
    assert run("import_captures", write(tmp_path, CAPTURE)).failed
    assert not ArticlePage.objects.exists() and not ImportRecord.objects.exists()
    assert not Category.objects.exists() and not Tag.objects.exists()
    assert Page.find_problems() == ([], [], [], [], [])


def _refuse(*args):
    raise bodies.LineError("non")


# Every word of every capture


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_every_word_of_an_invented_capture_is_in_the_article_or_the_report(path):
    text = path.read_text("utf-8")
    article, outcome, notes = import_capture(read_capture(text), publish=True)
    capture = parse_capture(text)
    said = {
        word for part in (*capture.left_out, *capture.recognised, *notes) for word in words(part)
    }
    said |= {
        word for house in [*capture.houses, *House.objects.all()] for word in words(str(house))
    }
    assert outcome == "created"
    assert set(words(text)) - stored_words(article) - said == set()


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_an_invented_capture_is_read_on_its_page(client, path):
    article, _outcome, _notes = import_capture(read_capture(path.read_text("utf-8")), publish=True)
    page = client.get(article.url)
    assert page.status_code == 200
    for quotation in blocks(article, "quotation"):
        assert quotation["text"][:20].split()[0] in page.text


@pytest.mark.parametrize("seed", range(60))
def test_whatever_is_read_in_a_text_is_accepted_by_the_editor(seed):
    """A capture refused because of a block is a capture lost."""
    chance = random.Random(seed)
    pool = [line for path in SAMPLES for line in path.read_text("utf-8").split("\n")]
    odd = ["Thème : 5 mars 2021, de 19h à 18h", "Contact : a@b", "06 " * 20, "# " + "mot " * 90]
    lines = [chance.choice([*pool, *odd]) for _ in range(60)]
    capture = parse_capture("Un titre\n" + "\n".join(lines))
    body = bodies.from_blocks(capture.body, media=None)
    stream = BodyBlock().to_python(body)
    assert len(stream) == len(capture.body)
    before = set(words(re.sub(r"<[^>]+>", "\n", str(_leaves([b["value"] for b in capture.body])))))
    after = set(words(re.sub(r"<[^>]+>", "\n", str(_leaves([b["value"] for b in body])))))
    assert before == after


# The three captures that the work began with


def seed_text(number: str) -> str:
    found = sorted(SEEDS.glob(f"{number}_*.txt"))
    if not found:
        pytest.skip("../shared/seeds is not on this machine")
    return found[0].read_text("utf-8")


@pytest.fixture
def amiens(db):
    name = "Maison des Associations d'Amiens Métropole"
    return HousePageFactory(house__name=name, house__acronym="MAAM", slug="maam")


@pytest.mark.parametrize("number", ["000", "001", "003"])
def test_every_word_of_a_seed_is_in_the_article_or_the_report(number):
    text = seed_text(number)
    article, _outcome, notes = import_capture(read_capture(text))
    capture = parse_capture(text)
    said = {
        word for part in (*capture.left_out, *capture.recognised, *notes) for word in words(part)
    }
    assert set(words(text)) - stored_words(article) - said == set()


@pytest.mark.parametrize("number", ["000", "001", "003"])
def test_a_seed_imported_twice_is_one_article(number, tmp_path):
    path = write(tmp_path, seed_text(number))
    assert not run("import_captures", path).failed
    before = counts()
    assert "(unchanged, " in run("import_captures", path).out
    assert counts() == before


@pytest.mark.parametrize("number", ["000", "001", "003"])
def test_a_seed_is_read_on_its_page(number, client):
    article, _outcome, _notes = import_capture(read_capture(seed_text(number)), publish=True)
    assert client.get(article.url).status_code == 200


def test_the_seed_of_a_testimony_has_its_footer_context_and_sessions(amiens):
    article, _outcome, _notes = import_capture(read_capture(seed_text("000")))
    assert article.title == "Les Blablasso de la MAAM"
    assert article.house == amiens.house
    assert article.categories.get().name == "Accompagnement"
    assert article.typologies.get().name == "Cas pratiques & témoignages"
    assert not article.tags.exists()
    assert article.published_on == article.event_date == date(2022, 6, 23)
    assert (article.event, article.event_place) == ("rencontre nationale du RNMA 2022", "Roanne")
    assert article.speaker == "Céline BRAY"
    sessions = [session for value in blocks(article, "sessions") for session in value["sessions"]]
    assert [session["date"] for session in sessions] == [
        *(date(2021, 2, 16), date(2021, 3, 23), date(2021, 5, 18), date(2021, 12, 2))
    ]
    assert [session["mode"] for session in sessions] == ["online", "online", "online", "hybrid"]
    assert (sessions[0]["start"].hour, sessions[0]["end"].hour) == (18, 19)
    assert list(sessions[0]["associations"]) == [
        *("Prêt à Tout", "Les Restos du cœur", "Les Robin.e.s des Bennes")
    ]
    assert len(sessions[1]["associations"]) == 7
    assert sessions[3]["theme"].startswith("Accessible mon asso")


def test_the_seed_of_a_synthesis_has_its_headings_quotations_and_lists():
    text = seed_text("001")
    article, _outcome, _notes = import_capture(read_capture(text))
    assert article.title == "31 janvier 2017 – Synthèse des ateliers"
    assert article.event_date == date(2017, 1, 31)
    headings = [value["text"] for value in blocks(article, "heading")]
    assert [
        text for text in headings if text in ("Attentes/constats", "Objet", "Questionnements")
    ] == [*("Attentes/constats", "Objet", "Questionnements")]
    assert len(blocks(article, "quotation")) == len(re.findall(r"(?m)^>", text))
    html = "".join(value.source for value in blocks(article, "paragraph"))
    assert html.count("<li>") == len(re.findall(r"(?m)^- ", text))


def test_the_seed_of_a_report_has_its_date_lists_and_no_furniture():
    article, _outcome, notes = import_capture(read_capture(seed_text("003")))
    assert article.title == "L'organisation de soirées-débat (5 Décembre)"
    assert article.event_date == date(2017, 12, 5)
    html = "".join(value.source for value in blocks(article, "paragraph"))
    assert html.count("<li>") >= 10
    assert "CAPTCHA" not in html and "t.co" not in html and "Espace Membre" not in html
    assert any("CAPTCHA" in note or "Réagir" in note for note in notes)
