"""Files of articles, written and imported as a person would with the command."""

import io
import json
from pathlib import Path
from typing import NamedTuple

from django.core.management import CommandError, call_command

from articles.models import ArticlePage
from exchange.importer import Importer, Options
from exchange.lines import ArticleLine, Line, parse_line
from exchange.models import ImportRecord


class Outcome(NamedTuple):
    """What a command wrote, and whether its exit status said that something was refused."""

    out: str
    err: str
    failed: bool


def run(command: str, *args, **options) -> Outcome:
    out, err = io.StringIO(), io.StringIO()
    failed = False
    try:
        call_command(command, *args, stdout=out, stderr=err, **options)
    except CommandError as error:
        failed = True
        err.write(str(error))
    return Outcome(out.getvalue(), err.getvalue(), failed)


def entry(number: int = 1, **fields) -> dict:
    """The fields of one line, with those that are required."""
    return {"id": f"a{number}", "title": f"Article {number}", "body": f"Texte {number}.", **fields}


def write_lines(path: Path, *lines: dict | str | bytes) -> Path:
    """Write a file of lines: objects as JSON, texts and bytes as they are."""
    raw = [line if isinstance(line, bytes) else _text(line).encode() for line in lines]
    path.write_bytes(b"\n".join(raw) + b"\n")
    return path


def _text(line: dict | str) -> str:
    return line if isinstance(line, str) else json.dumps(line, ensure_ascii=False)


def import_lines(folder: Path, *lines, name="essai.jsonl", **options) -> Outcome:
    """Import lines by the command, from a file in `folder`."""
    return run("import_articles", write_lines(folder / name, *lines), **options)


def parse(data, number: int = 1) -> ArticleLine:
    """Read one line, given as an object or as its text."""
    return parse_line(Line(number, text=data if isinstance(data, str) else json.dumps(data)))


def imported(number: int = 1, source: str = "essai") -> ArticlePage:
    return ArticlePage.objects.get(source=source, source_id=f"a{number}")


def importer(**options) -> Importer:
    return Importer(Options(**{"source": "essai", **options}))


def counts() -> dict[str, int]:
    """How many rows there are of what an import writes."""
    models = [ArticlePage, ImportRecord, *(field.related_model for field in _relations())]
    return {model._meta.label: model.objects.count() for model in models}


def _relations():
    names = ("categories", "typologies", "tags")
    return [ArticlePage._meta.get_field(name) for name in names]
