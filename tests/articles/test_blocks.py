"""What each block refuses, and what it makes of what it accepts."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext
from wagtail.blocks import RichTextBlock
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.rich_text import RichText

from articles import blocks
from tests.factories import PictureFactory

NINE, TEN = datetime.time(9), datetime.time(10)


def cleaned(block, value):
    return block.clean(block.to_python(value))


# Text


@pytest.mark.parametrize(
    "html",
    [
        "",
        "<p>Un</p><p>deux<br/>trois<br />quatre</p>",
        "<ul><li>un</li><li><b>de</b>ux</li></ul><ol><li>trois</li></ol>",
        '<p><a href="https://exemple.fr/?a=1&amp;b=2" title="&gt;">ici</a> &lt;b&gt; &amp;amp; l’été</p>',
        '<p data-block-key="a1"><span lang="en">Well</span>, <a id="3" linktype="page">là</a>.</p>',
    ],
)
def test_the_search_reads_a_text_as_wagtail_would(html):
    block = blocks.ParagraphBlock()
    found = block.get_searchable_content(block.to_python(html))
    assert found == RichTextBlock().get_searchable_content(RichText(html))


# Sessions


@pytest.mark.parametrize("start, end", [(TEN, NINE), (NINE, NINE)])
def test_a_session_does_not_end_before_it_begins(start, end):
    with pytest.raises(StructBlockValidationError) as refusal:
        cleaned(blocks.SessionBlock(), {"theme": "Le budget", "start": start, "end": end})
    error = refusal.value.block_errors["end"]
    assert error.messages == [gettext("The end must come after the beginning.")]


@pytest.mark.parametrize("start, end", [(NINE, TEN), (NINE, None), (None, TEN), (None, None)])
def test_a_session_may_leave_its_hours_open(start, end):
    value = cleaned(blocks.SessionBlock(), {"theme": "Le budget", "start": start, "end": end})
    assert (value["start"], value["end"]) == (start, end)


@pytest.mark.parametrize(
    "mode, label",
    [("on_site", "on site"), ("online", "online"), ("hybrid", "on site and online"), ("", "")],
)
def test_a_session_says_how_people_met(mode, label):
    value = blocks.SessionBlock().to_python({"theme": "Le budget", "mode": mode})
    assert value.mode_label == (gettext(label) if label else "")


def test_a_session_of_an_unknown_mode_is_refused():
    with pytest.raises(ValidationError):
        cleaned(blocks.SessionBlock(), {"theme": "Le budget", "mode": "by_post"})


# Pictures


@pytest.fixture
def form_of_a_picture(db):
    """Return what the form of the picture block makes of its fields."""

    def read(**fields):
        block = blocks.PictureBlock()
        data = {"p-image-image": PictureFactory().pk, "p-caption": ""}
        data |= {f"p-image-{name}": value for name, value in fields.items()}
        lists = MultiValueDict({name: [str(value)] for name, value in data.items()})
        return block.clean(block.value_from_datadict(lists, MultiValueDict(), "p"))

    return read


def test_a_picture_without_its_text_is_refused(form_of_a_picture):
    with pytest.raises(StructBlockValidationError) as refusal:
        form_of_a_picture(alt_text="")
    error = refusal.value.block_errors["image"].block_errors["alt_text"]
    assert len(error.messages) == 1 and error.messages[0]


def test_a_decorative_picture_needs_no_text(form_of_a_picture):
    value = form_of_a_picture(alt_text="", decorative="on")
    assert value["image"].decorative and not value["image"].contextual_alt_text


def test_a_picture_keeps_its_text(form_of_a_picture):
    assert form_of_a_picture(alt_text="Une serre")["image"].contextual_alt_text == "Une serre"


# Videos


@pytest.mark.parametrize(
    "address, player",
    [
        (
            "https://www.youtube.com/watch?v=abcdefghijk",
            "https://www.youtube-nocookie.com/embed/abcdefghijk",
        ),
        (
            "https://www.youtube.com/watch?list=x&v=abcdefghijk&t=3s",
            "https://www.youtube-nocookie.com/embed/abcdefghijk",
        ),
        ("https://youtu.be/abc-efg_ijk?t=3", "https://www.youtube-nocookie.com/embed/abc-efg_ijk"),
        ("https://vimeo.com/76979871", "https://player.vimeo.com/video/76979871?dnt=1"),
        (
            "https://www.dailymotion.com/video/x8abc",
            "https://geo.dailymotion.com/player.html?video=x8abc",
        ),
        (
            "https://video.example.org/w/9c9de5e8-0a1e",
            "https://video.example.org/videos/embed/9c9de5e8-0a1e",
        ),
        (
            "https://video.example.org/videos/watch/9c9de5e8",
            "https://video.example.org/videos/embed/9c9de5e8",
        ),
    ],
)
def test_a_known_site_has_its_player(address, player):
    value = cleaned(blocks.VideoBlock(), {"url": address, "title": "Une visite"})
    assert value.player_url == player


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/film.mp4",
        "http://vimeo.com/76979871",
        "https://www.youtube.com/watch?v=short",
        "https://www.youtube.com.example.org/watch?v=abcdefghijk",
        "https://vimeo.com/76979871/../../x",
        'https://video.example.org/w/"><script>',
    ],
)
def test_another_site_is_a_plain_link(address):
    value = blocks.VideoBlock().to_python({"url": address, "title": "Une visite"})
    assert value.player_url == ""


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "javascript://youtu.be/abcdefghijk",
        "data:text/html,<script>alert(1)</script>",
        "pas une adresse",
        "",
    ],
)
def test_an_address_that_is_none_is_refused(address):
    with pytest.raises(StructBlockValidationError) as refusal:
        cleaned(blocks.VideoBlock(), {"url": address, "title": "Une visite"})
    assert set(refusal.value.block_errors) == {"url"}
    assert blocks.VideoBlock().to_python({"url": address, "title": ""}).player_url == ""


@pytest.mark.parametrize(
    "address, host", [("https://youtu.be/abcdefghijk", "youtu.be"), ("rien", ""), ("", "")]
)
def test_the_site_of_a_video_is_named(address, host):
    assert blocks.VideoBlock().to_python({"url": address, "title": ""}).host == host


@pytest.mark.parametrize(
    "said, framed",
    [
        ({}, False),
        ({"captioned": True}, False),
        ({"told": True}, False),
        ({"captioned": True, "told": True}, True),
    ],
)
def test_a_video_is_framed_only_if_it_leaves_nobody_out(said, framed):
    address = {"url": "https://vimeo.com/76979871", "title": "Une visite"}
    value = cleaned(blocks.VideoBlock(), {**address, **said})
    assert bool(value.framed_url) is framed
    assert ("data-player" in blocks.VideoBlock().render(value)) is framed
    assert address["url"] in blocks.VideoBlock().render(value)


# Links and contacts


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "ici"])
def test_a_link_leads_to_a_page(address):
    with pytest.raises(StructBlockValidationError) as refusal:
        cleaned(blocks.LinkBlock(), {"url": address, "label": "Ici"})
    assert set(refusal.value.block_errors) == {"url"}


def test_a_contact_has_a_name_and_an_address_that_can_be_written_to():
    with pytest.raises(StructBlockValidationError) as refusal:
        cleaned(blocks.ContactBlock(), {"name": "", "email": "ali à example"})
    assert set(refusal.value.block_errors) == {"name", "email"}


# Tables


def table_html(**value):
    block = blocks.TableBlock()
    whole = {"data": [["Mois", "Visites"], ["mai", "12"]], "table_caption": "", **value}
    return block.render(block.to_python(whole))


def test_a_table_with_headers_names_its_columns_and_rows():
    html = table_html(first_row_is_table_header=True, first_col_is_header=True)
    assert '<th scope="col">Mois</th>' in html
    assert '<th scope="row">mai</th>' in html
    assert "<td>12</td>" in html


def test_a_table_without_headers_has_cells_only():
    html = table_html(first_row_is_table_header=False, first_col_is_header=False)
    assert "<th" not in html and html.count("<td>") == 4


def test_a_table_shows_nothing_for_an_empty_cell():
    assert "None" not in table_html(data=[["a", None], [None, "b"]])


def test_a_table_escapes_its_cells():
    html = table_html(data=[["<b>a</b>"]], table_caption="<i>c</i>")
    assert "<b>" not in html and "<i>" not in html
    assert "&lt;b&gt;a&lt;/b&gt;" in html


# Figures and lists


@pytest.mark.parametrize(
    "block, value",
    [
        (blocks.KeyFiguresBlock(), {"figures": []}),
        (blocks.KeyFiguresBlock(), {"figures": [{"figure": "1", "label": "a"}] * 7}),
        (blocks.KeyFiguresBlock(), {"figures": [{"figure": "1" * 21, "label": "a"}]}),
        (blocks.StepsBlock(), {"steps": []}),
        (blocks.TakeawaysBlock(), {"points": []}),
        (blocks.SessionsBlock(), {"sessions": []}),
        (blocks.LinksBlock(), {"links": []}),
        (blocks.HeadingBlock(), {"text": "a" * 256, "level": "2"}),
        (blocks.HeadingBlock(), {"text": "a", "level": "4"}),
        (blocks.QuotationBlock(), {"text": ""}),
    ],
)
def test_a_block_with_nothing_or_too_much_in_it_is_refused(block, value):
    with pytest.raises(ValidationError):
        cleaned(block, value)


def test_every_block_has_a_name_an_icon_and_a_template():
    for name, block in blocks.BodyBlock().child_blocks.items():
        assert block.label and block.meta.icon not in ("", "placeholder"), name
        assert block.meta.template == f"articles/blocks/{name}.html"


def test_a_table_says_which_of_its_cells_are_headers():
    table = {"data": [["Mois", "Visites"], ["mai", "12"]], "table_header_choice": ""}
    with pytest.raises(ValidationError) as refusal:
        blocks.TableBlock().clean(table)
    assert refusal.value.messages == [gettext("Choose which cells of the table name the others.")]
    cleaned_table = blocks.TableBlock().clean({**table, "table_header_choice": "both"})
    assert cleaned_table["first_row_is_table_header"] and cleaned_table["first_col_is_header"]
