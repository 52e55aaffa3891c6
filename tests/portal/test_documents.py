"""What is found in a document when it is added, and what whoever adds it is told."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, NameObject
from wagtail.models import Collection

from portal import documents
from portal.document_reading import LARGEST_PART, READERS
from portal.documents import LOOKED_AT, Obstacle, obstacles_of
from portal.models import Attachment
from tests.factories import DocumentFactory
from tests.portal import papers
from tests.portal.reading import says

ADD = reverse("wagtaildocs:add")


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def sent(name: str, content: bytes, **fields) -> dict:
    return {
        "title": "Statuts",
        "file": SimpleUploadedFile(name, content),
        "collection": Collection.get_first_root_node().pk,
        "tags": "",
        **fields,
    }


@pytest.mark.parametrize(
    "extension, content, found",
    [
        ("pdf", papers.pdf(), []),
        ("PDF", papers.pdf(words=""), ["scan"]),
        ("pdf", papers.pdf(tagged=False), ["untagged"]),
        ("pdf", papers.pdf(language="", title=" "), ["no-language", "no-title"]),
        ("pdf", papers.pdf(password="secret"), ["locked"]),
        ("docx", papers.docx(), []),
        ("docx", papers.docx(heading="Gras"), ["no-headings"]),
        ("docx", papers.docx(heading="", words=100), []),
        ("docx", papers.docx(language=""), ["no-language"]),
        ("odt", papers.odt(), []),
        ("odt", papers.odt(heading=False), ["no-headings"]),
        ("odt", papers.odt(heading=False, words=100), []),
        ("odt", papers.odt(language="none"), ["no-language"]),
        ("txt", b"texte", []),
    ],
)
def test_what_keeps_people_from_reading_a_file_is_found(extension, content, found):
    assert obstacles_of(content, extension) == found


def circular_pdf() -> bytes:
    """A PDF whose pages lead back to themselves."""
    writer = PdfWriter(clone_from=BytesIO(papers.pdf()))
    tree = writer.root_object["/Pages"]
    tree[NameObject("/Kids")] = ArrayObject([writer.root_object.raw_get("/Pages")])
    return papers.written(writer)


@pytest.mark.parametrize(
    "extension, content",
    [
        ("pdf", b"%PDF-1.7 rien d'autre"),
        ("pdf", b""),
        ("pdf", papers.pdf()[:400]),
        ("docx", b"PK\x03\x04 rien"),
        ("docx", papers.archive(autre="<a/>")),
        ("odt", papers.archive(content="<a", styles="<a/>")),
        ("odt", papers.archive(content="<a/>", styles=" " * (LARGEST_PART + 1))),
    ],
)
def test_a_broken_or_hostile_file_is_told_as_such(extension, content):
    assert obstacles_of(content, extension) == ["unreadable"]


def test_a_pdf_whose_pages_turn_in_circles_stops_nothing():
    assert "unreadable" in obstacles_of(circular_pdf(), "pdf")


def test_a_file_that_takes_too_long_is_left(monkeypatch):
    monkeypatch.setattr(documents, "LIMIT", 0)
    assert obstacles_of(papers.pdf(), "pdf") == ["unreadable"]


def test_every_obstacle_has_its_advice():
    assert set(READERS) == LOOKED_AT
    assert all(len(obstacle.label) > 20 for obstacle in Obstacle)


def test_a_broken_pdf_is_taken_and_told(client, admin, media):
    client.force_login(admin)
    assert client.post(ADD, sent("statuts.pdf", b"%PDF-1.7 rien")).status_code == 302
    document = Attachment.objects.get()
    assert document.obstacles == ["unreadable"]
    response = client.get(reverse("wagtaildocs:edit", args=[document.pk]))
    assert says(response, str(Obstacle.UNREADABLE.label))


def test_advice_is_given_beside_each_of_several_files(client, admin, media):
    client.force_login(admin)
    file = sent("statuts.pdf", papers.pdf(tagged=False, title=""))
    file["files[]"] = file.pop("file")
    answer = client.post(
        reverse("wagtaildocs:add_multiple"), file, headers={"X-Requested-With": "XMLHttpRequest"}
    ).json()
    assert answer["success"]
    assert Attachment.objects.get().obstacles == ["untagged", "no-title"]
    assert str(Obstacle.NO_TITLE.label) in answer["form"]


def test_a_new_file_is_looked_at_again(client, admin, media):
    client.force_login(admin)
    client.post(ADD, sent("statuts.pdf", papers.pdf(tagged=False), readable_by_all="on"))
    document = Attachment.objects.get()
    assert document.readable_by_all and not document.is_accessible
    client.post(
        reverse("wagtaildocs:edit", args=[document.pk]),
        sent("statuts.pdf", papers.pdf(), readable_by_all="on"),
    )
    document = Attachment.objects.get()
    assert document.obstacles == [] and document.is_accessible


def test_nothing_found_is_not_enough_to_be_called_accessible(db):
    assert not DocumentFactory().is_accessible
    assert DocumentFactory(readable_by_all=True).is_accessible
