"""«Import a file»: the same import as the command, for network editors and administrators only."""

import gzip
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.models import PageLogEntry

from articles.models import ArticlePage, Category
from tests.exchange.article_lines import counts, entry, imported

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english_requests")]

URL = "/admin/exchange/import/"


def upload(client, *lines, name="essai.jsonl", **fields):
    raw = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines).encode()
    content = gzip.compress(raw) if name.endswith(".gz") else raw
    file = SimpleUploadedFile(name, content)
    return client.post(URL, {"file": file, "new_terms": "on", **fields})


@pytest.fixture
def desk(client, editor):
    """The client of a network editor."""
    client.force_login(editor)
    return client


# Who may


@pytest.mark.parametrize("role", ["contributor", "lead", "outsider"])
def test_a_member_of_a_house_may_not_import_a_file(client, request, role):
    client.force_login(request.getfixturevalue(role))
    before = counts()
    assert client.get(URL).status_code == 302
    assert upload(client, entry(1)).status_code == 302
    assert counts() == before
    assert URL not in client.get("/admin/").text


def test_a_visitor_is_asked_to_log_in(client):
    for response in (client.get(URL), upload(client, entry(1))):
        assert response.url.startswith(reverse("wagtailadmin_login"))
    assert not ArticlePage.objects.exists()


@pytest.mark.parametrize("role", ["editor", "admin"])
def test_network_editors_and_administrators_may(client, request, role):
    client.force_login(request.getfixturevalue(role))
    assert client.get(URL).status_code == 200
    assert URL in client.get("/admin/").text
    assert upload(client, entry(1)).status_code == 200
    assert imported(1).title == "Article 1"


# The import


def test_what_was_done_is_said(desk, editor):
    response = upload(desk, entry(1), entry(2), publish="on")
    assert response.context["told"] == [
        "essai.jsonl: 2 created, 0 updated, 0 unchanged, 0 edited here and kept, 0 refused"
    ]
    assert response.context["warnings"] == []
    assert imported(1).live
    assert set(PageLogEntry.objects.values_list("user", flat=True)) == {editor.pk}


def test_articles_are_drafts_unless_published(desk):
    upload(desk, entry(1))
    assert not imported(1).live


def test_the_source_is_the_name_of_the_file_or_the_one_given(desk):
    upload(desk, entry(1), name="un.jsonl.gz")
    upload(desk, entry(1), source="ancien-site")
    assert sorted(ArticlePage.objects.values_list("source", flat=True)) == ["ancien-site", "un"]


def test_the_same_file_twice_makes_nothing_new(desk):
    upload(desk, entry(1))
    before = counts()
    assert "1 unchanged" in upload(desk, entry(1)).context["told"][0]
    assert counts() == before


def test_new_terms_can_be_forbidden(desk):
    response = upload(desk, entry(1, categories=["Neuve"]), new_terms="")
    assert "there is no category “Neuve”" in response.text
    assert not Category.objects.exists()


def test_refused_lines_are_shown_with_their_reason_and_the_others_are_in(desk):
    response = upload(desk, entry(1), '{"id": "a2", "ti', entry(3, houses=["<b>Nulle part</b>"]))
    assert [line.split(": ")[0] for line in response.context["warnings"]] == [
        "essai.jsonl:2",
        "essai.jsonl:3",
    ]
    assert "&lt;b&gt;Nulle part&lt;/b&gt;" in response.text
    assert "<b>Nulle part" not in response.text
    assert imported(1)


def test_more_refused_lines_than_are_shown_are_counted(desk):
    response = upload(desk, *(["{"] * 250))
    assert "250 refused" in response.context["told"][0]
    assert response.text.count("<li>essai.jsonl:") == 200


def test_a_file_of_pictures_is_not_reached(desk):
    response = upload(desk, entry(1, images=["../../../../etc/hostname.png"]), entry(2))
    assert "is not beside the imported one" in response.text
    assert imported(2)


# Bad input


@pytest.mark.parametrize("name", ["virus.exe", "articles.json", "articles", "articles.jsonl.exe"])
def test_a_file_of_another_kind_is_refused(desk, name):
    response = upload(desk, entry(1), name=name)
    assert "not allowed" in response.context["form"].errors["file"][0]
    assert not ArticlePage.objects.exists()


def test_no_file_at_all_is_said(desk):
    response = desk.post(URL, {"publish": "on"})
    assert response.context["form"].errors["file"] == ["This field is required."]


def test_an_empty_file_is_said(desk):
    assert "empty" in upload(desk).context["form"].errors["file"][0]


def test_a_file_that_is_too_large_is_refused(desk, monkeypatch):
    monkeypatch.setattr("exchange.forms.LARGEST", 10)
    response = upload(desk, entry(1))
    assert "larger than" in response.context["form"].errors["file"][0]
    assert not ArticlePage.objects.exists()


def test_a_source_that_is_no_short_name_is_refused(desk):
    response = upload(desk, entry(1), source="un nom, long")
    assert response.context["form"].errors["source"]
    assert not ArticlePage.objects.exists()


@pytest.mark.parametrize("content", [b"\xff\xfe\0\0", b"MZ\x90\0", b"[]", b"\0" * 1000])
def test_a_file_that_is_not_what_its_name_says_is_told(desk, content):
    file = SimpleUploadedFile("essai.jsonl", content)
    response = desk.post(URL, {"file": file})
    assert response.status_code == 200
    assert response.context["warnings"][0].startswith("essai.jsonl:1: ")
    assert not ArticlePage.objects.exists()


def test_a_gzipped_file_cut_short_is_told(desk):
    whole = gzip.compress(b"".join(json.dumps(entry(n)).encode() + b"\n" for n in range(500)))
    response = desk.post(URL, {"file": SimpleUploadedFile("essai.jsonl.gz", whole[:-200])})
    assert response.status_code == 200
    assert "the file cannot be read further" in response.context["warnings"][-1]


def test_a_name_with_a_path_names_only_the_file(desk):
    upload(desk, entry(1), name="../../etc/essai.jsonl")
    assert ArticlePage.objects.get().source == "essai"


def test_a_long_name_of_a_file_has_a_clear_message(desk):
    response = upload(desk, entry(1), name="x" * 150 + ".jsonl")
    assert response.status_code == 200
    said = [*response.context["form"].errors.values(), response.context.get("warnings")]
    assert any(said)
    assert not ArticlePage.objects.exists()
