"""The page of the search, read as its visitors see it."""

from tests.portal.reading import page_of, squashed

PAGE = "/recherche/"
ARTICLES = f"{PAGE}?kind=article"
GARDEN, BOAT, UNDATED = "Le jardin partagé", "Le bateau commun", "Sans date"


def titles_of(response):
    return [squashed(title.text) for title in page_of(response).select(".hit h2")]


def chips_of(response):
    """The label of each filter that is on, with the address of the page without it."""
    return {
        link.find(string=True, recursive=False): PAGE + link["href"]
        for link in page_of(response).select(".chips a:not(.all)")
    }
