"""The invented captures of captures/, and what tests ask of a parsed one."""

from pathlib import Path

from exchange.captures import Capture, parse_capture

SAMPLES = sorted((Path(__file__).parent / "captures").glob("*.txt"))


def parse_sample(name: str) -> Capture:
    [path] = [path for path in SAMPLES if path.stem == name]
    return parse_capture(path.read_text(encoding="utf-8"))


def blocks(capture: Capture, kind: str) -> list:
    return [block["value"] for block in capture.body if block["type"] == kind]


def headings(capture: Capture) -> list[tuple[str, str]]:
    return [(value["level"], value["text"]) for value in blocks(capture, "heading")]


def html(capture: Capture) -> str:
    return "".join(blocks(capture, "paragraph"))


def sessions(capture: Capture) -> list[dict]:
    return [session for value in blocks(capture, "sessions") for session in value["sessions"]]


def codes(capture: Capture) -> set[str]:
    return {note.code for note in capture.notes}
