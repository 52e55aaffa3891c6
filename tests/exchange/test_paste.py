"""«Paste an article»: what is recognised, corrected and made a draft, and who may do it."""

import re

import pytest
from django.urls import reverse
from wagtail.models import PageLogEntry

from articles.models import ArticlePage, Category, Tag, Typology
from tests.exchange.test_import_captures import CAPTURE
from tests.factories import CategoryFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english_requests")]

URL = "/admin/exchange/paste/"

HOSTILE = """Titre <script>alert(1)</script> & <img src=x onerror=alert(2)>

Un paragraphe <script>alert(3)</script> et <a href="javascript:alert(4)">un lien</a>.

## <svg onload=alert(5)>

> <b onclick=alert(6)>Dit</b>

- <iframe src=//exemple.fr></iframe>

Contact : <script>alert(7)</script> ines@exemple.fr

Récup : 16 février 2021, de 18h à 19h, à distance
Associations : <script>alert(8)</script>, Prêt à Tout

Catégories
<script>alert(9)</script>

Maisons
<script>alert(10)</script>
"""


def paste(client, text=CAPTURE):
    return client.post(URL, {"text": text})


def fields_of(response) -> dict:
    """What the form that corrects would send, as it was shown."""
    form = response.context["correct"]
    values = {field.html_name: field.value() for field in form}
    return {
        name: value.isoformat() if hasattr(value, "isoformat") else "" if value is None else value
        for name, value in values.items()
    }


def create(client, text=CAPTURE, **corrections):
    """Paste, then make the draft with these corrections."""
    data = fields_of(paste(client, text)) | corrections
    return client.post(URL, {"text": text, "create": "1", **data})


@pytest.fixture
def writer(client, contributor):
    """The client of a contributor of La Lanterne."""
    client.force_login(contributor)
    return client


# Who may


def test_a_visitor_is_asked_to_log_in(client):
    for response in (client.get(URL), paste(client)):
        assert response.status_code == 302
        assert response.url.startswith(reverse("wagtailadmin_login"))


def test_a_person_of_no_house_may_not_paste(client, lantern):
    client.force_login(UserFactory(username="member"))
    response = client.post(URL, {"text": CAPTURE})
    assert response.status_code == 302
    assert not ArticlePage.objects.exists()


@pytest.mark.parametrize("role", ["contributor", "lead", "outsider", "editor", "admin"])
def test_those_who_write_for_a_house_are_offered_the_page(client, request, role):
    client.force_login(request.getfixturevalue(role))
    assert client.get(URL).status_code == 200
    assert URL in client.get("/admin/").text


@pytest.mark.parametrize(
    ("role", "houses"),
    [
        ("contributor", ["La Lanterne"]),
        ("lead", ["La Lanterne"]),
        ("outsider", ["Le Port"]),
        ("editor", ["La Lanterne", "Le Port", "Le réseau"]),
        ("admin", ["La Lanterne", "Le Port", "Le réseau"]),
    ],
)
def test_each_person_is_offered_their_own_houses(client, request, lantern, harbour, role, houses):
    client.force_login(request.getfixturevalue(role))
    form = paste(client).context["correct"]
    assert [page.title for page in form.fields["house"].queryset] == houses


# What is recognised


def test_what_is_recognised_is_shown_to_be_corrected(writer):
    response = paste(writer)
    fields = fields_of(response)
    assert fields["title"] == "Le café des bénévoles"
    assert fields["date"] == "2020-03-12"
    assert fields["categories"] == "Bénévolat"
    assert fields["tags"] == "café\naccueil"
    assert "Je viens pour parler." in response.context["body"]
    assert not ArticlePage.objects.exists()


def test_what_to_look_at_is_said(writer):
    response = paste(writer, CAPTURE.replace("La Lanterne", "Nulle part"))
    assert "list: Nulle part" in " ".join(response.context["notes"])
    assert "Left out" in " ".join(response.context["notes"])


