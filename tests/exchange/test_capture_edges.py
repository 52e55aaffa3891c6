"""What stands around a pasted article: its footer, its site's furniture, its opening context."""

from datetime import date

import pytest

from exchange.captures import parse_capture, words
from tests.exchange.capture_samples import codes, headings, html, parse_sample

# Footer


def test_footer_in_another_order_and_case():
    capture = parse_sample("article_with_sessions")
    assert capture.categories == ["Bénévolat", "Vie associative (accueil, conseil)"]
    assert capture.typologies == ["Fiche initiative"]
    assert capture.houses == ["Maison des associations de Valmont", "Réseau Est & Sud (REST)"]
    assert capture.tags == ["café", "bénévoles", "rencontre"]
    assert capture.published_on == date(2023, 6, 2)
    assert capture.left_out[-1] == "Tout refuser"


def test_footer_labels_that_head_the_body_stay_in_it():
    capture = parse_sample("article_with_label_headings")
    texts = [text for _level, text in headings(capture)]
    assert texts[1:4] == ["Maisons", "Tags", "Catégories"]
    assert (capture.categories, capture.tags) == ([], [])
    assert capture.typologies == ["Cas pratiques & témoignages", "Fiche initiative"]
    assert capture.houses == [
        "Maison des associations et de la citoyenneté de Saint-Rémy-sur-Lande (MAC, quartier nord)"
    ]
    assert capture.published_on == date(2020, 3, 3)


def test_footer_below_the_furniture():
    capture = parse_sample("meeting_report")
    assert capture.typologies == ["Compte rendu"]
    assert capture.tags == ["réseau local (rive gauche, centre)", "charte"]
    assert capture.categories == []


def test_text_below_the_footer_stays_in_the_body():
    below = "Cet article a été relu par trois personnes de la maison, qui en sont remerciées."
    capture = parse_capture(
        f"Titre\n\nTexte.\n\nMaisons\nMaison d’ici\n\nTags\nun, deux\n\n{below}"
    )
    assert capture.tags == ["un", "deux"]
    assert below in html(capture)
    assert "after_footer" in codes(capture)


def test_a_date_that_does_not_exist_is_noted():
    capture = parse_capture("Titre\n\nTexte.\n\nTags\n\nDate de publication\n31/02/2020")
    assert capture.published_on is None
    assert {"bad_date", "no_date"} <= codes(capture)


# Furniture


def test_furniture_of_a_blog_is_left_out():
    capture = parse_sample("blog_post")
    assert capture.left_out[:4] == ["Menu", "Rechercher", "Partager", "Imprimer"]
    assert "2 commentaires" in capture.left_out and "Haut de page" in capture.left_out
    assert html(capture).endswith("<p>Le bureau</p>")
    assert capture.published_on == date(2018, 10, 16)
    assert "left_out" in codes(capture)


def test_words_of_a_menu_may_head_real_text():
    capture = parse_sample("blog_with_menu_words")
    texts = [text for _level, text in headings(capture)]
    assert texts == ["Forum", "Twitter", "Newsletter", "Partager"]
    assert "Les cookies maison seront vendus" in html(capture)
    assert capture.left_out[0] == "Agenda"
    assert capture.left_out[-1] == "Mentions légales | Plan du site | Contact"


@pytest.mark.parametrize(
    "ending",
    [
        "Commentaires\n\n- Le lieu convient\n- Réunion le 12/03/2018",
        "Twitter\n\nLe compte est tenu par deux bénévoles.\n\nProchaine réunion 12/03/2018",
        "Recherche\n\nL’équipe mène une recherche sur le bénévolat.",
        "Contact\n\nMarie Roy\nla salle du fond",
        "Les bénévoles peuvent à tout moment quitter le projet.",
    ],
)
def test_an_ending_that_looks_like_furniture_is_kept(ending):
    notice = "Ce site utilise des cookies."
    capture = parse_capture(f"Titre\n\nTexte de l’article.\n\n{ending}\n\n{notice}")
    assert capture.left_out == [notice]


