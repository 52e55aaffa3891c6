"""The code on paper that leads a telephone back to the site."""

from io import BytesIO

import segno

MARGIN = 2  # modules: paper is white around it
LONGEST = 500  # characters: beyond, the modules are too fine to be read from paper


def svg(address: str) -> bytes:
    """Return `address` as a QR code: an SVG document without a size of its own."""
    drawing = BytesIO()
    code = segno.make_qr(address, error="m")
    code.save(drawing, kind="svg", border=MARGIN, omitsize=True, xmldecl=False)
    return drawing.getvalue()


def data_uri(address: str) -> str:
    """Return the same as an address that asks nothing of anybody, empty where `address` is too long."""
    if len(address) > LONGEST:
        return ""
    return segno.make_qr(address, error="m").svg_data_uri(border=MARGIN, omitsize=True)
