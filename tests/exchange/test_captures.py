"""What a pasted page becomes: its title, and that none of its words is lost."""

import random
import re
import time
import unicodedata
from datetime import date
from pathlib import Path

import pytest

from exchange.captures import CaptureError, lost_words, parse_capture, words
from tests.exchange.capture_samples import SAMPLES, blocks, codes, headings, html

SEEDS = sorted((Path(__file__).parents[3] / "shared" / "seeds").glob("*.txt"))
EVERY_TEXT = [pytest.param(path, id=path.stem) for path in [*SAMPLES, *SEEDS]]


# Nothing is lost


@pytest.mark.parametrize("path", EVERY_TEXT)
def test_every_word_is_kept_or_reported(path):
    text = path.read_text(encoding="utf-8")
    capture = parse_capture(text)
    assert lost_words(text, capture) == []
    assert "unplaced_words" not in codes(capture)


@pytest.mark.parametrize("path", EVERY_TEXT)
def test_the_body_keeps_its_order(path):
    source = " ".join(words(path.read_text(encoding="utf-8")))
    position = 0
    for block in parse_capture(path.read_text(encoding="utf-8")).body:
        if block["type"] in ("heading", "quotation"):
            texts = [block["value"]["text"]]
        elif block["type"] == "paragraph":
            texts = re.findall(r"[^<>]{12,}(?=</?(?:p|li|ul|ol)>)", block["value"])
            texts = [text for text in texts if "&" not in text]
        else:
            continue
        for text in texts:
            found = source.find(" ".join(words(text)), position)
            assert found >= 0, text
            position = found


@pytest.mark.parametrize("path", EVERY_TEXT)
def test_what_is_recognised_is_only_labels_dates_hours_and_modes(path):
    allowed = (
        r"\d+(er|h\d*)?|h|lundi|mardi|mercredi|jeudi|samedi|janvier|février|mars|avril|mai|juin"
        r"|septembre|octobre|décembre|catégories?|typologies?|maisons?|dates?|publication|tags?"
        r"|mots|clés|associations|participantes|contacts?|renseignements|inscriptions|tél|mél"
        r"|de|du|à|a|l|la|le|et|ou|en|partir|format|hybride|distance|ligne|visio(conférence)?|présentiel"
        r"|sur|place|heures|présentes"
    )
    for text in parse_capture(path.read_text(encoding="utf-8")).recognised:
        assert [word for word in words(text) if not re.fullmatch(allowed, word)] == []


@pytest.mark.parametrize("seed", range(150))
def test_nothing_is_lost_from_lines_in_any_order(seed):
    chance = random.Random(seed)
    pool = [line for path in SAMPLES for line in path.read_text(encoding="utf-8").split("\n")]
    lines = [" " * chance.choice((0, 0, 0, 4)) + chance.choice(pool) for _ in range(60)]
    text = "Un titre\n" + "\n".join(lines)
    assert lost_words(text, parse_capture(text)) == []


@pytest.mark.skipif(not SEEDS, reason="../shared/seeds is not on this machine")
@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
def test_seeds_lose_no_quotation_and_have_a_structure(path):
    text = path.read_text(encoding="utf-8")
    capture = parse_capture(text)
    assert len(blocks(capture, "quotation")) == len(re.findall(r"(?m)^>", text))
    assert len(headings(capture)) >= 3
    assert capture.event_date
    assert not [block for block in blocks(capture, "paragraph") if re.search(r"<p>[-•>]", block)]


def test_lost_words_sees_a_loss():
    text = "Titre\n\nUn mot de trop."
    capture = parse_capture(text)
    capture.body.clear()
    assert lost_words(text, capture) == ["un", "mot", "de", "trop"]


# Title


@pytest.mark.parametrize("text", ["", " \n\t\n", "\ufeff", "\u200b\n-----\n> \n"])
def test_a_text_without_words_is_refused(text):
    with pytest.raises(CaptureError) as error:
        parse_capture(text)
    assert error.value.code == "empty"


@pytest.mark.parametrize(
    "text",
    [
        "Catégories\nVie associative\n\nTags\n",
        "Date de publication\n12/03/2020",
        "Forum\n\nEspace Membre\n",
        "Ce site utilise des cookies.\nTout accepter",
        "Menu\nSe connecter\n\nMaisons\nTypologies",
    ],
)
def test_a_text_without_an_article_is_refused(text):
    with pytest.raises(CaptureError) as error:
        parse_capture(text)
    assert error.value.code == "no_title"


@pytest.mark.parametrize(
    ("text", "title", "day"),
    [
        ("31 mars 2017\nSynthèse\n\nTexte.", "31 mars 2017 – Synthèse", date(2017, 3, 31)),
        ("Le jeudi 6 avril 2017\n\nNotes du jour\n", "Le jeudi 6 avril 2017 – Notes du jour", None),
        ("06/04/2017\n\nUne phrase, avec un point.", "06/04/2017", date(2017, 4, 6)),
        ("1er mai 2017\n- une liste", "1er mai 2017", date(2017, 5, 1)),
        ("Mai 2017\nBulletin", "Mai 2017 – Bulletin", None),
    ],
)
def test_a_date_is_no_title(text, title, day):
    capture = parse_capture(text)
    assert capture.title == title
    assert day is None or capture.event_date == day
    assert "title_is_date" in codes(capture)


def test_a_long_title_is_cut_and_kept_whole_in_the_body():
    line = "Une très longue phrase qui sert de titre " * 10
    capture = parse_capture(f"{line}\n\nTexte.")
    assert len(capture.title) <= 255
    assert capture.title.endswith("…")
    assert line.strip() in html(capture)
    assert "title_cut" in codes(capture)


def test_a_title_is_joined_when_the_copy_broke_it():
    assert parse_capture("Pourquoi un réseau\n?\n\nTexte.").title == "Pourquoi un réseau ?"


# Any text, of any length


def test_any_encoding_habit_gives_the_same_article():
    plain = (Path(__file__).parent / "captures" / "article_with_sessions.txt").read_text("utf-8")
    odd = unicodedata.normalize("NFD", plain).replace("\n", "\r\n")
    odd = "\ufeff" + odd.replace(" :", "\u202f:").replace("- ", "-\xa0").replace("oc", "o\u200bc")
    assert parse_capture(odd) == parse_capture(plain)


@pytest.mark.parametrize(
    "piece",
    [
        "Une phrase ordinaire, avec https://exemple.org et des mots.\n\n",
        "a",
        "5 mars 2020 ",
        "Jeanne Petit, ",
        "Lors de la rencontre ",
        "jeanne.petit@",
        "«",
        "Agir : 16 mars 2021, 18h\nAssociations : a, b\n",
    ],
)
def test_a_very_long_text_is_read_in_little_time(piece):
    text = "Titre\n\n" + piece * (200_000 // len(piece))
    start = time.process_time()
    parse_capture(text)
    assert time.process_time() - start < 3


def test_deep_lists_do_not_break_the_reader():
    text = "Titre\n\n" + "\n".join(" " * depth + "- point" for depth in range(400))
    assert html(parse_capture(text)).count("<li>") == 400
