"""What the body of an imported article becomes, as a text, in Markdown and in blocks, and what it may not hold."""

import re

import pytest

from articles.blocks import BodyBlock
from exchange import bodies
from exchange.errors import LineError
from tests.exchange.reading_bodies import kinds, paragraphs, refusal, table_words, visible_words

# Text


def test_each_line_of_a_text_is_a_paragraph():
    [block] = bodies.from_text("Un.\n\n  Deux.  \r\nTrois.\n")
    assert block["value"] == "<p>Un.</p><p>Deux.</p><p>Trois.</p>"


def test_a_text_is_not_read_as_html():
    [block] = bodies.from_text("<script>alert(1)</script> & <b>gras</b>")
    assert "<script" not in block["value"] and "<b>" not in block["value"]
    assert visible_words([block]) == ["<script>alert(1)</script>", "&", "<b>gras</b>"]


@pytest.mark.parametrize("text", ["", "  \n \t\n"])
def test_a_text_without_words_has_no_block(text):
    assert bodies.from_text(text) == []


# Markdown


def test_markdown_becomes_blocks():
    body = bodies.from_markdown(
        "# Titre\n\nUn *mot* et [un lien](https://a.fr).\n\n- un\n- deux\n    - trois\n\n> Dit.\n"
    )
    assert kinds(body) == ["heading", "paragraph", "quotation"]
    assert "<em>mot</em>" in paragraphs(body)
    assert '<a href="https://a.fr">un lien</a>' in paragraphs(body)
    assert paragraphs(body).count("<ul>") == 2


def test_a_table_of_markdown_becomes_a_table():
    [block] = bodies.from_markdown("| Qui | Quoi |\n|---|---|\n| Inès | le *café* |\n")
    assert block["type"] == "table"
    assert block["value"]["data"] == [["Qui", "Quoi"], ["Inès", "le café"]]
    assert block["value"]["table_header_choice"] == "row"


def test_markdown_loses_no_word():
    text = "## Un\n\n1. deux\n2. trois `quatre`\n\n    cinq six\n\n| a | b |\n|---|---|\n| c | d |"
    body = bodies.from_markdown(text)
    assert visible_words(body[:2]) == ["Un", "2", "deux", "trois", "quatre", "cinq", "six"]
    assert table_words(body[2:]) == ["a", "b", "c", "d"]


def test_html_in_markdown_is_cleaned_too():
    body = bodies.from_markdown("Bien <b onclick='x()'>dit</b><script>alert(1)</script>")
    assert paragraphs(body) == "<p>Bien <b>dit</b></p>"


@pytest.mark.parametrize("mark", ["> ", "- ", "    ", "*", "[", "`", "| "])
def test_markdown_of_many_marks_is_read(mark):
    assert "fin" in str(bodies.from_markdown(mark * 400 + "fin"))


# Blocks


BLOCKS = {
    "heading": {"text": "Titre", "level": "3"},
    "paragraph": "<p>Texte <b>gras</b></p>",
    "quotation": {"text": "Dit", "who": "Inès", "capacity": "trésorière"},
    "key_figures": {"figures": [{"figure": "26", "label": "clés"}], "source": "inventaire"},
    "steps": {"steps": [{"title": "Un", "text": "<p>Faire</p>"}]},
    "takeaways": {"points": ["Un point"]},
    "sessions": {
        "sessions": [
            {
                "theme": "Récup",
                "date": "2021-02-16",
                "start": "18:00",
                "end": "19:00",
                "mode": "online",
                "place": "Amiens",
                "associations": ["Prêt à Tout", "Les Restos"],
            }
        ]
    },
    "contact": {"name": "Inès", "role": "", "organisation": "", "email": "a@b.fr", "phone": "01"},
    "links": {"links": [{"url": "https://a.fr", "label": "Ici", "description": ""}]},
    "table": {"rows": [["a", "b"], [1, 2]], "header": ["x", "y"], "caption": "Tableau"},
    "video": {"url": "https://vimeo.com/1", "title": "Film", "transcript": "<p>Dit</p>"},
}


@pytest.mark.parametrize("kind", BLOCKS)
def test_each_block_is_read_and_accepted_by_the_editor(kind):
    [block] = bodies.from_blocks([{"type": kind, "value": BLOCKS[kind]}], None)
    stored = BodyBlock().to_python([block])
    assert block["type"] == kind
    assert block["id"]
    assert stored[0].render()
    if kind != "table":
        assert block["value"] == BLOCKS[kind]


def test_every_kind_of_block_is_tried_here_or_with_the_files_it_needs():
    assert {*BLOCKS, "image", "document"} == set(BodyBlock().child_blocks)


def test_a_table_keeps_its_header_rows_and_caption():
    [block] = bodies.from_blocks([{"type": "table", "value": BLOCKS["table"]}], None)
    assert block["value"]["data"] == [["x", "y"], ["a", "b"], ["1", "2"]]
    assert block["value"]["table_caption"] == "Tableau"


