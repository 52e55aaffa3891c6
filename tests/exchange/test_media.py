"""Pictures and documents named by an import: what is taken, what is refused, what is stored."""

import io
import os
import struct
import zlib

import pytest
from PIL import Image

from articles.models import ArticlePage
from exchange.media import Document
from houses.models import House
from portal.models import Picture
from tests.exchange.article_lines import entry, import_lines, imported

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media_root")]

SCRIPT = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def write_picture(path, color="red", size=(30, 20)):
    Image.new("RGB", size, color).save(path)
    return path


def write_bomb(path, side=40_000):
    """A sound picture of `side` × `side` pixels, all black, whose file is small."""
    row = b"\0" * (1 + side // 8)
    packer = zlib.compressobj(9)
    data = b"".join(packer.compress(row * 100) for _ in range(side // 100)) + packer.flush()
    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"IDAT", data), (b"IEND", b"")]
    packed = [
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in chunks
    ]
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"".join(packed))
    return path


def picture_block(name, **value) -> dict:
    return {
        "body_format": "blocks",
        "body": [{"type": "image", "value": {"file": name, "alt": "Un banc", **value}}],
    }


def document_block(name, **value) -> dict:
    return {
        "body_format": "blocks",
        "body": [{"type": "document", "value": {"file": name, **value}}],
    }


def files(folder) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


# What is taken


def test_the_first_picture_is_the_article_s_own_and_the_others_end_the_body(tmp_path, lantern):
    write_picture(tmp_path / "banc.png")
    write_picture(tmp_path / "arbre.jpg", "green")
    images = [
        {"file": "banc.png", "alt": "Un banc rouge", "credit": "Inès"},
        {"file": "arbre.jpg", "alt": "Un arbre"},
    ]
    done = import_lines(tmp_path, entry(1, images=images, houses=["la-lanterne"]))
    assert not done.failed
    article = imported(1)
    assert (article.picture.credit, article.picture_alt) == ("Inès", "Un banc rouge")
    assert (article.picture.width, article.picture.height) == (30, 20)
    assert [block.block_type for block in article.body] == ["paragraph", "image"]
    assert article.body[1].value["image"].contextual_alt_text == "Un arbre"


def test_a_document_comes_with_who_can_read_it_and_what_it_says(tmp_path, lantern):
    (tmp_path / "statuts.txt").write_text("Article premier")
    said = {"readable_by_all": True, "text": "<p>Un seul article.</p>"}
    done = import_lines(
        tmp_path, entry(1, houses=["la-lanterne"], **document_block("statuts.txt", **said))
    )
    assert not done.failed
    (block,) = imported(1).body
    assert block.value["document"].is_accessible
    assert block.value["text"].source == "<p>Un seul article.</p>"


def test_a_picture_without_alternative_text_is_decorative(tmp_path):
    write_picture(tmp_path / "banc.png")
    write_picture(tmp_path / "arbre.png", "green")
    import_lines(tmp_path, entry(1, images=["banc.png", "arbre.png"]))
    assert imported(1).picture_alt == ""
    assert imported(1).body[1].value["image"].decorative is True


def test_a_picture_in_a_block_without_alternative_text_is_refused(tmp_path):
    write_picture(tmp_path / "banc.png")
    done = import_lines(tmp_path, entry(1, **picture_block("banc.png", alt="")), entry(2))
    assert "essai.jsonl:1: " in done.err
    assert imported(2)


def test_files_go_to_the_collection_of_the_house(tmp_path, lantern):
    write_picture(tmp_path / "banc.png")
    (tmp_path / "modele.txt").write_text("Une convention.")
    import_lines(
        tmp_path,
        entry(1, houses=["la-lanterne"], images=["banc.png"]),
        entry(2, houses=["la-lanterne"], **document_block("modele.txt", title="Le modèle")),
    )
    collection = House.objects.get(slug="la-lanterne").collection
    assert Picture.objects.get().collection == Document.objects.get().collection == collection
    assert Document.objects.get().title == "Le modèle"


def test_a_file_in_a_folder_beside_the_imported_one_is_found(tmp_path):
    (tmp_path / "pictures").mkdir()
    write_picture(tmp_path / "pictures" / "été.png")
    assert not import_lines(tmp_path, entry(1, **picture_block("pictures/été.png"))).failed
    assert imported(1).body[0].value["image"].title == "été"


def test_the_same_picture_is_stored_once(tmp_path, media_root):
    write_picture(tmp_path / "banc.png")
    write_picture(tmp_path / "copie.png")
    import_lines(
        tmp_path,
        entry(1, images=["banc.png"]),
        entry(2, images=["banc.png", "copie.png"]),
        entry(3, **picture_block("copie.png")),
    )
    import_lines(tmp_path, entry(1, title="Nouveau", images=["banc.png"]))
    assert Picture.objects.count() == 1
    assert len(files(media_root)) == 1
    assert imported(1).picture == imported(2).picture


def test_the_same_document_is_stored_once(tmp_path, media_root):
    (tmp_path / "a.txt").write_text("Une convention.")
    import_lines(tmp_path, entry(1, **document_block("a.txt")), entry(2, **document_block("a.txt")))
    assert Document.objects.count() == len(files(media_root)) == 1


