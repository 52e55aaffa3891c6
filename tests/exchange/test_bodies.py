"""What the body of an imported article becomes, in each format, and what it may not hold."""

import random
import re

import pytest
from bs4 import BeautifulSoup
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

from articles.blocks import BodyBlock
from exchange import bodies
from exchange.errors import LineError

PARAGRAPH_TAGS = {"p", "ul", "ol", "li", "a", "b", "strong", "i", "em", "br"}


def kinds(body: list[dict]) -> list[str]:
    return [block["type"] for block in body]


def paragraphs(body: list[dict]) -> str:
    return "".join(block["value"] for block in body if block["type"] == "paragraph")


def visible_words(body: list[dict]) -> list[str]:
    """The words that a reader sees, in order; only a tag that begins a line parts two of them."""
    return " ".join(_texts([block["value"] for block in body])).split()


def _texts(value) -> list[str]:
    if isinstance(value, str):
        lines = re.sub(r"</?(?:p|ul|ol|li|br)\b[^>]*>", " ", value)
        return [BeautifulSoup(lines, "html.parser").get_text()]
    if isinstance(value, dict):
        value = value.values()
    return [text for part in value for text in _texts(part)] if hasattr(value, "__iter__") else []


def table_words(body: list[dict]) -> list[str]:
    cells = [cell for block in body for row in block["value"]["data"] for cell in row]
    return " ".join(cells).split()


def refusal(items, media=None) -> str:
    with pytest.raises(LineError) as error:
        bodies.from_blocks(items, media)
    return str(error.value)


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


# HTML


@pytest.mark.parametrize(
    "html",
    [
        "<p>Bien<script>alert(1)</script></p>",
        "<p onclick='alert(1)' style='color:red' class='x'>Bien</p>",
        "<p>Bien<style>p { color: red }</style></p>",
        "<svg onload=alert(1)></svg><p>Bien</p>",
        "<p>Bien<img src=x onerror=alert(1)></p>",
        "<p>Bien<iframe src='https://exemple.fr'></iframe></p>",
        "<p>Bien</p><!-- <script>alert(1)</script> -->",
        "<scr<script></script>ipt></script><p>Bien</p>",
    ],
)
def test_scripts_and_handlers_are_removed(html):
    body = bodies.from_html(html)
    assert "Bien" in paragraphs(body)
    assert not re.search(
        r"(?i)<(script|style|svg|img|iframe)|onclick|onload|onerror|style=", str(body)
    )


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "&#106;avascript:alert(1)",
        "java&#9;script:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:x",
    ],
)
@pytest.mark.parametrize("read", [bodies.from_html, bodies.from_markdown, bodies.clean_paragraph])
def test_a_link_that_runs_something_keeps_only_its_text(read, address):
    body = str(read(f'<p><a href="{address}">Ici</a></p>'))
    assert "Ici" in body
    assert "script" not in body.lower() and "data:" not in body


@pytest.mark.parametrize(
    "address", ["https://a.fr/?b=1", "http://a.fr", "mailto:a@b.fr", "tel:0102"]
)
def test_a_link_that_leads_somewhere_is_kept(address):
    assert f'<a href="{address}">Ici</a>' in paragraphs(
        bodies.from_html(f'<p><a href="{address}" target="_blank">Ici</a></p>')
    )


def test_headings_quotations_and_tables_become_blocks_in_their_place():
    body = bodies.from_html(
        "<p>Un</p><h2>Deux</h2><p>Trois</p><h4>Quatre</h4><blockquote><p>Cinq</p></blockquote>"
        "<table><tr><th>Six</th></tr><tr><td>Sept</td></tr></table><p>Huit</p>"
    )
    assert kinds(body) == [
        *("paragraph", "heading", "paragraph", "heading", "quotation", "table", "paragraph")
    ]
    assert body[1]["value"] == {"text": "Deux", "level": "2"}
    assert body[3]["value"]["level"] == "3"
    assert body[4]["value"]["text"] == "Cinq"
    assert body[5]["value"]["data"] == [["Six"], ["Sept"]]
    assert body[5]["value"]["first_row_is_table_header"] is True


