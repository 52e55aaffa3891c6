"""What the body of a pasted page becomes: headings, lists, quotations, sessions, links."""

import pytest

from exchange.captures import parse_capture
from tests.exchange.capture_samples import blocks, codes, headings, html, parse_sample, sessions

# Headings, lists, quotations


def test_numbered_parts_are_headings_even_if_the_count_is_lost():
    assert headings(parse_sample("meeting_report")) == [
        ("2", "Ce que nous voulons"),
        ("2", "Ce que nous ferons"),
        ("3", "Une question reste ouverte ?"),
        ("2", "La suite"),
    ]


def test_headings_of_a_copy_without_blank_lines():
    assert [text for _level, text in headings(parse_sample("article_without_blank_lines"))] == [
        "Préparer le forum",
        "Ce qu'il faut prévoir",
        "Le jour du forum",
        "Après le forum",
    ]


def test_two_ranks_of_headings():
    capture = parse_sample("workshop_notes_two_ranks")
    assert headings(capture) == [("2", "Constats"), ("3", "Les forces"), ("3", "Les limites")]


@pytest.mark.parametrize(
    "text",
    [
        "Une phrase finie, avec un point.",
        "Le mardi 6 mars 2018 à 18h",
        "en minuscules, la suite d’une phrase",
        "Voir https://exemple.org/page",
    ],
)
def test_lines_that_are_no_headings(text):
    assert headings(parse_capture(f"Titre\n\n{text}\n\nUn long texte qui suit cette ligne.")) == []


def test_numbered_lines_are_a_list_only_if_they_follow_each_other():
    capture = parse_capture("Titre\n\n1. un\n2. deux\n3. trois\n\nTexte.\n\n4. quatre, seul.")
    assert html(capture) == (
        "<ol><li>un</li><li>deux</li><li>trois</li></ol><p>Texte.</p><p>4. quatre, seul.</p>"
    )


def test_bullets_between_two_numbers_belong_to_the_first():
    lines = "Titre\n\nLa règle :\n1. Noter\n2. Rendre :\n• propre\n• à l’heure\n3. Recommencer"
    assert html(parse_capture(lines)).endswith(
        "<ol><li>Noter</li><li>Rendre :<ul><li>propre</li><li>à l’heure</li></ul></li>"
        "<li>Recommencer</li></ol>"
    )


def test_bullets_of_all_kinds_make_one_list():
    capture = parse_capture("Titre\n\n- un\n• deux\n\n* trois\n– quatre\n-cinq")
    items = "".join(f"<li>{word}</li>" for word in ("un", "deux", "trois", "quatre", "cinq"))
    assert html(capture) == f"<ul>{items}</ul>"


def test_nested_and_wrapped_items():
    assert html(parse_sample("workshop_notes")).startswith("<p>Présents")
    assert (
        "<ul><li>partager des salles<ul><li>le soir</li><li>le week-end</li></ul></li>"
        "<li>partager du matériel :<ul><li>sonos</li><li>tables</li></ul></li>"
        "<li>ne plus être seul</li></ul>"
    ) in html(parse_sample("workshop_notes"))
    assert "<li>une salariée à mi-temps qui coordonne le réseau</li>" in html(
        parse_sample("workshop_notes")
    )


def test_quotations():
    assert blocks(parse_sample("workshop_notes"), "quotation") == [
        {"text": "Se parler et s’écouter", "who": "", "capacity": ""},
        {"text": "Le temps", "who": "", "capacity": ""},
        {"text": "Il faut un lieu.", "who": "Paul Durand", "capacity": "trésorier"},
    ]
    assert blocks(parse_sample("article_with_sessions"), "quotation") == [
        {
            "text": "On y vient pour un conseil, on en repart avec trois idées.",
            "who": "Jeanne Petit",
            "capacity": "présidente de l’association Les Mains vertes",
        }
    ]
    [below] = blocks(parse_sample("article_with_label_headings"), "quotation")
    assert (below["who"], below["capacity"]) == ("Karim Benali", "trésorier du club de pétanque")


def test_a_list_below_a_quotation_is_not_its_author():
    capture = parse_capture("Titre\n\n> *Agir*\n- Marie Curie\n- Louise Michel")
    assert blocks(capture, "quotation") == [{"text": "Agir", "who": "", "capacity": ""}]
    assert html(capture) == "<ul><li>Marie Curie</li><li>Louise Michel</li></ul>"


# Sessions


def test_sessions_with_hours_modes_places_and_associations():
    first, second, third = sessions(parse_sample("article_with_sessions"))
    assert first == {
        "theme": "Trouver des bénévoles",
        "date": "2023-03-09",
        "start": "18:00",
        "end": "19:30",
        "mode": "on_site",
        "place": "",
        "associations": ["Les Mains vertes", "Club de lecture (adultes, enfants)", "Radio Orne"],
    }
    assert (second["theme"], second["mode"], second["start"]) == (
        "Tenir ses comptes",
        "online",
        "18:30",
    )
    assert (third["mode"], third["place"]) == (
        "hybrid",
        "Maison des associations de Valmont, salle B",
    )


def test_sessions_without_a_year_take_that_of_the_title_and_are_noted():
    capture = parse_sample("programme")
    assert [session["date"] for session in sessions(capture)] == [
        *("2024-03-13", "2024-04-10", "2024-05-25", "2024-09-12", "2024-10-14"),
    ]
    assert sessions(capture)[3]["associations"] == [
        "Les Amis du lac",
        "Union sportive (football, judo)",
    ]
    assert "date_without_year" in codes(capture)
    assert "nous avons accueilli trente personnes" in html(capture)


