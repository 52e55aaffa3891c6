"""The command import_articles: what it says, its exit status, and what is left after a kill."""

import gzip
import json
import os
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, contextmanager

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from wagtail.models import Page, PageLogEntry, Revision

from articles.models import ArticlePage, Category, Tag
from exchange.models import ImportRecord
from tests.exchange.article_lines import (
    counts,
    entry,
    import_lines,
    imported,
    run,
    write_lines,
)
from tests.exchange.test_media import write_picture


@pytest.mark.django_db
def test_the_articles_are_counted(tmp_path):
    done = import_lines(tmp_path, entry(1), entry(2), publish=True)
    assert done.out.endswith(
        "essai.jsonl: 2 created, 0 updated, 0 unchanged, 0 edited here and kept, 0 refused\n"
    )
    assert (done.err, done.failed) == ("", False)
    assert imported(1).live


@pytest.mark.django_db
def test_progress_is_shown(tmp_path):
    done = import_lines(tmp_path, *({"id": str(n)} for n in range(501)))
    assert "essai.jsonl: line 250\n" in done.out
    assert "essai.jsonl: line 500\n" in done.out


@pytest.mark.django_db
def test_each_refused_line_is_reported_with_its_number_and_the_others_are_in(tmp_path):
    done = import_lines(
        tmp_path,
        entry(1),
        '{"id": "a2", "title": "Coup',
        entry(3, houses=["Nulle part"]),
        b'{"id": "a4", "title": "\xff\xfe", "body": ""}',
        entry(5, date="2026-02-30"),
        entry(6, title="x" * 300),
        entry(7, body=[{"type": "carousel", "value": 1}], body_format="blocks"),
        entry(8),
    )
    assert done.failed
    reported = {line.split(": ", 1)[0]: line for line in done.err.splitlines()}
    assert set(reported) >= {f"essai.jsonl:{number}" for number in range(2, 8)}
    assert "cut short" in reported["essai.jsonl:2"]
    assert "there is no house “Nulle part”" in reported["essai.jsonl:3"]
    assert "not UTF-8" in reported["essai.jsonl:4"]
    assert "2026-02-30" in reported["essai.jsonl:5"]
    assert "300 characters" in reported["essai.jsonl:6"]
    assert "unknown block: carousel" in reported["essai.jsonl:7"]
    assert "6 lines were refused; the others are in." in done.err
    assert set(ArticlePage.objects.values_list("source_id", flat=True)) == {"a1", "a8"}


@pytest.mark.django_db
def test_the_exit_status_says_that_a_line_was_refused(tmp_path):
    path = write_lines(tmp_path / "a.jsonl", "{")
    with pytest.raises(CommandError, match="1 lines were refused") as error:
        call_command("import_articles", path)
    assert error.value.returncode == 1


@pytest.mark.django_db
def test_an_id_seen_twice_in_a_file_refuses_the_second(tmp_path):
    done = import_lines(tmp_path, entry(1), entry(2), entry(1, title="Autre"))
    assert "essai.jsonl:3: the id a1 is that of line 1 already" in done.err
    assert imported(1).title == "Article 1"


@pytest.mark.django_db
def test_unknown_fields_are_reported_once_and_are_not_fatal(tmp_path):
    done = import_lines(tmp_path, *(entry(n, auteur="x", couleur=n) for n in range(5)))
    assert not done.failed
    assert done.err.splitlines() == [
        "unknown field, ignored: auteur",
        "unknown field, ignored: couleur",
    ]


@pytest.mark.django_db
def test_one_file_after_the_other_each_with_its_own_source(tmp_path):
    first = write_lines(tmp_path / "un.jsonl", entry(1))
    second = tmp_path / "deux.jsonl.gz"
    second.write_bytes(gzip.compress(json.dumps(entry(1)).encode()))
    assert not run("import_articles", first, second).failed
    assert sorted(ArticlePage.objects.values_list("source", flat=True)) == ["deux", "un"]


@pytest.mark.django_db
def test_a_refused_file_does_not_stop_the_next(tmp_path):
    first = write_lines(tmp_path / "un.jsonl", "{")
    second = write_lines(tmp_path / "deux.jsonl", entry(1))
    assert run("import_articles", first, second).failed
    assert imported(1, source="deux").title == "Article 1"


@pytest.mark.django_db
def test_the_source_can_be_named(tmp_path):
    import_lines(tmp_path, entry(1), source="ancien")
    import_lines(tmp_path, entry(1), name="autre.jsonl", source="ancien")
    assert ArticlePage.objects.get().source == "ancien"


@pytest.mark.django_db
def test_a_source_name_that_is_too_long_has_a_clear_message(tmp_path):
    done = import_lines(tmp_path, entry(1), source="x" * 101)
    assert done.failed
    assert not ArticlePage.objects.exists()


