"""Words planted in what a visitor may not see are looked for everywhere the search answers.

Each hidden text has a word of its own in its title, address, summary, body and tags; a second word,
written nearly the same, is what somebody would type to have the first one given away as a spelling.
"""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import PageViewRestriction

from tests.factories import ArticlePageFactory, HousePageFactory, UserFactory, restricted

# By what hides it, the word planted there and the same mistyped.
PLANTED = {
    "draft": ("kalimbarok", "kalimbarak"),
    "unpublished": ("vortigane", "vortigame"),
    "deleted": ("bruxilode", "bruxilade"),
    "newer draft": ("trovimelle", "trovimalle"),
    "login": ("ganfredouille", "ganfredoville"),
    "group": ("pistouflet", "pistouflat"),
    "password": ("chamberliac", "chamberlioc"),
    "house": ("zephyrolin", "zephyrolan"),
}
FOR_MEMBERS = ("login", "group")
WORDS = [word for word, _mistyped in PLANTED.values()]


@pytest.fixture
def members(db):
    return Group.objects.create(name="Atelier")


@pytest.fixture
def member(members):
    return UserFactory(username="member", groups=[members])


@pytest.fixture
def planted(lantern, members):
    """A site with a word in each place that is hidden, and a public article that has none."""
    ArticlePageFactory(parent=lantern, title="Prêter une sono", tags=["caution"])
    plant(lantern, "draft", live=False)
    plant(lantern, "unpublished").unpublish()
    plant(lantern, "deleted").delete()
    newer = ArticlePageFactory(parent=lantern, title="Un fonds commun")
    word = PLANTED["newer draft"][0]
    newer.title, newer.summary, newer.slug = f"Le {word}", word, word
    newer.tags.add(word)
    newer.save_revision()
    restricted(plant(lantern, "login"))
    restrict(plant(lantern, "group"), PageViewRestriction.GROUPS).groups.add(members)
    restrict(plant(lantern, "password"), PageViewRestriction.PASSWORD, password="sésame")
    house = HousePageFactory(house__name=f"Maison {PLANTED['house'][0]}")
    restrict(house, PageViewRestriction.PASSWORD, password="sésame")
    plant(house, "house")


def plant(parent, hidden, **kwargs):
    word = PLANTED[hidden][0]
    body = [("paragraph", f"<p>Le {word} du mercredi.</p>")]
    title, summary = f"Un {word}", f"Tout sur le {word}."
    return ArticlePageFactory(
        parent=parent, title=title, summary=summary, body=body, tags=[word], **kwargs
    )


def restrict(page, kind, **kwargs):
    return PageViewRestriction.objects.create(page=page, restriction_type=kind, **kwargs)


def given_away(client, word, mistyped) -> set[str]:
    """Where a planted word is told to who does not type it, or is found by who does."""
    queries = [mistyped, word[:5], f"{word[:5]}*", f"mercredi -{mistyped}", ""]
    feeds = [reverse(f"search:feed_{form}") for form in ("rss", "atom", "json")]
    addresses = ["/api/search/", "/api/suggest/", *feeds]
    asked = [(address, {"q": query, "size": 100}) for address in addresses for query in queries]
    asked += [("/sitemap.xml", {}), ("/api/openapi.json", {})]
    told = {f"{a} {p}" for a, p in asked if word in client.get(a, p).text.casefold()}
    answer = client.get("/api/search/", {"q": word}).json()
    if answer["total"] or any(c["count"] for values in answer["facets"].values() for c in values):
        told.add("found")
    for facet in ("tag", "house"):
        # As if no such value were: neither its label nor that it is, is told.
        for value in (word, f"maison-{word}"):
            refused = client.get("/api/search/", {facet: value})
            if refused.status_code != 400 or word in refused.json()["error"].replace(value, ""):
                told.add(f"{facet}={value}")
    return told


@pytest.mark.parametrize("hidden", PLANTED)
def test_nothing_hidden_is_given_away_to_anybody(client, planted, hidden):
    assert given_away(client, *PLANTED[hidden]) == set()


@pytest.mark.parametrize("hidden", [hidden for hidden in PLANTED if hidden != "login"])
def test_nor_to_a_contributor_of_another_house(client, planted, outsider, hidden):
    client.force_login(outsider)
    assert given_away(client, *PLANTED[hidden]) == set()


def test_no_count_takes_what_is_hidden_in(client, planted):
    answer = client.get("/api/search/", {"kind": "article"}).json()
    assert answer["total"] == 2
    assert [(c["value"], c["count"]) for c in answer["facets"]["tag"]] == [("caution", 1)]
    assert client.get("/api/search/", {"q": "mercredi"}).json()["total"] == 0


def test_the_year_of_what_is_hidden_is_a_year_like_another(client, planted, lantern, harbour):
    plant(harbour, "unpublished", published_on="1987-05-04").unpublish()
    restricted(plant(lantern, "house", published_on="1988-05-04"))
    refused = [client.get("/api/search/", {"year": year}) for year in (1986, 1987, 1988)]
    assert [answer.status_code for answer in refused] == [400, 400, 400]


@pytest.mark.parametrize("hidden", FOR_MEMBERS)
def test_what_members_may_see_is_found_by_them(client, planted, member, hidden):
    word, mistyped = PLANTED[hidden]
    client.force_login(member)
    [result] = client.get("/api/search/", {"q": word}).json()["results"]
    assert result["title"] == f"Un {word}"
    assert client.get("/api/search/", {"q": mistyped}).json()["suggestion"] == word
    assert client.get("/api/search/", {"tag": word}).json()["total"] == 1
    labels = [s["label"] for s in client.get(f"/api/suggest/?q={word[:5]}").json()["suggestions"]]
    assert labels == [f"Un {word}", word]
    assert word in client.get(reverse("search:feed_rss"), {"q": word}).text


def test_members_of_other_groups_find_no_more_than_those_who_log_in(client, planted, outsider):
    client.force_login(outsider)
    found = client.get("/api/search/", {"q": "mercredi"}).json()["results"]
    assert [result["title"] for result in found] == [f"Un {PLANTED['login'][0]}"]
