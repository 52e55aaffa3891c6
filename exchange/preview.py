from django.utils.safestring import mark_safe

from articles.blocks import BodyBlock
from exchange import bodies
from exchange.captures import Capture


def preview_of(capture: Capture) -> str:
    """Return the body of a capture as visitors would read it, as HTML."""
    stream = BodyBlock()
    value = stream.to_python(bodies.from_blocks(capture.body, media=None))
    return mark_safe("".join(str(child) for child in value))