def test_loose_text_is_put_in_a_paragraph():
    body = bodies.from_html("Avant <b>gras</b><p>Dedans</p>Après")
    assert paragraphs(body) == "<p>Avant <b>gras</b></p><p>Dedans</p><p>Après</p>"


def test_nested_lists_stay_nested():
    html = "<ul><li>Un<ul><li>Deux<ol><li>Trois</li></ol></li></ul></li></ul>"
    assert paragraphs(bodies.from_html(html)) == html


def test_a_heading_deep_in_a_list_becomes_its_text():
    body = bodies.from_html("<ul><li><h3>Titre</h3>Suite<blockquote>Fin</blockquote></li></ul>")
    assert kinds(body) == ["paragraph"]
    assert visible_words(body) == ["Titre", "Suite", "Fin"]


def test_a_table_deep_in_a_list_keeps_its_words_apart():
    html = "<ul><li>Un<table><tr><td>Deux</td><td>Trois</td></tr></table></li></ul>"
    assert visible_words(bodies.from_html(html)) == ["Un", "Deux", "Trois"]


def test_a_table_in_a_table_says_nothing_twice():
    inner = "<table><tr><td>Deux</td><td>Trois</td></tr></table>"
    body = bodies.from_html(f"<table><tr><td>Un {inner}</td><td>Quatre</td></tr></table>")
    assert table_words(body) == ["Un", "Deux", "Trois", "Quatre"]


def test_a_table_of_uneven_rows_is_squared():
    body = bodies.from_html(
        "<table><tr><td>Un</td></tr><tr><td>Deux</td><td>Trois</td></tr></table>"
    )
    assert body[0]["value"]["data"] == [["Un", ""], ["Deux", "Trois"]]


def test_a_table_keeps_its_caption():
    body = bodies.from_html("<table><caption>Les prix</caption><tr><td>1 €</td></tr></table>")
    assert body[0]["value"]["table_caption"] == "Les prix"


@pytest.mark.parametrize("html", ["<table></table>", "<h2></h2>", "<blockquote> </blockquote>", ""])
def test_an_empty_structure_leaves_nothing_behind(html):
    assert visible_words(bodies.from_html(html)) == []
    assert not re.search(r"<(table|h2|blockquote)", paragraphs(bodies.from_html(html)))


@pytest.mark.parametrize(
    "html",
    [
        "<div>Un</div><div>deux</div>",
        "<dl><dt>Un</dt><dd>deux</dd></dl>",
        "<section><article>Un</article><footer>deux</footer></section>",
        "<pre>Un\ndeux</pre>",
        "<figure>Un<figcaption>deux</figcaption></figure>",
        "<select><option>Un</option><option>deux</option></select>",
        "Un<hr>deux",
        "Un<br>deux",
    ],
)
def test_words_that_only_tags_part_are_not_glued(html):
    assert visible_words(bodies.from_html(html)) == ["Un", "deux"]


@pytest.mark.parametrize("tag", ["h2", "blockquote", "li", "p"])
def test_a_word_is_not_cut_where_emphasis_begins(tag):
    html = f"<{tag}>Les <b>a</b>ssociations d’<i>ici</i>.</{tag}>"
    body = bodies.from_html(f"<ul>{html}</ul>" if tag == "li" else html)
    assert " ".join(_texts([block["value"] for block in body])).split()[:3] == [
        *("Les", "associations", "d’ici.")
    ]


def test_a_quotation_with_emphasis_stays_one_paragraph():
    [block] = bodies.from_html("<blockquote>Un <b>mot</b> fort.</blockquote>")
    assert block["value"]["text"] == "Un mot fort."


