"""What one line of a file must be: the rule of each field, and the reason given when it is broken."""

import datetime
import gzip
import json

import pytest

from exchange.errors import LineError
from exchange.lines import parse_line, read_lines
from tests.exchange.article_lines import entry, parse, write_lines


def refusal(data) -> str:
    """The reason why a line is refused."""
    with pytest.raises(LineError) as error:
        parse(data)
    return str(error.value)


# The fields


def test_an_id_a_title_and_a_body_are_enough():
    article = parse(entry())
    assert (article.id, article.title, article.body) == ("a1", "Article 1", "Texte 1.")
    assert (article.body_format, article.language, article.summary) == ("text", "fr", "")
    assert article.date is None
    assert article.categories == article.houses == article.see_also == []


@pytest.mark.parametrize("name", ["id", "title", "body"])
def test_a_required_field_that_is_missing_is_named(name):
    data = entry()
    del data[name]
    assert refusal(data) == f"{name} is missing"


@pytest.mark.parametrize("name", ["id", "title"])
@pytest.mark.parametrize("value", ["", "  \n ", None])
def test_an_id_or_a_title_without_words_is_missing(name, value):
    assert refusal(entry(**{name: value})) == f"{name} is missing"


def test_an_empty_body_is_allowed():
    assert parse(entry(body="")).body == ""


def test_a_title_of_255_characters_is_allowed_and_one_more_is_not():
    assert parse(entry(title="é" * 255)).title == "é" * 255
    assert refusal(entry(title="é" * 256)) == "title has 256 characters, 255 at most"


def test_an_id_of_300_characters_is_refused():
    assert refusal(entry(id="x" * 300)) == "id has 300 characters, 255 at most"


def test_a_number_is_taken_as_a_text_where_one_is_wanted():
    assert parse(entry(id=42)).id == "42"


@pytest.mark.parametrize("body_format", ["text", "html", "markdown", "blocks"])
def test_each_body_format_is_known(body_format):
    assert parse(entry(body=[], body_format="blocks")).body == []
    assert parse(entry(body_format=body_format)).body_format == body_format


def test_an_unknown_body_format_is_named():
    assert refusal(entry(body_format="docx")) == "unknown body_format: docx"


@pytest.mark.parametrize("date", [None, "", "  "])
def test_a_date_may_be_empty_and_stays_empty(date):
    assert parse(entry(date=date)).date is None


def test_a_date_is_read():
    assert parse(entry(date="2024-02-29")).date == datetime.date(2024, 2, 29)


@pytest.mark.parametrize(
    "date", ["2026-02-30", "2023-02-29", "22/05/2026", "hier", "2026-13-01", "99999-01-01", "2026"]
)
def test_a_date_that_does_not_exist_is_refused(date):
    assert refusal(entry(date=date)) == f"date is not a date like 2026-05-22: {date}"


@pytest.mark.parametrize("language", ["fr", "fr-FR", "FR", "", None])
def test_french_is_read_however_it_is_written(language):
    assert parse(entry(language=language)).language == "fr"


@pytest.mark.parametrize("language", ["de", "tlh", "français"])
def test_a_language_that_the_site_has_not_is_refused(language):
    assert refusal(entry(language=language)) == f"the site has no language “{language}”"


@pytest.mark.parametrize("name", ["categories", "typologies", "tags", "houses"])
def test_labels_are_kept_once_each_in_their_order(name):
    article = parse(entry(**{name: [" Sport ", "Culture", "Sport", "", None, 2024]}))
    assert getattr(article, name) == ["Sport", "Culture", "2024"]


@pytest.mark.parametrize("name", ["categories", "typologies", "tags", "houses"])
def test_a_label_of_more_than_100_characters_is_refused(name):
    assert refusal(entry(**{name: ["x" * 101]})) == f"{name} has 101 characters, 100 at most"


def test_the_place_gives_the_commune_and_the_department():
    article = parse(entry(place={"commune": "Bastia", "department": "2b"}))
    assert (article.commune, article.department) == ("Bastia", "2B")


@pytest.mark.parametrize(
    ("place", "code"),
    [
        ({"insee": "90099"}, "90"),
        ({"insee": "97411"}, "974"),
        ({"insee": "2A004"}, "2A"),
        ({"department": 1}, "01"),
        ({"department": "17", "insee": "90099"}, "17"),
        ({}, ""),
    ],
)
def test_the_department_is_the_one_given_or_that_of_the_insee_code(place, code):
    assert parse(entry(place=place)).department == code


@pytest.mark.parametrize("department", ["99", "20", "Savoie"])
def test_a_department_that_does_not_exist_is_refused(department):
    reason = refusal(entry(place={"department": department}))
    assert reason == f"there is no department {department.upper()}"


def test_a_commune_that_is_too_long_is_refused():
    reason = refusal(entry(place={"commune": "x" * 101}))
    assert reason == "commune has 101 characters, 100 at most"


def test_an_insee_code_that_is_too_long_is_refused():
    assert refusal(entry(place={"insee": "900990"})) == "insee has 6 characters, 5 at most"


