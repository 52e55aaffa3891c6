"""What the body of an article imported in HTML becomes, and what it may not hold."""

import random
import re

import pytest
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

from articles.blocks import BodyBlock
from exchange import bodies
from tests.exchange.reading_bodies import (
    PARAGRAPH_TAGS,
    kinds,
    paragraphs,
    table_words,
    visible_words,
)


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
    assert visible_words(body)[:3] == [*("Les", "associations", "d’ici.")]


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
