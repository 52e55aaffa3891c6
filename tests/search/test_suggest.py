"""What is proposed while a visitor types."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse

from tests.factories import (
    ArticlePageFactory,
    CategoryFactory,
    TypologyFactory,
    UserFactory,
    restricted,
)


def suggested(client, text, **parameters):
    response = client.get("/api/suggest/", {"q": text, **parameters})
    assert response.status_code == 200
    return response.json()["suggestions"]


def labels(client, text, kind=None):
    return [s["label"] for s in suggested(client, text) if kind in (None, s["kind"])]


@pytest.mark.parametrize(
    "typed", ["prêt", "PRET", "son", "pret so", "so pre", "l'asso", "l’asso", "co con", "coût"]
)
def test_each_word_typed_begins_a_word_of_the_title(client, lantern, typed):
    article = ArticlePageFactory(
        parent=lantern, title="Prêter une sono à l'association : co-construire (coûts)"
    )
    [suggestion] = suggested(client, typed)
    assert suggestion == {"label": article.title, "kind": "title", "url": article.url}


@pytest.mark.parametrize("typed", ["ono", "rêter", "sono xyz", "", "  ", "l'", "%", "_", "*"])
def test_what_begins_no_word_proposes_nothing(client, lantern, typed):
    ArticlePageFactory(parent=lantern, title="Prêter une sono")
    assert labels(client, typed, "title") == []


def test_titles_that_begin_so_come_first_then_the_shortest(client, lantern):
    for title in ("Le prêt", "Prêter une sono entre voisins", "Prêter", "Comment prêter"):
        ArticlePageFactory(parent=lantern, title=title)
    assert labels(client, "pre") == [
        "Prêter",
        "Prêter une sono entre voisins",
        "Le prêt",
        "Comment prêter",
    ]


def test_houses_and_terms_lead_to_the_search_filtered_by_them(client, lantern):
    ArticlePageFactory(
        parent=lantern,
        title="Un fonds",
        categories=[CategoryFactory(name="Lancement d’activité")],
        typologies=[TypologyFactory(name="Lancer un débat")],
        tags=["lanceur"],
    )
    found = {s["kind"]: s for s in suggested(client, "lan")}
    assert found.keys() == {"title", "house", "category", "typology", "tag"}
    assert found["house"] == {
        "label": "La Lanterne",
        "kind": "house",
        "url": f"{reverse('search:page')}?house=la-lanterne",
    }


def test_at_most_eight_some_of_both_kinds(client, lantern):
    for number in range(10):
        ArticlePageFactory(parent=lantern, title=f"Bénévole {number}", tags=[f"bénévolat {number}"])
    kinds = [s["kind"] for s in suggested(client, "bene")]
    assert kinds == ["title"] * 5 + ["tag"] * 3


def test_terms_that_nothing_published_has_are_not_proposed(client, lantern):
    ArticlePageFactory(parent=lantern, title="Un", live=False, tags=["confiture"])
    CategoryFactory(name="Confitures")
    assert suggested(client, "confi") == []


def test_a_spelling_is_proposed_where_nothing_begins_so(client, lantern):
    ArticlePageFactory(parent=lantern, title="La trésorerie")
    [suggestion] = suggested(client, "tresorerei")
    assert (suggestion["label"], suggestion["kind"]) == ("trésorerie", "spelling")
    assert parse_qs(urlsplit(suggestion["url"]).query) == {"q": ["trésorerie"]}
    assert suggested(client, "xyzzyx") == []


def test_what_members_may_see_is_proposed_to_them_only(client, lantern, outsider):
    restricted(ArticlePageFactory(parent=lantern, title="Confidences", tags=["confiture"]))
    assert suggested(client, "confi") == []
    client.force_login(outsider)
    assert labels(client, "confi") == ["Confidences", "confiture"]


def test_only_titles_of_the_language_are_proposed(client, lantern):
    ArticlePageFactory(parent=lantern, title="Prêter une sono")
    assert suggested(client, "sono", language="en") == []


def test_browsers_have_them_in_their_own_form(client, lantern):
    ArticlePageFactory(parent=lantern, title="Prêter une sono")
    response = client.get("/api/suggest/", {"q": "prê", "format": "opensearch"})
    assert response["Content-Type"] == "application/x-suggestions+json"
    assert response.json() == ["prê", ["Prêter une sono"]]


def test_nothing_is_proposed_of_what_is_no_longer_published(client, lantern):
    article = restricted(ArticlePageFactory(parent=lantern, title="Confidences"))
    member = UserFactory()
    client.force_login(member)
    assert labels(client, "confi") == ["Confidences"]
    article.specific.unpublish()
    assert labels(client, "confi") == []
