"""What people look for comes first: judged queries on real articles, never below the figures kept."""

import json

import pytest
from django.conf import settings
from django.core.management import call_command

from search.searching import Request, search
from tests.search.corpus import CORPUS, JUDGED, write_corpus

KEPT = settings.BASE_DIR / "benchmarks/relevance.json"
# Everyday questions, and a word of the title that should be among the first five.
EVERYDAY = [
    ("comment créer une association", "association"),
    ("creer asso", "association"),
    ("statuts d'une association", "statuts"),
    ("dissolution asso", "dissolution"),
    ("subvention publique association", "subvention"),
    ("AG association", "assemblée"),
    ("don à une association impôts", "don"),
    ("reçu fiscal dons", "don"),
    ("bénévole remboursement frais", "bénévole"),
    ("embaucher un salarié dans une association", "association"),
    ("buvette", "buvette"),
    ("loto associatif", "loto"),
    ("vide grenier", "vide-grenier"),
    ("assurance association", "assurance"),
    ("service civique", "service civique"),
    ("carte grise", "carte grise"),
    ("permis de conduire perdu", "permis"),
    ("demenagement carte d'identité adresse", "adresse"),
    ("congé maternité", "maternité"),
    ("passeprot", "passeport"),
]

LONG_QUESTION = "louer la salle des fêtes communale pour un mariage de deux cents invités"

pytestmark = [
    pytest.mark.corpus,
    pytest.mark.xdist_group("corpus"),
    pytest.mark.skipif(not CORPUS.exists(), reason=f"corpus: {CORPUS} is absent"),
]


@pytest.mark.django_db
def test_what_people_look_for_comes_first(subtests, tmp_path):
    write_corpus()
    with subtests.test("relevance does not fall below what it was, the same on every database"):
        check_figures(tmp_path / "now.json")
    for text, word in EVERYDAY:
        with subtests.test(text):
            titles = [hit.document.title.lower() for hit in search(Request(text=text)).hits[:5]]
            assert any(word in title for title in titles), titles
    with subtests.test("the number of results means something"):
        assert 0 < search(Request(text=LONG_QUESTION)).total < 500


def check_figures(path):
    call_command("search_eval", JUDGED, write=path, verbosity=0)
    now = json.loads(path.read_text(encoding="utf-8"))
    kept = json.loads(KEPT.read_text(encoding="utf-8"))
    assert now["styles"]["all"]["nDCG@10"] >= 0.55
    for style, figures in kept["styles"].items():
        for name, figure in figures.items():
            assert now["styles"][style][name] >= figure - 0.005, (style, name)
    assert now["order"] == kept["order"]
