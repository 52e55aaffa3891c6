"""The map of the network: houses as points joined to their neighbours, on the outline of France."""

from math import cos, hypot, radians

from houses.departments import REGION_OF, SEAT_OF

SIZE, MARGIN = 420, 14
# Mainland France: degrees; one degree of longitude is shortened by the cosine of the middle latitude.
WEST, EAST, SOUTH, NORTH = -5.2, 9.7, 41.3, 51.2
NEIGHBOURS = 3
PARIS, NEXT_TO_PARIS = "75", {"92", "93", "94"}
RINGS = {True: 14, False: 26}  # units of the map from Paris
OVERSEAS = [code for code, region in REGION_OF.items() if region == "Outre-mer"]

# The coast and borders of mainland France and of Corsica, coarse, as (longitude, latitude).
MAINLAND = [
    (2.5, 51.1),
    (4.2, 49.95),
    (4.85, 50.15),
    (6.15, 49.5),
    (8.2, 48.97),
    (7.6, 47.6),
    (6.9, 47.3),
    (6.1, 46.4),
    (6.8, 46.4),
    (7.05, 45.9),
    (6.65, 45.1),
    (7.65, 44.15),
    (7.5, 43.78),
    (6.6, 43.15),
    (5.4, 43.2),
    (4.6, 43.4),
    (3.95, 43.54),
    (3.1, 43.1),
    (3.15, 42.45),
    (1.75, 42.5),
    (0.7, 42.75),
    (-1.75, 43.35),
    (-1.25, 44.6),
    (-1.1, 45.6),
    (-1.2, 46.2),
    (-2.2, 47.1),
    (-2.8, 47.5),
    (-4.4, 47.85),
    (-4.75, 48.4),
    (-3.2, 48.85),
    (-1.6, 48.65),
    (-1.9, 49.7),
    (-1.25, 49.65),
    (-1.1, 49.35),
    (0.1, 49.35),
    (0.2, 49.7),
    (1.4, 50.1),
    (1.6, 50.87),
]
CORSICA = [(9.4, 43.0), (9.55, 42.1), (9.2, 41.4), (8.6, 42.0), (8.75, 42.55), (9.3, 42.7)]


def svg(positions) -> str:
    """Return the map as an SVG document of 420 × 420 units.

    Parameters
    ----------
    positions: (longitude, latitude) of each house, in degrees. Those out of mainland France and
        Corsica stand in a row at the bottom left, so that none is missing.
    """
    points = [_project(*position) for position in positions if _is_mainland(*position)]
    overseas = sum(not _is_mainland(*position) for position in positions)
    points_overseas = [_overseas(number) for number in range(overseas)]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIZE} {SIZE}" fill="none" '
        'stroke-linecap="round" stroke-linejoin="round"><style>'
        ".land{fill:#e9dfcd;stroke:none}.mesh{stroke:#1c5a50;stroke-opacity:.5;stroke-width:1.6}"
        ".house{stroke:#a63d22;stroke-width:13}"
        "@media(prefers-color-scheme:dark){.land{fill:#2a323c}.mesh{stroke:#7cc7b8}.house{stroke:#f0977c}}"
        f'</style><path class="land" d="{outline()}"/>'
        f'<path class="mesh" d="{_mesh(points)}"/>'
        f'<path class="house" d="{"".join(f"M{x} {y}h.01" for x, y in points + points_overseas)}"/></svg>'
    )


def outline() -> str:
    """Return the coasts and borders of mainland France and Corsica, as the path of an SVG."""
    return _outline(MAINLAND) + _outline(CORSICA)


def department_point(code: str) -> tuple[int, int] | None:
    """Return where the seat of a department is on the map, None where there is no such department.

    Those around Paris stand apart from it, on two rings, or their points would hide one another;
    those overseas have each their place at the bottom left.
    """
    if code not in SEAT_OF:
        return None
    if REGION_OF[code] == "Outre-mer":
        return _overseas(OVERSEAS.index(code))
    x, y = _project(*SEAT_OF[code])
    if REGION_OF[code] != "Île-de-France" or code == PARIS:
        return x, y
    paris_x, paris_y = _project(*SEAT_OF[PARIS])
    longitude, latitude = SEAT_OF[code]
    east = (longitude - SEAT_OF[PARIS][0]) * cos(radians(latitude))
    north = latitude - SEAT_OF[PARIS][1]
    ring = RINGS[code in NEXT_TO_PARIS] / hypot(east, north)
    return round(paris_x + ring * east), round(paris_y - ring * north)


def _overseas(number: int) -> tuple[int, int]:
    return MARGIN + 24 * number, SIZE - MARGIN


def _is_mainland(longitude, latitude) -> bool:
    return WEST <= longitude <= EAST and SOUTH <= latitude <= NORTH


def _project(longitude, latitude) -> tuple[int, int]:
    scale = (SIZE - 2 * MARGIN) / (NORTH - SOUTH)
    shrink = cos(radians((NORTH + SOUTH) / 2))
    left = (SIZE - (EAST - WEST) * shrink * scale) / 2
    return round(left + (longitude - WEST) * shrink * scale), round(
        MARGIN + (NORTH - latitude) * scale
    )


def _outline(coast) -> str:
    return "M" + "L".join(f"{x} {y}" for x, y in (_project(*point) for point in coast)) + "z"


def _mesh(points) -> str:
    """Join each point to its nearest neighbours; one line a pair."""
    pairs = set()
    for point in points:
        others = sorted(
            (other for other in points if other != point),
            key=lambda other: hypot(other[0] - point[0], other[1] - point[1]),
        )
        pairs.update(tuple(sorted((point, other))) for other in others[:NEIGHBOURS])
    return "".join(f"M{a[0]} {a[1]}L{b[0]} {b[1]}" for a, b in sorted(pairs))
