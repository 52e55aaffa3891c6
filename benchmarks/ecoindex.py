"""The EcoIndex of a page, a score out of 100 and a grade from A to G.

Quantiles of 500,000 sites of the HTTP Archive, weights and grades as published at
https://www.ecoindex.fr/comment-ca-marche/ and by the collective that keeps them:
https://github.com/cnumr/ecoindex_reference, https://github.com/cnumr/GreenIT-Analysis (script/ecoIndex.js).
"""

from bisect import bisect_right
from itertools import pairwise

# fmt: off
ELEMENTS = [0, 47, 75, 159, 233, 298, 358, 417, 476, 537, 603, 674, 753, 843, 949, 1076, 1237, 1459, 1801, 2479, 594601]
REQUESTS = [0, 2, 15, 25, 34, 42, 49, 56, 63, 70, 78, 86, 95, 105, 117, 130, 147, 170, 205, 281, 3920]
KILOBYTES = [0, 1.37, 144.7, 319.53, 479.46, 631.97, 783.38, 937.91, 1098.62, 1265.47, 1448.32, 1648.27, 1876.08, 2142.06,
             2465.37, 2866.31, 3401.59, 4155.73, 5400.08, 8037.54, 223212.26]
# fmt: on
GRADES = {"A": 80, "B": 70, "C": 55, "D": 40, "E": 25, "F": 10}  # the score that each one exceeds


def score(elements: int, requests: int, kilobytes: float) -> float:
    """100 for a page that asks for nothing, 0 for one heavier than all; elements weigh most."""
    parts = (
        3 * position(ELEMENTS, elements),
        2 * position(REQUESTS, requests),
        position(KILOBYTES, kilobytes),
    )
    return 100 - 5 * sum(parts) / 6


def position(quantiles: list[float], value: float) -> float:
    """Return how many quantiles `value` has passed, and the share of the next one: 0 to 20."""
    passed = bisect_right(quantiles, value) - 1
    if passed == len(quantiles) - 1:
        return passed
    low, high = list(pairwise(quantiles))[passed]
    return passed + (value - low) / (high - low)


def grade(points: float) -> str:
    return next((letter for letter, above in GRADES.items() if points > above), "G")
