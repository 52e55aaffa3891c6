"""Passages in another language: marked in the editor, kept, shown."""

import json

import pytest
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

from articles.blocks import PASSAGE_LANGUAGES, RICH_TEXT_FEATURES, plain_text
from exchange.html import clean_paragraph
from tests.factories import ArticlePageFactory, stored
from tests.portal.reading import page_of

MARKED = 'Ils disent <span lang="{}">home sweet home</span> à la fin.'


@pytest.mark.parametrize("code", PASSAGE_LANGUAGES)
def test_the_editor_opens_and_keeps_a_passage_in_another_language(code):
    converter = ContentstateConverter(features=RICH_TEXT_FEATURES)
    opened = converter.from_database_format(f"<p>{MARKED.format(code)}</p>")
    (line,) = json.loads(opened)["blocks"]
    assert [style["style"] for style in line["inlineStyleRanges"]] == [f"LANG_{code.upper()}"]
    assert MARKED.format(code) in converter.to_database_format(opened)


def test_a_passage_in_another_language_says_so(client, lantern):
    article = ArticlePageFactory(
        parent=lantern,
        body=stored(
            ("paragraph", f"<p>{MARKED.format('en')}</p>"),
            ("quotation", {"text": "Demat", "who": "", "capacity": "", "language": "br"}),
            ("quotation", {"text": "Bonjour", "who": "", "capacity": ""}),
        ),
    )
    document = page_of(client.get(article.url))
    assert document.select_one('.prose span[lang="en"]').text == "home sweet home"
    quotations = document.select("blockquote")
    assert [quotation.get("lang") for quotation in quotations] == ["br", None]


def test_the_name_of_a_language_is_not_found_in_a_quotation(lantern):
    value = {"text": "Demat", "who": "Yann", "capacity": "", "language": "br"}
    article = ArticlePageFactory(parent=lantern, body=stored(("quotation", value)))
    assert plain_text(article.body).split() == ["Demat", "Yann"]


def test_what_is_said_in_a_video_keeps_its_passages_in_creole(client, lantern):
    said = '<p><span lang="rcf">Nou lé la</span>, on disait.</p>'
    video = {"url": "https://tube.example.org/w/mur", "title": "Le mur", "transcript": said}
    article = ArticlePageFactory(parent=lantern, body=stored(("video", video)))
    assert page_of(client.get(article.url)).select_one('[lang="rcf"]').text == "Nou lé la"


@pytest.mark.parametrize("lang", ["en", "en-GB", "EN"])
def test_a_text_from_elsewhere_keeps_its_passages(lang):
    assert clean_paragraph(f"<p>{MARKED.format(lang)}</p>") == f"<p>{MARKED.format('en')}</p>"


@pytest.mark.parametrize("mark", ['lang="tlh"', 'class="x"'])
def test_a_text_from_elsewhere_keeps_the_words_of_other_passages(mark):
    html = f"<p>Ils <span {mark}>disent</span> oui.</p>"
    assert clean_paragraph(html) == "<p>Ils disent oui.</p>"