def test_the_html_of_blocks_is_cleaned():
    hostile = '<p onclick="x()">Bien<script>alert(1)</script><a href="javascript:x()">ici</a></p>'
    body = bodies.from_blocks(
        [
            {"type": "paragraph", "value": hostile},
            {"type": "steps", "value": {"steps": [{"title": "Un", "text": hostile}]}},
            {"type": "video", "value": {**BLOCKS["video"], "transcript": hostile}},
        ],
        None,
    )
    assert not re.search("<script|javascript:|onclick", str(body))
    assert str(body).count("Bien") == 3


@pytest.mark.parametrize("kind", ["carousel", "", None, 3, [], {}, ["heading"], True])
def test_an_unknown_block_is_named(kind):
    assert refusal([{"type": kind, "value": "x"}]) == f"unknown block: {kind}"


@pytest.mark.parametrize("item", ["texte", 3, None, [], ["heading", "x"]])
def test_a_block_that_is_no_object_is_refused(item):
    assert refusal([item]).startswith("unknown block: ")


@pytest.mark.parametrize("items", ["texte", {}, 3, None, True])
def test_a_body_in_blocks_that_is_no_list_is_refused(items):
    assert refusal(items) == "a body in blocks is a list"


def test_a_block_without_type_or_value_is_refused():
    assert refusal([{"value": "x"}]) == "unknown block: None"
    assert refusal([{"type": "heading"}]).startswith("a block is not filled in as it should be")


MALFORMED = [
    None,
    "",
    "texte",
    3,
    1.5,
    True,
    [],
    {},
    [None],
    ["x"],
    [[]],
    {"x": 1},
    {"text": None},
    {"text": {}, "level": "2"},
    {"text": [], "level": []},
    {"text": "x", "level": "9"},
    {"text": "x" * 256, "level": "2"},
    {"steps": None},
    {"steps": "x"},
    {"steps": ["x"]},
    {"steps": [{"title": "", "text": ""}]},
    {"steps": [{"title": "x", "text": 3}]},
    {"steps": []},
    {"points": "x"},
    {"points": [{}]},
    {"points": []},
    {"figures": []},
    {"figures": [{}] * 7},
    {"figures": {"figure": 1}},
    {"sessions": [{}]},
    {"sessions": [{"theme": "x", "date": "2026-02-30"}]},
    {"sessions": [{"theme": "x", "date": 3}]},
    {"sessions": [{"theme": "x", "start": "25:00"}]},
    {"sessions": [{"theme": "x", "start": []}]},
    {"sessions": [{"theme": "x", "start": "18:00", "end": "17:00"}]},
    {"sessions": [{"theme": "x", "mode": "lune"}]},
    {"sessions": [{"theme": "x", "associations": 3}]},
    {"sessions": [{"theme": "x", "associations": [None]}]},
    {"name": "x", "email": "pas une adresse"},
    {"name": "x", "phone": "1" * 31},
    {"links": [{"url": "javascript:alert(1)", "label": "x"}]},
    {"links": [{"url": "https://a.fr"}]},
    {"links": [3]},
    {"url": "javascript:alert(1)", "title": "x"},
    {"url": "https://a.fr", "title": "x", "transcript": 3},
    {"url": {"a": 1}, "title": []},
    {"rows": None},
    {"rows": 3},
    {"rows": [3]},
    {"rows": []},
    {"rows": [["x"]], "header": 3},
    {"rows": [["x"]], "header": "x"},
    {"rows": [["x"]], "caption": 3},
    {"file": None},
    {"alt": "x"},
]


@pytest.mark.parametrize("value", MALFORMED, ids=lambda value: repr(value)[:50])
@pytest.mark.parametrize("kind", [*BLOCKS, "image", "document"])
def test_a_malformed_value_is_refused_or_renders(kind, value):
    try:
        body = bodies.from_blocks([{"type": kind, "value": value}], media=None)
    except LineError as error:
        assert str(error)
        return
    for block in BodyBlock().to_python(body):
        assert "javascript:" not in block.render()
        block.block.get_form_state(block.value)  # the editor opens it


@pytest.mark.parametrize(
    ("kind", "value", "reason"),
    [
        ("heading", {"text": "x" * 256, "level": "2"}, "255"),
        ("heading", {"text": "", "level": "2"}, "required"),
        ("sessions", {"sessions": [{"theme": "x", "start": "18:00", "end": "17:00"}]}, "beginning"),
        ("sessions", {"sessions": [{"theme": "x", "date": "2026-02-30"}]}, "date"),
        ("contact", {"name": "x", "email": "ici"}, "email"),
        ("links", {"links": [{"url": "ici", "label": "x"}]}, "URL"),
        ("video", {"url": "javascript:x()", "title": "x"}, "URL"),
        ("takeaways", {"points": []}, "minimum"),
    ],
)
def test_the_reason_of_a_refused_block_is_the_one_that_the_editor_gives(kind, value, reason):
    message = refusal([{"type": kind, "value": value}])
    assert message.startswith("a block is not filled in as it should be: ")
    assert reason in message.partition(": ")[2]
    assert "Error(" not in message


def test_unknown_parts_of_a_block_are_refused_rather_than_lost():
    value = {"text": "Titre", "level": "2", "sous-titre": "Ne pas perdre"}
    assert "sous-titre" in refusal([{"type": "heading", "value": value}])