@pytest.mark.parametrize(
    "notice",
    [
        "Ce site utilise des cookies afin de mesurer sa fréquentation.",
        "En poursuivant votre navigation, vous acceptez le dépôt de cookies.\nOK",
        "Gestion des cookies\nNous utilisons des traceurs pour optimiser ce site.\nPersonnaliser",
    ],
)
def test_cookie_notices_are_left_out(notice):
    capture = parse_capture(f"Titre\n\nLe texte de l’article.\n\n{notice}")
    assert capture.left_out == notice.split("\n")
    assert html(capture) == "<p>Le texte de l’article.</p>"


# Context


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "Dans le cadre des Assises 2024 qui se sont déroulées à Port-Lasnel du 14 au 16 mai, "
            "Mme Aïcha N’Diaye, présidente de l'office, revient sur le projet.",
            ("Assises 2024", "Port-Lasnel", "2024-05-14", "Mme Aïcha N’Diaye"),
        ),
        (
            "Compte-rendu de la rencontre de l’association Lumière du 5 mars 2019 à 18h",
            ("rencontre de l’association Lumière", "", "2019-03-05", ""),
        ),
        (
            "Intervention de Paul DURAND, directeur, lors des rencontres du réseau à Valmont, "
            "le 12 octobre 2021.",
            ("rencontres du réseau", "Valmont", "2021-10-12", "Paul DURAND"),
        ),
        (
            "Synthèse de la table ronde « Agir » du 18 mars 2017, Valmont",
            ("table ronde « Agir »", "Valmont", "2017-03-18", ""),
        ),
        ("L’association a été créée le 5 mars 1998, dans le cadre de son projet.", ("",) * 4),
        ("Les Blablas présentent une nouvelle forme de rencontre.", ("",) * 4),
    ],
)
def test_context_of_the_opening(sentence, expected):
    capture = parse_capture(
        f"Titre\n\n{sentence}\n\nUn texte qui suit, et qui ne dit rien de plus."
    )
    day = capture.event_date.isoformat() if capture.event_date else ""
    assert (capture.event, capture.event_place, day, capture.speaker) == expected
    assert words(sentence) == words(html(capture).split("</p>")[0])[1:]


def test_the_speaker_named_after_a_role():
    capture = parse_sample("neighbours_blog")
    assert (capture.speaker, capture.speaker_role) == ("Yvonne Tardieu", "présidente")
    assert (capture.event, capture.event_place) == ("assemblée générale", "Valmoret")
    assert capture.published_on == date(2020, 1, 21)


def test_a_footer_in_any_order_is_read():
    capture = parse_sample("evening_talks")
    assert capture.houses == ["Maison des associations de Brévalles", "Réseau du Val (RDV)"]
    assert capture.tags == ["trésorerie", "formation", "budget"]
    assert capture.categories == ["Financement", "Accompagnement"]
    assert capture.typologies == ["Cas pratiques & témoignages"]
    assert capture.published_on == date(2024, 11, 7)


def test_what_a_blog_adds_below_is_left_out():
    capture = parse_sample("neighbours_blog")
    assert capture.left_out[:2] == ["Partager cet article", "Repost"]
    assert capture.left_out[-1] == "Hébergé par Exemple Blog"
    assert "rue du Foulon à Valmoret" in html(capture)


def test_the_day_of_the_talk_is_wanted_rather_than_that_of_the_event():
    capture = parse_sample("article_with_sessions")
    assert capture.event == "forum régional de la vie associative 2023"
    assert (capture.event_place, capture.event_date) == ("Port-Lasnel", date(2023, 5, 13))
    assert capture.speaker == "Inès MOREL-DUBOIS"
    assert capture.speaker_role == "directrice de la Maison des associations de Valmont"


def test_commune_and_department():
    top, bottom = parse_sample("article_with_sessions"), parse_sample("workshop_notes_two_ranks")
    assert (top.commune, top.department) == ("Valmont-sur-Orne", "Haute-Marne")
    assert (bottom.commune, bottom.department) == ("Brumeval", "Côte-d’Or")
    assert "Haute-Marne" not in html(top)