@pytest.mark.django_db
def test_a_file_that_is_not_there_is_named_and_nothing_is_imported(tmp_path):
    path = write_lines(tmp_path / "a.jsonl", entry(1))
    done = run("import_articles", path, tmp_path / "absent.jsonl")
    assert done.failed
    assert "No such file" in done.err and "absent.jsonl" in done.err
    assert not ArticlePage.objects.exists()


@pytest.mark.django_db
def test_a_house_that_does_not_exist_is_named(tmp_path):
    done = import_lines(tmp_path, entry(1), house="nulle-part")
    assert done.failed and "There is no house “nulle-part”." in done.err
    assert not ArticlePage.objects.exists()


@pytest.mark.django_db
def test_the_house_option_is_for_articles_that_name_none(tmp_path, lantern, harbour):
    import_lines(tmp_path, entry(1), entry(2, houses=["le-port"]), house="la-lanterne")
    assert (imported(1).house, imported(2).house) == (lantern.house, harbour.house)


@pytest.mark.django_db
def test_no_new_terms_refuses_the_lines_that_need_one(tmp_path):
    Category.objects.create(name="Été")
    done = import_lines(
        tmp_path, entry(1, categories=["ETE"]), entry(2, tags=["neuf"]), no_new_terms=True
    )
    assert "essai.jsonl:2: there is no tag “neuf”, and new ones are not allowed" in done.err
    assert imported(1).categories.get().name == "Été"
    assert not Tag.objects.exists()


# A dry run


@pytest.mark.django_db
def test_a_dry_run_says_what_would_be_done_and_writes_nothing(tmp_path):
    before = counts()
    done = import_lines(
        tmp_path,
        entry(1, tags=["neuf"], see_also=["a2"]),
        entry(2, categories=["Neuve"]),
        "{",
        dry_run=True,
        publish=True,
    )
    assert "2 created" in done.out and "1 refused" in done.out
    assert "Nothing was written (--dry-run)." in done.out
    assert done.failed
    assert counts() == before
    assert not Revision.objects.filter(object_str="Article 1").exists()
    assert not PageLogEntry.objects.filter(label="Article 1").exists()


@pytest.mark.django_db
def test_a_dry_run_does_not_say_that_the_others_are_in(tmp_path):
    done = import_lines(tmp_path, entry(1), "{", dry_run=True)
    assert "1 lines were refused" in done.err
    assert "the others are in" not in done.err


@pytest.mark.django_db
def test_a_dry_run_leaves_no_picture_behind(tmp_path, media_root):
    write_picture(tmp_path / "banc.png")
    import_lines(tmp_path, entry(1, images=["banc.png"]), dry_run=True)
    assert [path for path in media_root.rglob("*") if path.is_file()] == []


@pytest.mark.django_db
def test_a_dry_run_changes_no_article(tmp_path):
    import_lines(tmp_path, entry(1))
    done = import_lines(tmp_path, entry(1, title="Nouveau"), dry_run=True, publish=True)
    assert "1 updated" in done.out
    assert imported(1).title == "Article 1" and not imported(1).live


@pytest.mark.django_db
def test_an_import_after_a_dry_run_is_a_first_import(tmp_path):
    import_lines(tmp_path, entry(1), dry_run=True)
    assert "1 created" in import_lines(tmp_path, entry(1)).out


# Files in a bad state