@pytest.mark.parametrize(
    ("details", "expected"),
    [
        ("de 18 h 30 à 20 h, à distance", ("18:30", "20:00", "online")),
        ("18:30-20:00, en ligne", ("18:30", "20:00", "online")),
        ("18-20h, en présentiel", ("18:00", "20:00", "on_site")),
        ("à partir de 9h05, en visioconférence", ("09:05", "", "online")),
        (
            "10h–11h30, en mode hybride (sur place et en visio)",
            ("10:00", "11:30", "hybrid"),
        ),
        ("sur place ou à distance", ("", "", "hybrid")),
        ("9h–12h30, sur site", ("09:00", "12:30", "on_site")),
        ("de 14 h à 16 h en format mixte", ("14:00", "16:00", "hybrid")),
        ("midi-14h, à distance", ("12:00", "14:00", "online")),
        ("de 9 à 12h, en présentiel", ("09:00", "12:00", "on_site")),
        ("18 heures – 19 heures 30, sur place", ("18:00", "19:30", "on_site")),
    ],
)
def test_hours_and_modes(details, expected):
    text = f"Titre\n\nAgir : 16 février 2021, {details}\nAssociations : A, B (x, y) et C"
    [session] = sessions(parse_capture(text))
    assert (session["start"], session["end"], session["mode"]) == expected
    assert session["associations"] == ["A", "B (x, y) et C"]


def test_a_day_with_a_break_goes_from_its_first_hour_to_its_last_and_is_noted():
    line = "Agir : 16 février 2021, de 9 h à 12 h 30 et de 14 h à 16 h, en présentiel"
    capture = parse_capture(f"Titre\n\n{line}\nAssociations : A, B")
    [session] = sessions(capture)
    assert (session["start"], session["end"]) == ("09:00", "16:00")
    assert line in [note.text for note in capture.notes if note.code == "odd_session"]


def test_sessions_of_a_series_of_evenings():
    found = sessions(parse_sample("evening_talks"))
    assert [(one["start"], one["end"], one["mode"]) for one in found] == [
        ("09:00", "12:30", "on_site"),
        ("14:00", "16:00", "online"),
        ("18:00", "20:30", "hybrid"),
        ("18:00", "19:30", "hybrid"),
    ]
    assert found[2]["theme"] == "Le budget prévisionnel"
    assert found[2]["place"] == "salle Bleue"
    assert found[3]["theme"] == "Changer de banque ?"
    assert found[1]["associations"] == ["Comité des fêtes de Serres", "Ludothèque La Toupie"]


def test_a_name_and_a_role_below_a_quotation_sign_it():
    [quotation] = blocks(parse_sample("evening_talks"), "quotation")
    assert quotation["who"] == "Lucie Fontaine"
    assert quotation["capacity"] == "trésorière du club de canoë"


def test_what_only_looks_like_a_heading_stays_text():
    capture = parse_sample("charter_workshop")
    assert headings(capture) == [
        ("2", "Constats partagés"),
        ("2", "Propositions"),
        ("3", "Court terme (avant l'été)"),
        ("3", "Moyen terme"),
        ("2", "Points non tranchés"),
        ("2", "Suite"),
    ]
    assert "<ul><li>« la coordo »</li><li>« le CA élargi »</li></ul>" in html(capture)


def test_one_announcement_is_not_a_session():
    capture = parse_capture("Titre\n\nTexte.\n\nProchaine réunion : mardi 5 mai 2020 à 18h30.")
    assert sessions(capture) == []


def test_odd_sessions_are_noted():
    capture = parse_capture(
        "Titre\n\nUn : lundi 16 février 2021, 18h-19h\nDeux : 17 février 2021, 20h-19h"
    )
    assert [note.code for note in capture.notes].count("odd_session") == 2


# Links, contacts, safety


def test_links_and_addresses():
    capture = parse_sample("article_with_sessions")
    assert blocks(capture, "links") == [
        {
            "links": [
                {"url": "https://exemple.org/cafe", "label": "https://exemple.org/cafe"},
                {"url": "https://www.exemple.org/guide.pdf", "label": "www.exemple.org/guide.pdf"},
            ]
        }
    ]
    link = '<a href="https://exemple.org/guide">https://exemple.org/guide</a> (en accès libre).'
    assert link in html(capture)


def test_contacts():
    capture = parse_sample("article_with_sessions")
    jeanne = {
        "name": "Jeanne Petit",
        "role": "coordinatrice",
        "organisation": "",
        "email": "jeanne@example.org",
        "phone": "01 99 00 12 34",
    }
    assert capture.contacts == blocks(capture, "contact") == [jeanne]
    [paule] = parse_sample("article_without_blank_lines").contacts
    assert (paule["name"], paule["organisation"]) == (
        "Paule Martin",
        "Maison des associations de Belleroche",
    )
    programme = parse_sample("programme")
    assert [one["name"] for one in programme.contacts] == ["Ali Bensaïd", "Zoé Roy"]
    assert '<a href="mailto:accueil@example.org">' in html(programme)


def test_html_in_the_text_is_escaped():
    capture = parse_capture(
        'Titre\n\nUn <script>x("a")</script> & https://exemple.org/?a=1&b="onload=x\n\n- <b>gras'
    )
    assert "<script" not in html(capture) and "<b>" not in html(capture)
    assert 'href="https://exemple.org/?a=1&amp;b=">' in html(capture)
    assert '</a>"onload=x' in html(capture)
    assert "&lt;b&gt;gras" in html(capture)