def test_the_event_is_read():
    event = {"name": "Rencontre", "place": "Roanne", "date": "2022-06-23", "speaker": "Inès"}
    assert parse(entry(event=event)).event == {
        "event": "Rencontre",
        "event_place": "Roanne",
        "event_date": datetime.date(2022, 6, 23),
        "speaker": "Inès",
        "speaker_role": "",
    }


def test_a_bare_text_stands_for_a_link_a_contact_or_a_picture():
    article = parse(entry(links=["https://a.fr"], contacts=["Inès"], images=["a.png"]))
    assert article.links == [{"url": "https://a.fr"}]
    assert article.contacts == [{"name": "Inès"}]
    assert article.images == [{"file": "a.png"}]


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("links", [{"label": "Ici"}], "url is missing"),
        ("contacts", [{"email": "a@b.fr"}], "name is missing"),
        ("images", [{"alt": "Un banc"}], "file is missing"),
        ("image", {"alt": "Un banc"}, "file is missing"),
    ],
)
def test_an_object_without_its_main_field_is_refused(name, value, reason):
    assert refusal(entry(**{name: value})) == reason


def test_see_also_holds_ids():
    assert parse(entry(see_also=["b", 3])).see_also == ["b", "3"]


# Wrong types


NOT_TEXTS = [{"fr": "x"}, ["x"], True, 1.5]


@pytest.mark.parametrize("value", NOT_TEXTS)
@pytest.mark.parametrize(
    "name", ["id", "title", "body", "body_format", "summary", "date", "language", "adapted_from"]
)
def test_a_text_that_is_none_is_refused(name, value):
    assert refusal(entry(**{name: value})) == f"{name} is not a text"


@pytest.mark.parametrize("value", ["x", {"a": 1}, True, 3])
@pytest.mark.parametrize(
    "name",
    ["categories", "typologies", "tags", "houses", "images", "links", "contacts", "see_also"],
)
def test_a_list_that_is_none_is_refused(name, value):
    assert refusal(entry(**{name: value})) == f"{name} is not a list"


@pytest.mark.parametrize("value", ["x", ["a"], True, 3])
@pytest.mark.parametrize("name", ["place", "event", "image"])
def test_an_object_that_is_none_is_refused(name, value):
    assert refusal(entry(**{name: value})) == f"{name} is not an object: {{…}}"


@pytest.mark.parametrize("value", NOT_TEXTS)
@pytest.mark.parametrize("name", ["categories", "typologies", "tags", "houses"])
def test_a_label_that_is_no_text_is_refused(name, value):
    assert refusal(entry(**{name: [value]})) == f"{name} is not a text"


@pytest.mark.parametrize("value", NOT_TEXTS)
@pytest.mark.parametrize(
    ("place", "name"),
    [("place", "commune"), ("place", "department"), ("place", "insee")]
    + [("event", name) for name in ("name", "place", "date", "speaker", "speaker_role")],
)
def test_a_part_of_a_place_or_an_event_that_is_no_text_is_refused(place, name, value):
    assert refusal(entry(**{place: {name: value}})) == f"{name} is not a text"


@pytest.mark.parametrize("value", NOT_TEXTS)
@pytest.mark.parametrize(
    ("kind", "item", "name"),
    [
        ("links", {"url": "https://a.fr"}, "label"),
        ("contacts", {"name": "Inès"}, "role"),
        ("contacts", {"name": "Inès"}, "organisation"),
        ("contacts", {"name": "Inès"}, "email"),
        ("contacts", {"name": "Inès"}, "phone"),
        ("images", {"file": "a.png"}, "alt"),
        ("images", {"file": "a.png"}, "credit"),
    ],
)
def test_a_part_of_a_listed_object_that_is_no_text_is_refused(kind, item, name, value):
    assert refusal(entry(**{kind: [{**item, name: value}]})) == f"{name} is not a text"


@pytest.mark.parametrize("value", [["x"], {"id": "x"}, True, 1.5])
def test_a_see_also_that_is_no_id_is_refused(value):
    assert refusal(entry(see_also=[value])) == "see_also is not a text"


@pytest.mark.parametrize("line", ["[]", '"texte"', "3", "null", "true"])
def test_a_line_that_is_no_object_is_refused(line):
    assert refusal(line) == "a line is an object: {…}"


# What cannot be read


@pytest.mark.parametrize(
    ("line", "position"),
    [('{"id": "a1", "title": "Coup', 23), ("{", 2), ("pas du JSON", 1), ("{'id': 1}", 2)],
)
def test_half_a_line_is_refused(line, position):
    assert refusal(line) == f"not JSON, or cut short: character {position} of the line"


@pytest.mark.parametrize("number", ["9" * 5000, "-" + "9" * 100_000])
def test_an_integer_too_long_to_be_read_is_refused(number):
    assert refusal(f'{{"id": {number}, "title": "T", "body": ""}}').startswith("not JSON")


