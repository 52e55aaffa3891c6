"""The emblem of a house: its own pattern of roofs, drawn from its name, in two colours of its own."""

import random
from hashlib import blake2s
from urllib.parse import quote

WIDTH, HEIGHT = 320, 140
BOX = f'viewBox="0 0 {WIDTH} {HEIGHT}" preserveAspectRatio="xMidYMid slice"'
# (ground, line): each pair keeps a contrast of 4.5 or more between its two colours.
COLOURS = [
    ("#c4dba8", "#34552b"),
    ("#f2c14e", "#7c2d17"),
    ("#a9d3c4", "#1c5a50"),
    ("#f0cdb8", "#8a3218"),
    ("#cfd8ea", "#2c4270"),
    ("#ead3dc", "#74284a"),
    ("#e6dcb4", "#5d4a10"),
    ("#bcd9e2", "#14506a"),
    ("#dccfe8", "#4f3276"),
    ("#f3c9a5", "#6e3c0c"),
]


def seed(name: str) -> str:
    """Return the eight hexadecimal digits from which the emblem of `name` is drawn."""
    return blake2s(name.encode(), digest_size=4).hexdigest()


def svg(seed_digits: str) -> str:
    """Return the emblem drawn from `seed_digits`, as an SVG document of 320 × 140 units."""
    return f'<svg xmlns="http://www.w3.org/2000/svg" {BOX}>{_drawing(seed_digits)}</svg>'


def data_uri(seed_digits: str) -> str:
    """Return the emblem as an address that asks nothing of anybody, for what is read away from the site."""
    return f"data:image/svg+xml,{quote(svg(seed_digits))}"


def sprite(seeds: list[str]) -> str:
    """Return several emblems in one SVG document; its address with ``#seed`` shows one of them.

    A list of houses is then one request instead of one a house.
    """
    emblems = "".join(f'<svg id="e{digits}" {BOX}>{_drawing(digits)}</svg>' for digits in seeds)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {BOX}>'
        f"<style>svg>svg{{display:none}}svg>svg:target{{display:inline}}</style>{emblems}</svg>"
    )


def _drawing(seed_digits: str) -> str:
    draw = random.Random(seed_digits)
    ground, line = draw.choice(COLOURS)
    return (
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{ground}"/>'
        f'<path d="{_roofs(draw)}" fill="{line}" fill-opacity=".16" stroke="{line}" '
        'stroke-width="3" stroke-linejoin="round" stroke-linecap="round"/>'
    )


def _roofs(draw: random.Random) -> str:
    """Return the path of rows of roofs, some with their walls, some left out."""
    half = draw.choice([20, 24, 28, 32, 36])
    rise = round(half * draw.uniform(0.8, 1.25))
    density, walls = draw.uniform(0.55, 0.8), draw.uniform(0.3, 0.55)
    strokes = []
    for row in range(HEIGHT // rise + 3):
        y = HEIGHT + half - row * round(rise * 1.12)
        offset = half if row % 2 else 0
        for x in range(-2 * half - offset, WIDTH + half, 2 * half):
            if draw.random() > density:
                continue
            wall = f"v{round(half * 1.2)}h{-2 * half}z" if draw.random() < walls else ""
            strokes.append(f"M{x} {y}l{half} {-rise}l{half} {rise}{wall}")
    return "".join(strokes)
