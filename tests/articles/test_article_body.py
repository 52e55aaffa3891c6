"""The text of an article: what its page shows of each block."""

import datetime

import pytest
from django.db import connection

from articles.models import ArticlePage
from tests.articles.pages import HARM, TEXT_BLOCKS, edit, show
from tests.factories import (
    ArticlePageFactory,
    DocumentFactory,
    PictureFactory,
    PlainPageFactory,
    put_online,
    stored,
)
from tests.portal.reading import page_of, says, text_of

# How often HARM is read in each: a caption is also the name of its table for screen readers.
TIMES = {
    "heading": 1,
    "quotation": 3,
    "key_figures": 2,
    "steps": 1,
    "takeaways": 2,
    "sessions": 3,
    "contact": 4,
    "links": 2,
    "table": 3,
    "video": 1,
}


@pytest.mark.parametrize("name", TEXT_BLOCKS)
def test_the_text_of_a_block_is_shown_and_escaped(client, lantern, name):
    response = show(client, lantern, (name, TEXT_BLOCKS[name]))
    assert "<script>alert" not in response.text
    assert page_of(response).select_one(".prose").get_text(" ").count("alert(") == TIMES[name]


def test_every_block_of_the_body_has_its_test():
    others = {"paragraph", "image", "document"}
    assert set(ArticlePage._meta.get_field("body").stream_block.child_blocks) == (
        others | TEXT_BLOCKS.keys()
    )


def test_a_paragraph_keeps_its_emphasis_and_its_links(client, lantern, harbour):
    text = f'<p>Un <b>mot</b>, <a linktype="page" id="{harbour.pk}">le port</a>.</p>'
    document = page_of(show(client, lantern, ("paragraph", text)))
    assert document.select_one(".prose p b").text == "mot"
    assert document.select_one(".prose p a")["href"] == harbour.url


def test_scripts_do_not_enter_a_paragraph_by_the_form(client, lantern, editor):
    client.force_login(editor)
    article = ArticlePageFactory(parent=lantern)
    content = '{"blocks": [{"key": "a", "text": "<script>alert(1)</script>", "type": "unstyled"'
    content += ', "depth": 0, "inlineStyleRanges": [], "entityRanges": []}], "entityMap": {}}'
    edit(client, article, body=[("paragraph", content)])
    put_online(article)
    response = client.get(article.url)
    assert "<script>alert" not in response.text
    assert "<script>alert(1)</script>" in text_of(response)


def test_an_image_shows_its_text_caption_and_credit(client, lantern):
    picture = PictureFactory(credit="Photo : <b>Ali</b>")
    value = {"image": picture.pk, "alt_text": 'Une "serre"', "decorative": False}
    body = ("image", {"image": value, "caption": HARM})
    document = page_of(show(client, lantern, body))
    figure = document.select_one(".prose figure")
    assert figure.img["alt"] == 'Une "serre"'
    assert {source["type"] for source in figure.select("source")} == {
        "image/avif",
        "image/webp",
    } - {"image/webp" if figure.img["src"].endswith(".webp") else ""}
    caption = figure.figcaption.text
    assert "alert(" in caption and "<b>Ali</b>" in caption.replace("\u00a0", " ")
    assert not figure.select("script, b")


def test_a_decorative_image_says_nothing(client, lantern):
    value = {"image": PictureFactory().pk, "alt_text": "", "decorative": True}
    document = page_of(show(client, lantern, ("image", {"image": value, "caption": ""})))
    assert document.select_one(".prose figure img")["alt"] == ""


def test_a_document_is_downloaded_by_its_name(client, lantern):
    document = DocumentFactory(title="Statuts")
    response = show(
        client,
        lantern,
        ("document", {"document": document.pk, "title": ""}),
        ("document", {"document": document.pk, "title": HARM}),
    )
    links = page_of(response).select(".download a[download]")
    assert [link.text for link in links] == ["Statuts", HARM]
    assert {link["href"] for link in links} == {document.url}
    assert "<script>alert" not in response.text