@pytest.mark.django_db
def test_a_gzipped_file_cut_short_imports_what_was_read(tmp_path):
    whole = gzip.compress(b"".join(json.dumps(entry(n)).encode() + b"\n" for n in range(3000)))
    path = tmp_path / "essai.jsonl.gz"
    path.write_bytes(whole[: len(whole) // 10])
    done = run("import_articles", path)
    assert done.failed
    assert "the file cannot be read further" in done.err
    assert ArticlePage.objects.filter(source="essai").exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "fields",
    [
        {"title": "a\ud800b"},
        {"body": "a\ud800b"},
        {"tags": ["a\ud800b"]},
        {"images": [{"file": "banc.png", "alt": None, "credit": None}]},
        {"images": [{"file": "banc.png", "alt": 5}]},
        {"images": [5]},
        {"image": {"alt": "Un banc"}},
        {"image": {"file": 5}},
        {"image": {"file": "a\0b.png"}},
        {"images": ["x" * 300]},
        {"images": ["."]},
        {"body": [{"type": [], "value": 1}], "body_format": "blocks"},
        {"body": [{"type": "image", "value": {"file": "a\0b.png"}}], "body_format": "blocks"},
        {"body": [{"type": "image", "value": {"file": ["a"]}}], "body_format": "blocks"},
        {"body": "x" * 300_000},
        {"body": "<ul><li>" * 3000 + "x", "body_format": "html"},
        {"body": "> " * 3000 + "x", "body_format": "markdown"},
        {"contacts": [{"name": "Inès", "email": {"a": 1}, "phone": [1]}]},
        {"links": [{"url": "https://a.fr", "label": {"a": 1}}]},
        {"see_also": [{"a": 1}]},
        {"tags": ["œ" * 100]},
        {"categories": ["\u0301"]},
    ],
    ids=lambda fields: json.dumps(fields)[:45],
)
def test_no_line_stops_the_lines_around_it(tmp_path, media_root, client, admin, fields):
    """Refused with a reason, or imported so that the editor opens it: nothing in between."""
    write_picture(tmp_path / "banc.png")
    path = write_lines(tmp_path / "essai.jsonl", entry(1), json.dumps(entry(2, **fields)), entry(3))
    done = run("import_articles", path)
    assert {"a1", "a3"} <= set(ArticlePage.objects.values_list("source_id", flat=True))
    if done.failed:
        assert "essai.jsonl:2: " in done.err
    else:
        client.force_login(admin)
        assert client.get(f"/admin/pages/{imported(2).pk}/edit/").status_code == 200


# Stopped, then run again


@pytest.mark.django_db
def test_an_import_stopped_in_the_middle_of_a_batch_is_taken_up_again(tmp_path, monkeypatch):
    lines = [entry(n, tags=["vélo"], see_also=[f"a{n + 1}"]) for n in range(130)]
    calls = []

    def fail_at_the_second(*args):
        calls.append(args)
        if len(calls) == 2:
            raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("exchange.bulk._insert_history", fail_at_the_second)
        with pytest.raises(KeyboardInterrupt):
            import_lines(tmp_path, *lines)
    assert ArticlePage.objects.count() == ImportRecord.objects.count() == 50

    done = import_lines(tmp_path, *lines)
    assert "80 created, 0 updated, 50 unchanged" in done.out
    assert_each_article_is_whole(130)
    assert imported(3).related_articles.get().article == imported(4)


def assert_each_article_is_whole(number: int):
    assert ArticlePage.objects.filter(source="essai").count() == number
    assert ImportRecord.objects.count() == Revision.objects.filter(content__source="essai").count()
    assert not ArticlePage.objects.filter(latest_revision=None).exists()
    assert not ArticlePage.objects.filter(tagged_items=None).exists()
    assert Page.find_problems() == ([], [], [], [], [])


KILLED_AFTER = 100  # articles
ALL = 400
# Published articles at their place, with the revision that the editor opens.
WHOLE = """
    wagtailcore_page JOIN wagtailcore_revision ON wagtailcore_revision.id = latest_revision_id
    WHERE live AND live_revision_id = latest_revision_id AND url_path LIKE '/home/maisons/%/%/'
"""


@pytest.fixture
def run_manage(tmp_path):
    """Start manage.py on a database of its own, in a folder that goes with the test."""
    env = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    env |= {"DATA_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "portal.settings.base"}

    def start(*args) -> subprocess.Popen:
        command = [sys.executable, "manage.py", *map(str, args)]
        with (tmp_path / "output").open("w") as output:
            return subprocess.Popen(
                command,
                cwd=settings.BASE_DIR,
                env=env,
                stdout=output,
                stderr=subprocess.STDOUT,
            )

    return start


@contextmanager
def reading(database):
    """A function that counts the rows of a table, on one connection closed at the end."""
    with closing(sqlite3.connect(database, timeout=20, autocommit=True)) as connection:
        yield lambda table: connection.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0]


def test_a_killed_import_is_taken_up_again_with_each_article_once(tmp_path, run_manage):
    path = write_lines(
        tmp_path / "essai.jsonl",
        *(entry(n, tags=[f"t{n % 7}"], see_also=[f"a{(n + 1) % ALL}"]) for n in range(ALL)),
    )
    database = tmp_path / "db.sqlite3"
    assert run_manage("migrate", "--verbosity=0").wait() == 0

    with reading(database) as count:
        process = run_manage("import_articles", path, "--publish")
        while process.poll() is None and count("articles_articlepage") < KILLED_AFTER:
            time.sleep(0.05)
        process.kill()
        process.wait()
        killed = count("articles_articlepage")
        assert KILLED_AFTER <= killed < ALL, (tmp_path / "output").read_text()
        assert count("exchange_importrecord") == killed

    process = run_manage("import_articles", path, "--publish")
    assert process.wait() == 0, (tmp_path / "output").read_text()
    with reading(database) as count:
        assert count("(SELECT DISTINCT source_id FROM articles_articlepage)") == ALL
        for table in (
            "articles_articlepage",
            "exchange_importrecord",
            "articles_taggedarticle",
            "articles_relatedarticle",
            WHOLE,
        ):
            assert count(table) == ALL, table
    check = "from wagtail.models import Page; assert Page.find_problems() == ([], [], [], [], [])"
    assert run_manage("shell", "--no-imports", "-c", check).wait() == 0
