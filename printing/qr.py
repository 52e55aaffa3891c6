"""The code on paper that leads a telephone back to the site."""

import segno

MARGIN = 2  # modules: paper is white around it


def svg(address: str) -> str:
    """Return `address` as a QR code: an SVG document without a size of its own."""
    return segno.make_qr(address, error="m").svg_inline(border=MARGIN, omitsize=True, svgns=True)


def data_uri(address: str) -> str:
    """Return the same as an address that asks nothing of anybody."""
    return segno.make_qr(address, error="m").svg_data_uri(border=MARGIN, omitsize=True)
