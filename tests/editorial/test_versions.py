"""The versions of an article: who reads them, and whether they are readable."""

import datetime
import json

import pytest
from django.urls import reverse

from tests.factories import (
    ArticlePageFactory,
    DocumentFactory,
    MembershipFactory,
    PictureFactory,
    article_form_data,
    stored,
)
from tests.portal.reading import page_of, text_of


@pytest.fixture
def draft(lantern, lead):
    """An article of a colleague of the contributor's, not online."""
    article = ArticlePageFactory(parent=lantern, owner=lead, live=False, title="Une remise")
    article.body = stored(("paragraph", "<p>Le premier texte.</p>"))
    article.save_revision(user=lead)
    return article


def versions(page):
    return list(page.revisions.order_by("created_at"))


def addresses(page):
    first, second = versions(page)
    return {
        "history": reverse("wagtailadmin_pages:history", args=[page.pk]),
        "compare": reverse(
            "wagtailadmin_pages:revisions_compare", args=[page.pk, first.pk, second.pk]
        ),
        "version": reverse("wagtailadmin_pages:revisions_view", args=[page.pk, second.pk]),
        "revert": reverse("wagtailadmin_pages:revisions_revert", args=[page.pk, first.pk]),
        "edit": reverse("wagtailadmin_pages:edit", args=[page.pk]),
    }


@pytest.mark.parametrize("name", ["contributor", "lead", "editor", "admin"])
def test_a_house_and_the_network_read_the_versions_of_its_articles(client, request, draft, name):
    client.force_login(request.getfixturevalue(name))
    for what in ("history", "compare", "version"):
        assert client.get(addresses(draft)[what]).status_code == 200, what
    assert "Le premier texte." in client.get(addresses(draft)["version"]).text


def test_a_colleague_reads_and_changes_nothing(client, contributor, draft):
    client.force_login(contributor)
    to_change = (addresses(draft)["edit"], addresses(draft)["revert"])
    for what in ("history", "compare"):
        shown = client.get(addresses(draft)[what]).text
        assert not [address for address in to_change if address in shown], what
    for address in to_change:
        assert client.get(address).status_code == 302
        client.post(address, article_form_data(summary="Pas de moi"))
    assert len(versions(draft)) == 2


def test_another_house_reads_no_version(client, outsider, draft):
    client.force_login(outsider)
    for what, address in addresses(draft).items():
        response = client.get(address)
        assert response.status_code == 404 and "Le premier" not in response.text, what


def test_whoever_left_the_house_reads_no_version_any_more(client, contributor, draft, harbour):
    contributor.memberships.get().delete()
    MembershipFactory(user=contributor, house=harbour.house)
    client.force_login(contributor)
    assert client.get(addresses(draft)["history"]).status_code == 404


def test_any_two_versions_are_chosen(client, contributor, draft):
    draft.title = "Une autre remise"
    draft.save_revision()
    first, second, third = versions(draft)
    client.force_login(contributor)
    compare = reverse("wagtailadmin_pages:revisions_compare", args=[draft.pk, first.pk, second.pk])
    shown = page_of(client.get(compare))
    chosen = [option["value"] for option in shown.select("option[selected]")]
    assert chosen == [str(first.pk), str(second.pk)]
    answer = client.get(f"{compare}?before={second.pk}&after={third.pk}")
    assert answer.url == reverse(
        "wagtailadmin_pages:revisions_compare", args=[draft.pk, second.pk, third.pk]
    )
    assert client.get(f"{compare}?before=x&after=").status_code == 200
    assert client.get(f"{compare}?before=999999&after={third.pk}", follow=True).status_code == 404
    named = reverse("wagtailadmin_pages:revisions_compare", args=[draft.pk, "earliest", "latest"])
    assert "Une autre remise" in text_of(client.get(named))


def test_a_version_of_another_article_is_not_compared(client, lead, draft, harbour):
    secret = ArticlePageFactory(parent=harbour, live=False, title="Un secret")
    client.force_login(lead)
    first = versions(draft)[0]
    other = versions(secret)[0]
    address = reverse("wagtailadmin_pages:revisions_compare", args=[draft.pk, first.pk, other.pk])
    assert client.get(address).status_code == 404


def test_who_may_edit_comes_back_to_a_version(client, lead, draft):
    client.force_login(lead)
    assert addresses(draft)["revert"] in client.get(addresses(draft)["compare"]).text
    restored = client.get(addresses(draft)["revert"])
    assert restored.status_code == 200 and "Le premier texte." not in restored.text
    client.post(addresses(draft)["revert"], article_form_data(title="Une remise"))
    assert len(versions(draft)) == 3 and len(versions(draft)[-1].as_object().body) == 0


# How two versions read


def differences(client, user, page, before, after):
    """What differs, by the label of the field: the cell that says it."""
    client.force_login(user)
    address = reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, before.pk, after.pk])
    rows = page_of(client.get(address)).select("table.listing tbody tr")
    cells = (row.select("td") for row in rows)
    return {first.get_text(strip=True).rstrip(":"): second for first, second in cells}