def test_a_heading_longer_than_a_heading_may_be_loses_nothing():
    text = "Une phrase longue " * 30
    body = bodies.from_html(f"<h2>{text}</h2>")
    assert visible_words(body)[: len(text.split())] == text.split()


def random_html(chance: random.Random, depth: int = 0) -> tuple[str, list[str]]:
    """Some HTML, well formed or not, and the words that a reader sees in it."""
    number = chance.randint(0, 10**9)
    word = f"mot{number}"
    if depth > 4 or chance.random() < 0.3:
        return f" {word} ", [word]
    parts = [random_html(chance, depth + 1) for _ in range(chance.randint(1, 3))]
    inner = "".join(html for html, _words in parts)
    words = [word for _html, words in parts for word in words]
    tags = ["p", "div", "ul", "ol", "li", "h1", "h3", "h6", "blockquote", "b", "em", "a", "section"]
    tag = chance.choice([*tags, "table", "td", "span", "dl", "dd", "caption", "center", "form"])
    if tag == "table":
        return f"<table><tr><td>{inner}</td></tr></table>", words
    if tag == "a":
        return f"<a href='https://exemple.fr/{number}'>{inner}</a>", words
    return (f"<{tag}>{inner}" if chance.random() < 0.1 else f"<{tag}>{inner}</{tag}>"), words


@pytest.mark.parametrize("seed", range(60))
def test_no_word_of_any_html_is_lost(seed):
    html, words = random_html(random.Random(seed))
    found = visible_words(bodies.from_html(html))
    assert sorted(set(words) - set(found)) == []


@pytest.mark.parametrize("seed", range(60))
def test_any_html_gives_blocks_that_the_editor_accepts(seed):
    html, _words = random_html(random.Random(seed))
    body = bodies.from_html(html)
    stream = BodyBlock()
    stream.clean(stream.to_python(body))
    assert set(re.findall(r"<(\w+)", paragraphs(body))) <= PARAGRAPH_TAGS


def open_in_editor(body: list[dict]) -> None:
    """Read each paragraph as the form of an article does, which stops at what it does not expect."""
    features = BodyBlock().child_blocks["paragraph"].features
    for block in body:
        if block["type"] == "paragraph":
            ContentstateConverter(features).from_database_format(block["value"])


@pytest.mark.parametrize("seed", range(60))
def test_any_html_can_be_opened_in_the_editor(seed):
    html, _words = random_html(random.Random(seed))
    open_in_editor(bodies.from_html(html))
    open_in_editor(bodies.from_blocks([{"type": "paragraph", "value": html}], None))


@pytest.mark.parametrize(
    "html",
    [
        "<p>Un<br>deux</p>",
        "<li>Un</li>",
        "<ul><b><li>Un</li></b></ul>",
        "<a href='https://exemple.fr'><p>Un</p></a>",
        "<ul><li><a href='https://exemple.fr'><p>Un</p></a></li></ul>",
        "<ul><li><b>Un<ul><li>deux</li></ul></b></li></ul>",
    ],
)
def test_a_paragraph_that_sites_write_otherwise_can_be_opened_in_the_editor(html):
    for body in (
        bodies.from_html(html),
        bodies.from_blocks([{"type": "paragraph", "value": html}], None),
    ):
        open_in_editor(body)
        assert visible_words(body)[0] == "Un"


@pytest.mark.parametrize("tag", ["ul><li", "blockquote", "div", "b", "table><tr><td"])
def test_html_nested_very_deep_says_its_words_once(tag):
    body = bodies.from_html(f"<{tag}>" * 60 + "fond")
    assert visible_words(body).count("fond") == 1


@pytest.mark.parametrize("tag", ["ul><li", "blockquote", "div", "b"])
def test_html_nested_without_end_is_read(tag):
    assert "fond" in str(bodies.from_html(f"<{tag}>" * 3000 + "fond"))


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