def test_each_house_has_its_own_copy(tmp_path, lantern, harbour):
    """What one house does to its picture, the other does not see."""
    write_picture(tmp_path / "banc.png")
    import_lines(
        tmp_path,
        entry(1, houses=["la-lanterne"], images=["banc.png"]),
        entry(2, houses=["le-port"], images=["banc.png"]),
    )
    assert imported(1).picture != imported(2).picture


def test_a_picture_removed_at_the_source_is_removed(tmp_path):
    write_picture(tmp_path / "banc.png")
    import_lines(tmp_path, entry(1, images=[{"file": "banc.png", "alt": "Un banc"}]))
    import_lines(tmp_path, entry(1))
    article = imported(1).get_latest_revision_as_object()
    assert (article.picture, article.picture_alt) == (None, "")


# What is refused


def make_text(folder):
    (folder / "x.png").write_text("Ceci n’est pas une image.")


def cut_picture(folder, length):
    whole = io.BytesIO()
    Image.effect_noise((200, 200), 80).save(whole, "PNG")
    (folder / "x.png").write_bytes(whole.getvalue()[:length])


def make_half(folder):
    cut_picture(folder, 10_000)


def make_stump(folder):
    cut_picture(folder, 40)


def make_empty(folder):
    (folder / "x.png").write_bytes(b"")


def make_svg_in_disguise(folder):
    (folder / "x.png").write_bytes(SCRIPT)


def make_gif_in_disguise(folder):
    Image.new("RGB", (9, 9)).save(folder / "x.png", "GIF")


def make_bomb(folder):
    assert write_bomb(folder / "x.png").stat().st_size < 200_000


def make_large(folder):
    picture = write_picture(folder / "x.png").read_bytes()
    (folder / "x.png").write_bytes(picture + b"\0" * (21 * 1024 * 1024 - len(picture)))


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (make_text, "valid image"),
        (make_half, "valid image"),
        (make_stump, "valid image"),
        (make_empty, "empty"),
        (make_svg_in_disguise, "valid"),
        (make_gif_in_disguise, "does not match the file format (gif)"),
        (make_bomb, "too many pixels"),
        (make_large, "too big (21.0\xa0MB). Maximum filesize 20.0\xa0MB"),
    ],
)
def test_a_picture_that_is_none_is_refused_with_the_reason(tmp_path, media_root, make, reason):
    make(tmp_path)
    done = import_lines(
        tmp_path, entry(1), entry(2, images=["x.png"]), entry(3, **picture_block("x.png")), entry(4)
    )
    assert done.failed
    for number in (2, 3):
        [line] = [line for line in done.err.splitlines() if f"essai.jsonl:{number}: " in line]
        assert "x.png" in line
        assert reason in line
    assert set(ArticlePage.objects.values_list("source_id", flat=True)) == {"a1", "a4"}
    assert not Picture.objects.exists()
    assert files(media_root) == []


@pytest.mark.parametrize("use", [picture_block, document_block])
@pytest.mark.parametrize("name", ["x.svg", "x.html", "x.exe", "x"])
def test_a_kind_of_file_that_is_not_allowed_is_refused(tmp_path, media_root, use, name):
    (tmp_path / name).write_bytes(SCRIPT)
    done = import_lines(tmp_path, entry(1), entry(2, **use(name)), entry(3))
    assert f"essai.jsonl:2: {name} : " in done.err
    assert set(ArticlePage.objects.values_list("source_id", flat=True)) == {"a1", "a3"}
    assert files(media_root) == []


def test_a_document_of_21_mb_is_refused(tmp_path, media_root):
    (tmp_path / "x.txt").write_bytes(b"x" * 21 * 1024 * 1024)
    done = import_lines(tmp_path, entry(1, **document_block("x.txt")), entry(2))
    assert "essai.jsonl:1: x.txt : This file is too big" in done.err
    assert imported(2)
    assert files(media_root) == []


@pytest.mark.parametrize("use", [picture_block, document_block, lambda name: {"images": [name]}])
@pytest.mark.parametrize(
    "way", ["../x.png", "a/../../x.png", "{absolute}", "lien.png", "dossier/x.png"]
)
def test_no_path_leads_out_of_the_folder(tmp_path, media_root, use, way):
    folder, outside = tmp_path / "import", tmp_path / "x.png"
    folder.mkdir()
    write_picture(outside)
    os.symlink(outside, folder / "lien.png")
    os.symlink(tmp_path, folder / "dossier")
    name = way.format(absolute=outside)
    done = import_lines(folder, entry(1), entry(2, **use(name)), entry(3))
    assert f"essai.jsonl:2: the file {name} is not beside the imported one" in done.err
    assert set(ArticlePage.objects.values_list("source_id", flat=True)) == {"a1", "a3"}
    assert files(media_root) == []


@pytest.mark.parametrize("name", ["absent.png", "dossier", "."])
def test_a_file_that_is_not_there_is_named(tmp_path, name):
    (tmp_path / "dossier").mkdir()
    done = import_lines(tmp_path, entry(1, images=[name]), entry(2))
    assert f"essai.jsonl:1: there is no file {name}" in done.err
    assert imported(2)


def test_a_refused_line_leaves_no_file_behind(tmp_path, media_root):
    write_picture(tmp_path / "banc.png")
    body = [*picture_block("banc.png")["body"], {"type": "heading", "value": {}}]
    done = import_lines(tmp_path, entry(1, body=body, body_format="blocks"), entry(2))
    assert done.failed
    assert not Picture.objects.exists()
    assert files(media_root) == []
