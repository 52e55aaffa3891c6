"""Articles imported without a file, and what a test reads of them."""

from pathlib import Path

from wagtail.models import PageLogEntry

from tests.exchange.article_lines import importer, parse

FULL = {
    "summary": "En bref.",
    "date": "2024-05-02",
    "categories": ["Sport", "Culture"],
    "typologies": ["Compte rendu"],
    "tags": ["vélo", "école"],
    "place": {"commune": "Valdoie", "department": "90"},
    "event": {
        "name": "Rencontre",
        "place": "Roanne",
        "date": "2024-04-30",
        "speaker": "Inès",
        "speaker_role": "trésorière",
    },
    "links": [{"url": "https://exemple.fr/a", "label": "Le guide"}],
    "contacts": [{"name": "Inès", "role": "accueil", "email": "ines@exemple.fr", "phone": "0102"}],
}


def save(*lines: dict, user=None, **options):
    """Import lines without a file, and return the importer."""
    done = importer(**options)
    done.user = user
    with done:
        for number, line in enumerate(lines, start=1):
            done.save(parse(line, number), Path())
    return done


def labels(terms) -> list[str]:
    return sorted(term.name for term in terms.all())


def actions(article) -> list[str]:
    return sorted(PageLogEntry.objects.filter(page=article.pk).values_list("action", flat=True))