def test_the_house_named_is_the_one_offered_first(client, editor, lantern, harbour):
    client.force_login(editor)
    assert fields_of(paste(client))["house"] == lantern.pk
    assert (
        fields_of(paste(client, CAPTURE.replace("La Lanterne", "Le Port")))["house"] == harbour.pk
    )


def test_the_text_is_kept_while_it_is_corrected(writer):
    assert "Chaque mardi, la maison ouvre ses portes." in paste(writer).text
    response = writer.post(URL, {"text": CAPTURE, "create": "1", "title": ""})
    assert response.context["form"]["text"].value() == CAPTURE
    assert response.context["correct"].errors["title"]
    assert not ArticlePage.objects.exists()


# The draft


def test_the_draft_is_the_person_s_own_below_their_house(writer, contributor, lantern):
    response = create(writer)
    article = ArticlePage.objects.get()
    assert response.url == reverse("wagtailadmin_pages:edit", args=[article.pk])
    assert (article.house, article.live, article.owner) == (lantern.house, False, contributor)
    assert article.latest_revision.user == contributor
    assert PageLogEntry.objects.get(page=article.pk).user == contributor


def test_the_person_opens_their_draft(writer):
    response = writer.get(create(writer).url)
    assert response.status_code == 200
    assert response.context["form"]["title"].value() == "Le café des bénévoles"


def test_corrections_take_the_place_of_what_was_recognised(writer, lantern):
    CategoryFactory(name="Accueil")
    CategoryFactory(name="Sport")
    create(
        writer,
        title="Un autre titre",
        summary="En bref.",
        date="2021-01-02",
        event="Rencontre",
        event_date="2020-12-31",
        commune="Valdoie",
        department="90",
        categories="Accueil\n\n Sport ",
        tags="",
    )
    article = ArticlePage.objects.get()
    assert (article.title, article.summary) == ("Un autre titre", "En bref.")
    assert article.published_on.isoformat() == "2021-01-02"
    assert (article.event, article.event_date.isoformat()) == ("Rencontre", "2020-12-31")
    assert (article.commune, article.department) == ("Valdoie", "90")
    assert sorted(term.name for term in article.categories.all()) == ["Accueil", "Sport"]
    assert not article.tags.exists()


def test_a_contributor_adds_no_category_nor_typology(writer):
    """The vocabulary is that of the network's editors; what is not in it is named."""
    notes = " ".join(paste(writer).context["notes"])
    assert "This category is not in the list: Bénévolat" in notes
    assert "This typology is not in the list: Cas pratiques & témoignages" in notes
    edit = writer.get(create(writer, tags="neuf").url)
    assert "This category is not in the list: Bénévolat" in edit.text
    assert not Category.objects.exists() and not Typology.objects.exists()
    assert ArticlePage.objects.get().tags.get().name == "neuf"


def test_a_network_editor_may_add_to_the_vocabulary(client, editor, lantern):
    client.force_login(editor)
    create(client)
    assert ArticlePage.objects.get().categories.get().name == "Bénévolat"
    assert ArticlePage.objects.get().typologies.get().name == "Cas pratiques & témoignages"


def test_the_other_house_named_in_the_text_is_a_partner(writer, lantern, harbour):
    create(writer, CAPTURE.replace("La Lanterne", "Le Port"))
    article = ArticlePage.objects.get()
    assert article.house == lantern.house
    assert article.partner_houses.get() == harbour.house


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("title", "x" * 300),
        ("title", " "),
        ("date", "2026-02-30"),
        ("event_date", "hier"),
        ("department", "99"),
        ("categories", "x" * 101),
        ("tags", "bon\n" + "x" * 101),
        ("house", "999999"),
        ("house", ""),
    ],
)
def test_a_correction_that_cannot_be_is_told_at_its_field_and_the_rest_is_kept(writer, name, value):
    response = create(writer, **{"event": "À garder", name: value})
    assert response.status_code == 200
    assert list(response.context["correct"].errors) == [name]
    assert response.context["correct"]["event"].value() == "À garder"
    assert response.context["form"]["text"].value() == CAPTURE
    assert not ArticlePage.objects.exists()