def lines_once_changed(client, user, page, kind, old, new):
    """The lines of a block of `kind` that said `old` and says `new`."""
    page.body = stored((kind, old))
    before = page.save_revision()
    (row,) = page.body.get_prep_value()
    page.body = json.dumps([{**row, "value": new}], default=str)
    after = page.save_revision()
    piece = differences(client, user, page, before, after)["Texte"]
    return [line.get_text("|", strip=True) for line in piece.select("div > div")]


SESSION = {"theme": "Prêter", "place": "", "associations": ["Chœur"], "start": "10:00", "end": None}


@pytest.mark.parametrize(
    "kind, old, new, expected",
    [
        ("heading", {"text": "A", "level": "2"}, {"text": "A", "level": "3"}, ["A", "Partie|Sous"]),
        ("paragraph", "<p>Un</p><p>Deux mots</p>", "<p>Un</p><p>Deux lignes</p>", ["Un", "mots|"]),
        ("paragraph", '<p><a href="/a">Ici</a></p>', '<p><a href="/b">Ici</a></p>', ["a|b"]),
        ("takeaways", {"points": ["Un"]}, {"points": ["Un", "Deux"]}, ["Un", "Deux"]),
        ("table", {"data": [["a", "1"]]}, {"data": [["a", "2"]]}, ["a | |1|2"]),
        (
            "sessions",
            {"sessions": [{**SESSION, "date": "2026-01-02", "mode": "on_site"}]},
            {"sessions": [{**SESSION, "date": "2026-02-02", "mode": "online"}]},
            ["Prêter", "janvier|février", "10:00", "sur place|à distance", "Chœur"],
        ),
        (
            "links",
            {"links": [{"url": "https://a.org/", "label": "L", "description": ""}]},
            {"links": [{"url": "https://b.org/", "label": "L", "description": ""}]},
            ["a|b", "L"],
        ),
    ],
)
def test_each_kind_of_piece_is_compared_in_words(client, lead, draft, kind, old, new, expected):
    lines = lines_once_changed(client, lead, draft, kind, old, new)
    assert len(lines) == len(expected)
    for line, words in zip(lines, expected, strict=True):
        assert words in line or all(word in line for word in words.split("|")), line


def test_pictures_and_documents_are_compared_by_name(client, lead, draft):
    shed, garden = PictureFactory(title="La remise"), PictureFactory(title="Le jardin")
    image = {"image": shed.pk, "alt_text": "Une porte", "decorative": False}
    old = {"image": image, "caption": ""}
    new = {"image": {"image": garden.pk, "alt_text": "", "decorative": True}, "caption": ""}
    (line,) = lines_once_changed(client, lead, draft, "image", old, new)
    assert "remise" in line and "jardin" in line and "porte" in line
    document = DocumentFactory(title="Convention")
    old, new = {"document": document.pk, "title": ""}, {"document": None, "title": ""}
    (line,) = lines_once_changed(client, lead, draft, "document", old, new)
    assert "Convention" in line


def test_pieces_that_came_went_and_moved_are_named_and_the_others_counted(client, lead, draft):
    kept = [("paragraph", f"<p>Texte {number}</p>") for number in range(4)]
    draft.body = stored(*kept, ("heading", {"text": "À ôter", "level": "2"}))
    before = draft.save_revision()
    rows = draft.body.get_prep_value()[:4]
    added = json.loads(stored(("takeaways", {"points": ["Un nouveau point"]})))
    draft.body = json.dumps([rows[3], *rows[:3], *added])
    after = draft.save_revision()
    piece = differences(client, lead, draft, before, after)["Texte"]
    classes = [" ".join(each["class"][1:]) for each in piece.select(".comparison__child-object")]
    assert sorted(classes) == ["", "addition", "deletion"]
    assert "À ôter" in piece.select_one(".deletion").text
    assert "Un nouveau point" in piece.select_one(".addition").text
    assert "3" in piece.select_one(".comparison-unchanged").text
    assert "Texte 0" not in piece.text


def test_dates_and_choices_are_compared_in_words(client, lead, draft):
    before = draft.save_revision()
    draft.event_date, draft.department = datetime.date(2026, 3, 14), "90"
    after = draft.save_revision()
    cells = differences(client, lead, draft, before, after)
    assert cells["Date de la rencontre"].text.strip() == "14 mars 2026"
    assert "Territoire de Belfort" in cells["Département"].text


def test_what_was_typed_is_escaped_where_it_is_compared(client, lead, draft):
    lines = lines_once_changed(
        client,
        lead,
        draft,
        "quotation",
        {"text": "<script>1</script>", "who": "", "capacity": ""},
        {"text": "<script>2</script>", "who": "", "capacity": ""},
    )
    assert "<script>" in lines[0].replace("|", "")


def test_two_equal_versions_say_so(client, lead, draft):
    before, after = draft.save_revision(), draft.save_revision()
    client.force_login(lead)
    address = reverse("wagtailadmin_pages:revisions_compare", args=[draft.pk, before.pk, after.pk])
    assert page_of(client.get(address)).select(".no-results-message")