@pytest.mark.parametrize(
    "document, more, says_so",
    [
        ({"readable_by_all": True}, {}, False),
        ({}, {}, True),
        ({"readable_by_all": True, "obstacles": ["scan"]}, {}, True),
        ({}, {"text": "<p>Article premier</p>"}, False),
    ],
)
def test_another_form_is_offered_of_a_document_that_not_everybody_can_read(
    client, lantern, document, more, says_so
):
    value = {"document": DocumentFactory(**document).pk, "title": "", **more}
    response = show(client, lantern, ("document", value))
    asked = page_of(response).select(".download a:not([download])")
    assert [link["href"] for link in asked] == [f"{lantern.url}#reach"] * says_so
    assert ("La Lanterne" in asked[0].text) if says_so else not asked
    texts = page_of(response).select(".download details p")
    assert [text.text for text in texts] == ["Article premier"] * ("text" in more)


def test_the_accessible_version_stands_beside_the_document(client, lantern):
    scan = DocumentFactory(obstacles=["scan"])
    readable = DocumentFactory(title="Le texte", readable_by_all=True)
    value = {"document": scan.pk, "title": "Affiche", "accessible_version": readable.pk}
    document = page_of(show(client, lantern, ("document", value)))
    links = {link.text: link["href"] for link in document.select(".download a")}
    assert links == {"Affiche": scan.url, "Le texte": readable.url}


def test_a_page_of_the_network_says_where_to_ask_for_another_form(client, home):
    value = {"document": DocumentFactory().pk, "title": ""}
    page = PlainPageFactory(parent=home, body=stored(("document", value)))
    words = "Ask us for it in another form: our address is at the foot of the page."
    assert says(client.get(page.url), words)


def test_a_picture_or_document_that_was_deleted_leaves_the_rest(client, lantern):
    picture, document = PictureFactory(), DocumentFactory()
    value = {"image": picture.pk, "alt_text": "Une serre", "decorative": False}
    article = ArticlePageFactory(
        parent=lantern,
        picture=picture,
        body=stored(
            ("image", {"image": value, "caption": "La serre"}),
            ("document", {"document": document.pk, "title": "Statuts"}),
            ("heading", {"text": "La suite", "level": "2"}),
        ),
    )
    picture.delete()
    document.delete()
    response = client.get(article.url)
    assert response.status_code == 200
    assert "La suite" in response.text and "Statuts" not in response.text


def test_a_block_of_an_unknown_type_leaves_the_rest(client, lantern):
    article = ArticlePageFactory(parent=lantern)
    body = stored(("carousel", {"a": 1}), ("heading", {"text": "La suite", "level": "2"}))
    table = ArticlePage._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} SET body = %s WHERE page_ptr_id = %s",
            [body, article.pk],
        )
    response = client.get(article.url)
    assert response.status_code == 200 and "La suite" in response.text


def test_sessions_say_when_and_how(client, lantern):
    session = {
        "theme": "La trésorerie",
        "date": datetime.date(2026, 3, 5),
        "start": datetime.time(9),
        "end": datetime.time(11, 30),
        "mode": "online",
        "place": "",
        "associations": ["Le Chœur", "La Pioche"],
    }
    response = show(client, lantern, ("sessions", {"sessions": [session]}))
    text = text_of(response)
    assert page_of(response).select_one(".sessions time")["datetime"] == "2026-03-05"
    assert "9 h – 11 h 30" in text
    assert says(response, "online")
    assert "Le Chœur, La Pioche" in text


def test_a_video_is_not_framed_before_a_click(client, lantern):
    value = {"url": "https://youtu.be/abcdefghijk", "title": "Une visite", "transcript": ""}
    value |= {"captioned": True, "told": True}
    document = page_of(show(client, lantern, ("video", value)))
    assert not document.select("iframe, video, embed, object")
    stage = document.select_one(".video .stage")
    assert stage["data-player"] == "https://www.youtube-nocookie.com/embed/abcdefghijk"
    assert stage.a["href"] == "https://youtu.be/abcdefghijk"
