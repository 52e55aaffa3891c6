"""Files that must not enter: each is refused by the admin with a message, and nothing is stored."""

import struct
import zlib
from io import BytesIO

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image
from wagtail.documents import get_document_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection

from portal.models import Picture
from tests.portal.reading import squashed, text_of

ADD = reverse("wagtailimages:add")
ADD_SEVERAL = reverse("wagtailimages:add_multiple")
MEGABYTE = 1024 * 1024
SVG = b"""<?xml version="1.0"?>
<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>"""


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int, height: int) -> bytes:
    """A black picture of one bit a point, whose rows weigh next to nothing once compressed."""
    rows = zlib.compressobj(9)
    row = bytes(1 + (width + 7) // 8)
    pixels = b"".join(rows.compress(row * 100) for _hundred in range(height // 100)) + rows.flush()
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    parts = chunk(b"IHDR", header), chunk(b"IDAT", pixels), chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def heavy_image() -> bytes:
    """A real picture with 21 MB of nothing behind it."""
    return get_test_image_file(size=(8, 6)).file.getvalue() + bytes(21 * MEGABYTE)


def bomb() -> bytes:
    """40,000 × 40,000 points, 200 MB once opened, in less than 200 KB."""
    content = png(40_000, 40_000)
    assert len(content) < 200 * 1024
    return content


# Name of the file, its content, a word of the message that only this case gives.
REFUSED = {
    "not an image": ("photo.png", lambda: b"ceci n'est pas une image", "image"),
    "an empty file": ("photo.png", lambda: b"", "vide"),
    "an image of another kind": (
        "photo.jpg",
        lambda: get_test_image_file(size=(8, 6)).file.getvalue(),
        "jpeg",
    ),
    "svg with script": ("dessin.svg", lambda: SVG, "PNG"),
    "svg named png": ("dessin.png", lambda: SVG, "png"),
    "21 MB": ("photo.png", heavy_image, "21,0"),
    "40,000 × 40,000": ("photo.png", bomb, "pixels"),
}


def stored_files() -> list:
    return [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]


def upload(client, file, **fields):
    """Send the form that adds one picture, to the collection that all houses share."""
    collection = Collection.get_first_root_node().pk
    data = {"title": "Photo", "file": file, "collection": collection, "tags": "", **fields}
    return client.post(ADD, data)


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.mark.parametrize("case", REFUSED)
def test_a_file_that_must_not_enter_is_refused(client, admin, media, case):
    name, content, word = REFUSED[case]
    client.force_login(admin)
    file = SimpleUploadedFile(name, content())
    response = upload(client, file)
    assert response.status_code == 200
    errors = response.context["form"].errors
    assert set(errors) == {"file"}
    assert word in " ".join(errors["file"])
    assert squashed(errors["file"][0]) in text_of(response)
    assert not Picture.objects.exists() and not stored_files()


@pytest.mark.parametrize("case", REFUSED)
def test_a_file_among_several_is_refused(client, admin, media, case):
    """The page that takes several files at once checks each the same way."""
    name, content, word = REFUSED[case]
    client.force_login(admin)
    file = SimpleUploadedFile(name, content())
    headers = {"X-Requested-With": "XMLHttpRequest"}
    data = {"title": "Photo", "files[]": file, "collection": Collection.get_first_root_node().pk}
    response = client.post(ADD_SEVERAL, data, headers=headers)
    assert response.status_code == 200
    answer = response.json()
    assert answer["success"] is False and word in answer["error_message"]
    assert not Picture.objects.exists() and not stored_files()


def test_a_refused_file_does_not_lose_what_was_typed(client, admin, media):
    client.force_login(admin)
    file = SimpleUploadedFile("photo.png", b"rien")
    response = upload(client, file, title="La façade", credit="Ali")
    form = response.context["form"]
    assert (form["title"].value(), form["credit"].value()) == ("La façade", "Ali")


def test_a_picture_with_a_title_of_300_characters_is_refused(client, admin, media):
    client.force_login(admin)
    response = upload(client, get_test_image_file(), title="a" * 300)
    assert response.status_code == 200
    assert "255" in " ".join(response.context["form"].errors["title"])
    assert not Picture.objects.exists()


@pytest.mark.parametrize("extension", ["png", "jpg", "webp", "avif", "gif"])
def test_a_picture_of_a_common_kind_is_taken(client, admin, media, extension):
    content = BytesIO()
    kind = {"jpg": "JPEG"}.get(extension, extension.upper())
    Image.new("RGB", (8, 6)).save(content, kind)
    client.force_login(admin)
    file = SimpleUploadedFile(f"photo.{extension}", content.getvalue())
    upload(client, file, title="La façade", credit="Ali")
    picture = Picture.objects.get()
    assert (picture.width, picture.height, picture.credit) == (8, 6, "Ali")


@pytest.mark.parametrize("name", ["page.html", "dessin.svg", "script.js", "tableau.xlsm", "sans"])
def test_a_document_of_another_kind_is_refused(client, admin, media, name):
    client.force_login(admin)
    file = SimpleUploadedFile(name, b"<script>alert(1)</script>")
    collection = Collection.get_first_root_node().pk
    data = {"title": "Document", "file": file, "collection": collection, "tags": ""}
    response = client.post(reverse("wagtaildocs:add"), data)
    assert response.status_code == 200
    assert set(response.context["form"].errors) == {"file"}
    assert not get_document_model().objects.exists() and not stored_files()


def test_a_document_of_21_mb_is_refused(client, admin, media):
    client.force_login(admin)
    file = SimpleUploadedFile("notes.txt", bytes(21 * MEGABYTE))
    collection = Collection.get_first_root_node().pk
    data = {"title": "Document", "file": file, "collection": collection, "tags": ""}
    response = client.post(reverse("wagtaildocs:add"), data)
    assert response.status_code == 200
    assert set(response.context["form"].errors) == {"file"}
    assert not get_document_model().objects.exists() and not stored_files()