def test_a_forged_house_is_refused(writer, harbour, network):
    for page in (harbour, network.pages.get(), harbour.get_parent()):
        response = create(writer, house=page.pk)
        assert response.context["correct"].errors["house"]
    assert not ArticlePage.objects.exists()


def test_an_outsider_writes_for_their_own_house_whatever_the_text_names(
    client, outsider, lantern, harbour
):
    client.force_login(outsider)
    create(client)
    assert ArticlePage.objects.get().house == harbour.house
    assert (
        client.post(URL, {"text": CAPTURE, "create": "1", "title": "T", "house": lantern.pk})
        .context["correct"]
        .errors["house"]
    )


def test_pasting_twice_leads_to_the_first_draft(writer):
    first = create(writer)
    again = create(writer, title="Un autre titre")
    assert again.url == first.url
    assert ArticlePage.objects.get().title == "Le café des bénévoles"
    assert "already" in writer.get(again.url).text


def test_the_draft_of_another_house_is_neither_shown_nor_changed(client, contributor, outsider):
    client.force_login(contributor)
    create(client)
    client.force_login(outsider)
    response = create(client)
    article = ArticlePage.objects.first()
    assert reverse("wagtailadmin_pages:edit", args=[article.pk]) != response.url
    assert article.latest_revision.user == contributor


def test_the_same_text_may_be_the_article_of_two_houses(client, contributor, outsider, harbour):
    """Somebody of another house may not be kept from their own draft by one they cannot see."""
    client.force_login(contributor)
    create(client)
    client.force_login(outsider)
    create(client)
    assert ArticlePage.objects.child_of(harbour).count() == 1


# Bad input


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "This field is required."),
        ("  \n\t ", "There is no text."),
        ("Catégories\nAccompagnement\n\nTags\n", "No title was found"),
        ("Un titre\n\n" + "mot " * 60_000, "200000 characters"),
        ("Un titre\n\nnul\0nul", "Null characters are not allowed."),
    ],
    ids=["empty", "blank", "no title", "long", "null"],
)
@pytest.mark.parametrize("step", [{}, {"create": "1", "title": "T"}])
def test_a_text_that_is_no_article_gives_a_message_and_is_kept(writer, text, reason, step):
    response = writer.post(URL, {"text": text, **step})
    assert response.status_code == 200
    assert reason in response.context["form"].errors["text"][0]
    assert response.context["form"]["text"].value() == text
    assert not ArticlePage.objects.exists()


def test_hostile_html_is_text_in_the_preview(writer):
    response = paste(writer, HOSTILE)
    body = response.context["body"]
    assert "&lt;script&gt;alert(3)" in body
    for number in range(1, 11):
        assert f"<script>alert({number})" not in response.text
    for hostile in (
        "<img src=x",
        "<svg onload",
        "<b onclick",
        "<iframe src=//",
    ):
        assert hostile not in response.text
    assert not re.search('<a [^>]*href="javascript:', response.text)


def test_hostile_html_is_text_in_the_article(writer, client, admin):
    create(writer, HOSTILE)
    article = ArticlePage.objects.get()
    article.get_latest_revision().publish()
    page = client.get(article.url).text
    assert "<script>alert(" not in page
    assert "<img src=x" not in page and not re.search('<a [^>]*href="javascript:', page)
    assert article.title.startswith("Titre <script>")


def test_half_a_surrogate_pair_does_not_break_the_page(writer):
    """What a browser sends for one is a replacement character."""
    create(writer, "Titre \ufffd\n\nTexte \ufffd.")
    assert ArticlePage.objects.get().title == "Titre \ufffd"


def test_a_tag_of_another_spelling_is_the_same_tag(writer):
    Tag.objects.create(name="Café")
    create(writer)
    assert sorted(tag.name for tag in ArticlePage.objects.get().tags.all()) == ["Café", "accueil"]