def test_an_integer_of_1000_digits_is_no_id():
    line = '{"id": %s, "title": "T", "body": ""}' % ("9" * 1000)
    assert refusal(line) == "id has 1000 characters, 255 at most"


@pytest.mark.parametrize("depth", [500, 900, 1000, 5_000, 50_000, 1_000_000])
@pytest.mark.parametrize("name", ["tags", "inconnu"])
def test_deep_nesting_never_breaks_the_reader(name, depth):
    nested = "[" * depth + "]" * depth
    line = f'{{"id": "a1", "title": "T", "body": "", "{name}": {nested}}}'
    try:
        assert parse(line).unknown == {"inconnu"}
    except LineError as error:
        assert str(error) in {
            "tags is not a text",
            "not JSON that can be read: nested too deep",
        }


@pytest.mark.parametrize("name", ["id", "title", "body", "summary", "language", "adapted_from"])
def test_a_null_character_is_refused(name):
    assert refusal(entry(**{name: "a\0b"})) == f"{name} holds a null character"


@pytest.mark.parametrize(
    "fields",
    [
        {"tags": ["a\0b"]},
        {"see_also": ["a\0b"]},
        {"links": [{"url": "https://a.fr", "label": "a\0b"}]},
        {"contacts": [{"name": "Inès", "role": "a\0b"}]},
        {"images": [{"file": "a.png", "credit": "a\0b"}]},
        {"image": {"file": "a\0b.png"}},
    ],
)
def test_a_null_character_deep_in_a_line_is_refused(fields):
    assert "null character" in refusal(entry(**fields))


@pytest.mark.parametrize("name", ["id", "title", "body", "summary"])
def test_half_a_surrogate_pair_is_refused(name):
    assert refusal(entry(**{name: "a\ud800b"}))


def test_unknown_fields_are_kept_to_be_reported():
    assert parse(entry(auteur="Inès", couleur=3)).unknown == {"auteur", "couleur"}


# The digest


def test_the_order_of_the_fields_makes_no_difference():
    data = entry(tags=["a"], date="2024-01-01")
    assert parse(data).digest == parse(dict(reversed(data.items()))).digest


def test_any_change_gives_another_digest():
    assert parse(entry(tags=["a"])).digest != parse(entry(tags=["b"])).digest


# The file


def numbers_and_texts(path) -> list:
    return [(line.number, line.text.strip()) for line in read_lines(path)]


def test_lines_are_numbered_as_in_the_file_blank_ones_included(tmp_path):
    path = write_lines(tmp_path / "a.jsonl", "un", "", "   ", "quatre")
    assert numbers_and_texts(path) == [(1, "un"), (4, "quatre")]


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path):
    path = write_lines(tmp_path / "a.jsonl", b"\xef\xbb\xbf" + json.dumps(entry()).encode())
    [line] = read_lines(path)
    assert parse_line(line).id == "a1"


def test_windows_line_ends_are_read(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"id": "a1", "title": "T", "body": ""}\r\n' * 2)
    assert [parse_line(line).id for line in read_lines(path)] == ["a1", "a1"]


def test_invalid_utf8_refuses_its_own_line_alone(tmp_path):
    path = write_lines(tmp_path / "a.jsonl", "un", b"deux \xff\xfe", "trois")
    un, deux, trois = read_lines(path)
    assert (un.error, trois.error) == ("", "")
    assert deux.error == "not UTF-8: byte 6 of the line"
    with pytest.raises(LineError, match="not UTF-8: byte 6"):
        parse_line(deux)


def test_a_gzipped_file_is_read(tmp_path):
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(gzip.compress("é\nb\n".encode()))
    assert numbers_and_texts(path) == [(1, "é"), (2, "b")]


def test_a_gzipped_file_cut_short_gives_what_can_be_read_and_says_so(tmp_path):
    path = tmp_path / "a.jsonl.gz"
    lines = b"".join(json.dumps(entry(number)).encode() + b"\n" for number in range(2000))
    whole = gzip.compress(lines)
    path.write_bytes(whole[: len(whole) // 2])
    *read, last = read_lines(path)
    assert read
    assert all(not line.error for line in read[:-1])
    assert last.error.startswith("the file cannot be read further: ")
    assert last.number == read[-1].number + 1


def test_damage_inside_a_gzipped_file_is_said(tmp_path):
    path = tmp_path / "a.jsonl.gz"
    whole = bytearray(gzip.compress(b"".join(b"%d\n" % n for n in range(20_000))))
    whole[len(whole) // 2 : len(whole) // 2 + 40] = b"\xff" * 40
    path.write_bytes(whole)
    *_read, last = read_lines(path)
    assert last.error.startswith("the file cannot be read further: ")


def test_a_file_that_is_not_gzip_in_spite_of_its_name_is_said(tmp_path):
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(b'{"id": "a1"}\n')
    [line] = read_lines(path)
    assert line.error.startswith("the file cannot be read further: ")


def test_an_empty_file_has_no_line(tmp_path):
    assert list(read_lines(write_lines(tmp_path / "a.jsonl"))) == []
