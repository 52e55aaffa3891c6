"""An article: what its page shows, who sees it, what its form refuses."""

import datetime
from unittest import mock

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from articles.models import ArticlePage
from home.models import HomeHighlight
from tests.factories import (
    ArticlePageFactory,
    CategoryFactory,
    DocumentFactory,
    HouseFactory,
    HousePageFactory,
    PictureFactory,
    TagFactory,
    TypologyFactory,
    article_form_data,
    put_online,
    restricted,
    see_also,
    stored,
)
from tests.portal.reading import links_of, page_of, says, text_of

HARM = '<script>alert("x")</script> & « lui »'
# The limit for a page without cache. What it buys: the page by its address (site, path,
# restrictions), settings, terms, tags, partners, house, neighbours with their terms, pictures and
# houses, and all the renditions of the page's own pictures at once.
QUERIES = 12


@pytest.fixture
def article(lantern):
    return ArticlePageFactory(parent=lantern, title="Le jardin partagé")


def show(client, lantern, *body, **fields):
    return client.get(ArticlePageFactory(parent=lantern, body=stored(*body), **fields).url)


def edit(client, article, **fields):
    address = reverse("wagtailadmin_pages:edit", args=[article.pk])
    fields.setdefault("title", article.title)
    return client.post(address, article_form_data(**{"slug": article.slug, **fields}))


# Blocks


TEXT_BLOCKS = {
    "heading": {"text": HARM, "level": "2"},
    "quotation": {"text": HARM, "who": HARM, "capacity": HARM},
    "key_figures": {"figures": [{"figure": "26", "label": HARM}], "source": HARM},
    "steps": {"steps": [{"title": HARM, "text": "<p>Puis</p>"}]},
    "takeaways": {"points": [HARM, HARM]},
    "sessions": {
        "sessions": [{"theme": HARM, "place": HARM, "associations": [HARM], "mode": "hybrid"}]
    },
    "contact": {"name": HARM, "role": HARM, "organisation": HARM, "email": "", "phone": HARM},
    "links": {"links": [{"url": "https://example.org", "label": HARM, "description": HARM}]},
    "table": {
        "data": [[HARM, "b"], [HARM, None]],
        "table_caption": HARM,
        "first_row_is_table_header": True,
        "first_col_is_header": True,
    },
    "video": {"url": "https://vimeo.com/1234", "title": HARM, "transcript": "<p>Puis</p>"},
}
# How often HARM is read in each: a caption is also the name of its table for screen readers.
TIMES = {
    "heading": 1,
    "quotation": 3,
    "key_figures": 2,
    "steps": 1,
    "takeaways": 2,
    "sessions": 3,
    "contact": 4,
    "links": 2,
    "table": 3,
    "video": 1,
}


@pytest.mark.parametrize("name", TEXT_BLOCKS)
def test_the_text_of_a_block_is_shown_and_escaped(client, lantern, name):
    response = show(client, lantern, (name, TEXT_BLOCKS[name]))
    assert "<script>alert" not in response.text
    assert page_of(response).select_one(".prose").get_text(" ").count("alert(") == TIMES[name]


def test_every_block_of_the_body_has_its_test():
    others = {"paragraph", "image", "document"}
    assert set(ArticlePage._meta.get_field("body").stream_block.child_blocks) == (
        others | TEXT_BLOCKS.keys()
    )


def test_a_paragraph_keeps_its_emphasis_and_its_links(client, lantern, harbour):
    text = f'<p>Un <b>mot</b>, <a linktype="page" id="{harbour.pk}">le port</a>.</p>'
    document = page_of(show(client, lantern, ("paragraph", text)))
    assert document.select_one(".prose p b").text == "mot"
    assert document.select_one(".prose p a")["href"] == harbour.url


def test_scripts_do_not_enter_a_paragraph_by_the_form(client, lantern, editor):
    client.force_login(editor)
    article = ArticlePageFactory(parent=lantern)
    content = '{"blocks": [{"key": "a", "text": "<script>alert(1)</script>", "type": "unstyled"'
    content += ', "depth": 0, "inlineStyleRanges": [], "entityRanges": []}], "entityMap": {}}'
    edit(client, article, body=[("paragraph", content)])
    put_online(article)
    response = client.get(article.url)
    assert "<script>alert" not in response.text
    assert "<script>alert(1)</script>" in text_of(response)


def test_an_image_shows_its_text_caption_and_credit(client, lantern):
    picture = PictureFactory(credit="Photo : <b>Ali</b>")
    value = {"image": picture.pk, "alt_text": 'Une "serre"', "decorative": False}
    body = ("image", {"image": value, "caption": HARM})
    document = page_of(show(client, lantern, body))
    figure = document.select_one(".prose figure")
    assert figure.img["alt"] == 'Une "serre"'
    assert {source["type"] for source in figure.select("source")} == {
        "image/avif",
        "image/webp",
    } - {"image/webp" if figure.img["src"].endswith(".webp") else ""}
    caption = figure.figcaption.text
    assert "alert(" in caption and "<b>Ali</b>" in caption.replace("\u00a0", " ")
    assert not figure.select("script, b")


def test_a_decorative_image_says_nothing(client, lantern):
    value = {"image": PictureFactory().pk, "alt_text": "", "decorative": True}
    document = page_of(show(client, lantern, ("image", {"image": value, "caption": ""})))
    assert document.select_one(".prose figure img")["alt"] == ""


def test_a_document_is_downloaded_by_its_name(client, lantern):
    document = DocumentFactory(title="Statuts")
    response = show(
        client,
        lantern,
        ("document", {"document": document.pk, "title": ""}),
        ("document", {"document": document.pk, "title": HARM}),
    )
    links = page_of(response).select("p.download a")
    assert [link.text for link in links] == ["Statuts", HARM]
    assert {link["href"] for link in links} == {document.url}
    assert "<script>alert" not in response.text


def test_a_picture_or_document_that_was_deleted_leaves_the_rest(client, lantern):
    picture, document = PictureFactory(), DocumentFactory()
    value = {"image": picture.pk, "alt_text": "Une serre", "decorative": False}
    article = ArticlePageFactory(
        parent=lantern,
        picture=picture,
        body=stored(
            ("image", {"image": value, "caption": "La serre"}),
            ("document", {"document": document.pk, "title": "Statuts"}),
            ("heading", {"text": "La suite", "level": "2"}),
        ),
    )
    picture.delete()
    document.delete()
    response = client.get(article.url)
    assert response.status_code == 200
    assert "La suite" in response.text and "Statuts" not in response.text


def test_a_block_of_an_unknown_type_leaves_the_rest(client, lantern):
    article = ArticlePageFactory(parent=lantern)
    body = stored(("carousel", {"a": 1}), ("heading", {"text": "La suite", "level": "2"}))
    table = ArticlePage._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} SET body = %s WHERE page_ptr_id = %s",
            [body, article.pk],
        )
    response = client.get(article.url)
    assert response.status_code == 200 and "La suite" in response.text


def test_sessions_say_when_and_how(client, lantern):
    session = {
        "theme": "La trésorerie",
        "date": datetime.date(2026, 3, 5),
        "start": datetime.time(9),
        "end": datetime.time(11, 30),
        "mode": "online",
        "place": "",
        "associations": ["Le Chœur", "La Pioche"],
    }
    response = show(client, lantern, ("sessions", {"sessions": [session]}))
    text = text_of(response)
    assert page_of(response).select_one(".sessions time")["datetime"] == "2026-03-05"
    assert "9 h – 11 h 30" in text
    assert says(response, "online")
    assert "Le Chœur, La Pioche" in text


def test_a_video_is_not_framed_before_a_click(client, lantern):
    value = {"url": "https://youtu.be/abcdefghijk", "title": "Une visite", "transcript": ""}
    document = page_of(show(client, lantern, ("video", value)))
    assert not document.select("iframe, video, embed, object")
    stage = document.select_one(".video .stage")
    assert stage["data-player"] == "https://www.youtube-nocookie.com/embed/abcdefghijk"
    assert stage.a["href"] == "https://youtu.be/abcdefghijk"


# Everything above and beside the body


def test_the_table_of_contents_leads_to_the_parts(client, lantern):
    headings = [("Le début", "2"), ("Un détail", "3"), ("La fin <b>", "2")]
    body = [("heading", {"text": text, "level": level}) for text, level in headings]
    document = page_of(show(client, lantern, *body))
    entries = document.select("nav[aria-labelledby=outline] ol a")
    assert [entry.text for entry in entries] == ["Le début", "La fin <b>"]
    targets = [document.find(id=entry["href"][1:]) for entry in entries]
    assert [target.name for target in targets] == ["h2", "h2"]
    assert [target.text for target in targets] == ["Le début", "La fin <b>"]


def test_one_part_needs_no_table_of_contents(client, lantern):
    body = ("heading", {"text": "Seule", "level": "2"})
    assert not page_of(show(client, lantern, body)).select("nav[aria-labelledby=outline]")


def test_the_terms_of_an_article_can_be_followed(client, lantern, harbour):
    category, typology = CategoryFactory(name="Jardins"), TypologyFactory(name="Témoignage")
    article = ArticlePageFactory(
        parent=lantern,
        categories=[category],
        typologies=[typology],
        partner_houses=[harbour.house],
        tags=[TagFactory(name="terre & eau")],
        title="À suivre",
    )
    response = client.get(article.url)
    wanted = {
        "/recherche/?category=jardins",
        "/recherche/?typology=temoignage",
        "/recherche/?tag=terre-eau",
    }
    assert wanted | {lantern.url, harbour.url} <= set(links_of(response))
    for address in wanted:
        assert "À suivre" in client.get(address).text, address


def test_the_facts_of_an_article_are_told(client, lantern):
    response = show(
        client,
        lantern,
        event="Journée des maisons",
        event_place="Lyon",
        event_date=datetime.date(2026, 5, 22),
        speaker=HARM,
        speaker_role="trésorière",
        commune="Valdoie",
        department="90",
        published_on=datetime.date(2026, 6, 1),
    )
    facts = " ".join(page_of(response).select_one("dl.facts").get_text(" ").split())
    assert "Journée des maisons , Lyon , 22 mai 2026" in facts or (
        "Journée des maisons, Lyon, 22 mai 2026" in facts
    )
    assert "Valdoie, Territoire de Belfort" in facts
    assert "trésorière" in facts and "alert(" in facts
    assert "1 juin 2026" in facts
    assert "<script>alert" not in response.text


def test_contacts_and_links_are_shown_and_escaped(client, lantern):
    contact = {"name": HARM, "email": "ali@example.org", "phone": "03 84 00 00 00"}
    link = {"url": "https://example.org/?a=1&b=2", "label": HARM, "description": "Ce qu’on y lit"}
    article = ArticlePageFactory(
        parent=lantern, contacts=[("contact", contact)], links=[("link", link)]
    )
    response = client.get(article.url)
    assert {
        "mailto:ali@example.org",
        "tel:0384000000",
        "https://example.org/?a=1&b=2",
    } <= set(links_of(response))
    assert "<script>alert" not in response.text


def test_the_description_of_a_link_is_shown(client, lantern):
    """Text typed by people is theirs: what the form asks for, the page shows."""
    link = {"url": "https://example.org/", "label": "Le guide", "description": "Ce qu’on y lit"}
    article = ArticlePageFactory(parent=lantern, links=[("link", link)])
    assert "Ce qu’on y lit" in text_of(client.get(article.url))


def test_the_main_picture_says_what_it_shows(client, lantern):
    picture = PictureFactory(credit="Photo : Ali")
    response = show(client, lantern, picture=picture, picture_alt='Le "jardin"')
    figure = page_of(response).select_one(".prose figure")
    assert figure.img["alt"] == 'Le "jardin"'
    assert "Photo : Ali" in figure.figcaption.text


def test_a_partner_house_without_a_public_page_is_not_a_dead_link(client, lantern, harbour):
    article = ArticlePageFactory(parent=lantern, partner_houses=[harbour.house])
    harbour.unpublish()
    assert harbour.url not in links_of(client.get(article.url))


def test_an_article_with_a_title_only_has_a_page(client, article):
    response = client.get(article.url)
    assert response.status_code == 200
    assert "Le jardin partagé" in page_of(response).h1.text


# Other articles


def test_see_also_keeps_the_order_of_the_editor(client, lantern):
    first, second = (ArticlePageFactory(parent=lantern) for _number in range(2))
    article = ArticlePageFactory(parent=lantern, related_articles=see_also(second, first))
    document = page_of(client.get(article.url))
    cards = document.select("section[aria-labelledby=see-also] .card h3 a")
    assert [card["href"] for card in cards] == [second.url, first.url]


def test_see_also_shows_rows_without_a_rank(client, lantern):
    """Wagtail's rank may be null: rows made by code or by an older form have none."""
    other = ArticlePageFactory(parent=lantern)
    article = ArticlePageFactory(parent=lantern, related_articles=see_also(other))
    article.related_articles.model.objects.update(sort_order=None)
    assert other.url in links_of(client.get(article.url))


def hidden_articles(house_page):
    """One article of each kind that no visitor may see."""
    draft = ArticlePageFactory(parent=house_page, title="Jamais publié", live=False)
    private = restricted(ArticlePageFactory(parent=house_page, title="Réservé"))
    unpublished = ArticlePageFactory(parent=house_page, title="Dépublié")
    unpublished.unpublish()
    return [draft, private, unpublished]


def test_see_also_shows_published_articles_only(client, lantern, harbour):
    hidden = hidden_articles(lantern)
    hidden.append(ArticlePageFactory(parent=restricted(harbour), title="Maison réservée"))
    shown = ArticlePageFactory(parent=lantern, title="Publié")
    article = ArticlePageFactory(parent=lantern, related_articles=see_also(*hidden, shown))
    response = client.get(article.url)
    assert shown.url in links_of(response)
    for page in hidden:
        assert page.title not in response.text


def test_an_article_leads_to_what_it_was_adapted_from_and_back(client, lantern, harbour):
    original = ArticlePageFactory(parent=lantern, title="L’idée")
    copy = ArticlePageFactory(parent=harbour, title="La reprise", adapted_from=original)
    response = client.get(copy.url)
    assert original.url in links_of(response) and "L’idée , La Lanterne" in text_of(response)
    response = client.get(original.url)
    assert copy.url in links_of(response) and "La reprise , Le Port" in text_of(response)


def test_adaptations_are_shown_when_published_only(client, lantern):
    original = ArticlePageFactory(parent=lantern)
    hidden = hidden_articles(lantern)
    ArticlePage.objects.filter(pk__in=[page.pk for page in hidden]).update(adapted_from=original)
    response = client.get(original.url)
    for page in hidden:
        assert page.title not in response.text
    assert not page_of(response).select(".tried")


@pytest.mark.parametrize("index", range(3))
def test_an_original_is_shown_when_published_only(client, lantern, index):
    original = hidden_articles(lantern)[index]
    article = ArticlePageFactory(parent=lantern, adapted_from=original)
    response = client.get(article.url)
    assert original.title not in response.text
    assert not page_of(response).select(".tried")


def test_an_article_outlives_the_one_it_was_adapted_from(client, lantern):
    original = ArticlePageFactory(parent=lantern)
    article = ArticlePageFactory(parent=lantern, adapted_from=original)
    original.delete()
    assert client.get(article.url).status_code == 200


@pytest.mark.parametrize("length", [1, 2, 3])
def test_an_article_is_not_adapted_from_itself(client, editor, lantern, length):
    """Directly, by way of another one, or of a third."""
    chain = [ArticlePageFactory(parent=lantern)]
    for _number in range(length - 1):
        chain.append(ArticlePageFactory(parent=lantern, adapted_from=chain[-1]))
    client.force_login(editor)
    response = edit(client, chain[0], adapted_from=chain[-1].pk)
    assert response.status_code == 200
    assert says(response, "An article cannot be adapted from itself, even by way of another one.")
    chain[0].refresh_from_db()
    assert chain[0].adapted_from is None
    assert chain[0].get_latest_revision_as_object().adapted_from is None


def test_a_circle_closed_by_another_hand_does_not_hang(lantern):
    """Two drafts saved at the same moment could each be right and close a circle together."""
    first, second = (ArticlePageFactory(parent=lantern) for _number in range(2))
    ArticlePage.objects.filter(pk=first.pk).update(adapted_from=second)
    ArticlePage.objects.filter(pk=second.pk).update(adapted_from=first)
    third = ArticlePage(title="Un", slug="un", adapted_from=ArticlePage.objects.get(pk=first.pk))
    with pytest.raises(ValidationError) as refusal:
        third.clean()
    message = gettext("An article cannot be adapted from itself, even by way of another one.")
    assert refusal.value.message_dict == {"adapted_from": [message]}


# What is not public is nowhere


def listings(article):
    return [
        "/",
        "/recherche/",
        "/recherche/?q=résumé",
        f"/recherche/?house={article.house.slug}",
        article.house_page.url,
        "/sitemap.xml",
    ]


@pytest.mark.parametrize("index", range(3))
def test_an_article_that_is_not_public_is_shown_nowhere(client, lantern, home, index):
    typology, category, tag = TypologyFactory(), CategoryFactory(), TagFactory()
    article = hidden_articles(lantern)[index]
    article.published_on, article.summary = datetime.date(1999, 1, 1), "Un résumé secret."
    article.typologies, article.categories = [typology], [category]
    article.tags.add(tag)
    article.save()
    HomeHighlight.objects.create(page=home, article=article)
    filters = [f"/recherche/?{name}" for name in ("year=1999", "tag=" + tag.slug)]
    filters += [typology.listing_url, category.listing_url]
    for address in [*listings(article), *filters]:
        response = client.get(address)
        assert article.title not in response.text, address
        assert article.url not in response.text, address
        assert "secret" not in response.text, address


@pytest.mark.parametrize("index, status", [(0, 404), (1, 302), (2, 410)])
def test_the_address_of_an_article_that_is_not_public_tells_nothing(client, lantern, index, status):
    article = hidden_articles(lantern)[index]
    response = client.get(article.url)
    assert response.status_code == status
    assert article.title not in response.text


def test_an_article_of_a_restricted_house_is_shown_nowhere(client, lantern):
    article = ArticlePageFactory(parent=lantern, title="Derrière la porte")
    restricted(lantern)
    for address in listings(article):
        assert article.title not in client.get(address, follow=True).text, address
    assert client.get(article.url).status_code == 302


def test_the_draft_of_a_public_article_is_shown_nowhere(client, lantern, home):
    article = ArticlePageFactory(parent=lantern, title="Publié", summary="Un résumé publié.")
    HomeHighlight.objects.create(page=home, article=article)
    other = ArticlePageFactory(parent=lantern, related_articles=see_also(article))
    article.title, article.summary, article.slug = "Brouillon", "Résumé secret.", "brouillon"
    article.save_revision()
    published = ArticlePage.objects.get(pk=article.pk)
    for address in [*listings(published), published.url, other.url]:
        response = client.get(address)
        assert "Brouillon" not in response.text, address
        assert "secret" not in response.text, address
        assert published.url in response.text, address


def test_an_article_of_every_filter_is_counted_when_public_only(client, lantern):
    category, typology = CategoryFactory(name="Jardins"), TypologyFactory(name="Témoignage")
    ArticlePageFactory(parent=lantern, categories=[category], typologies=[typology])
    ArticlePageFactory(parent=lantern, categories=[category], typologies=[typology], live=False)
    index = page_of(client.get("/")).select("ul.index li")
    counts = {
        row.a.text: row.a.next_sibling.strip()
        for row in index
        if row.a["href"].startswith("/recherche/?")
    }
    assert counts == {"Jardins": "1", "Témoignage": "1"}


# The form


def test_a_title_of_300_characters_is_refused_with_a_message(client, contributor, lantern):
    client.force_login(contributor)
    address = reverse("wagtailadmin_pages:add", args=["articles", "articlepage", lantern.pk])
    title = "a" * 300
    response = client.post(address, article_form_data(title=title, slug="a", summary="Le texte"))
    assert response.status_code == 200
    assert "255" in str(response.context["form"].errors["title"])
    assert "255" in text_of(response)
    assert not ArticlePage.objects.exists()
    # Nothing is lost: what was typed is still in the form.
    document = page_of(response)
    assert document.select_one("[name=title]").get("value", "") == title or (
        title in document.select_one("[name=title]").text
    )
    assert "Le texte" in document.select_one("[name=summary]").text


def test_an_article_goes_online_and_offline_when_an_editor_says(client, editor, article):
    client.force_login(editor)
    article.unpublish()
    tomorrow, week = (timezone.now() + datetime.timedelta(days=days) for days in (1, 7))
    planned = {"go_live_at": f"{tomorrow:%Y-%m-%d %H:%M}", "expire_at": f"{week:%Y-%m-%d %H:%M}"}
    edit(client, article, **planned)
    put_online(article)
    call_command("publish_scheduled")
    assert client.get(article.url).status_code == 410
    for later, status in ((tomorrow, 200), (week, 410)):
        with mock.patch("django.utils.timezone.now", lambda now=later: now):
            call_command("publish_scheduled")
        assert client.get(article.url).status_code == status


@pytest.mark.parametrize("slug", ["", "le-jardin-partage"])
def test_two_articles_with_one_title_have_two_addresses(
    client, contributor, lantern, article, slug
):
    client.force_login(contributor)
    address = reverse("wagtailadmin_pages:add", args=["articles", "articlepage", lantern.pk])
    client.post(address, article_form_data(title="Le jardin partagé", slug=slug))
    slugs = set(ArticlePage.objects.values_list("slug", flat=True))
    assert slugs == {"le-jardin-partage", "le-jardin-partage-2"}


def test_the_address_of_a_draft_follows_its_title_and_gives_way(
    client, contributor, lantern, article
):
    client.force_login(contributor)
    draft = ArticlePageFactory(
        parent=lantern, title="Un titre", slug="un-titre-2", live=False, owner=contributor
    )
    for title, slug in (
        ("Le jardin partagé", "le-jardin-partage-2"),
        ("L’école du soir", "l-ecole-du-soir"),
    ):
        assert edit(client, draft, title=title).status_code == 302
        draft.refresh_from_db()
        assert draft.slug == slug
    address = reverse("wagtailadmin_pages:edit", args=[draft.pk])
    client.post(address, article_form_data(title="Le soir", slug="choisie"))
    edit(client, draft, slug="choisie", title="Le matin")
    draft.refresh_from_db()
    assert draft.slug == "choisie"


def test_an_address_that_was_public_stays_unless_a_free_one_is_given(
    client, editor, lantern, article
):
    client.force_login(editor)
    other = ArticlePageFactory(parent=lantern, title="La clé")
    edit(client, other, title="Le jardin partagé")
    assert other.get_latest_revision().content["slug"] == "la-cle"
    address = reverse("wagtailadmin_pages:edit", args=[other.pk])
    response = client.post(address, article_form_data(title="La clé", slug=article.slug))
    assert response.status_code == 200


def test_an_article_is_below_a_house_only(client, admin, home):
    client.force_login(admin)
    address = reverse("wagtailadmin_pages:add", args=["articles", "articlepage", home.pk])
    client.post(address, article_form_data())
    assert not ArticlePage.objects.exists()


def test_tags_are_made_as_they_are_typed(client, contributor, lantern):
    client.force_login(contributor)
    address = reverse("wagtailadmin_pages:add", args=["articles", "articlepage", lantern.pk])
    TagFactory(name="Énergie")
    client.post(address, article_form_data(tags="Énergie, vie locale"))
    article = ArticlePage.objects.get().get_latest_revision_as_object()
    assert {tag.name for tag in article.tags.all()} == {"Énergie", "vie locale"}


def test_a_tag_typed_in_another_spelling_is_the_same_tag(client, contributor, lantern):
    client.force_login(contributor)
    address = reverse("wagtailadmin_pages:add", args=["articles", "articlepage", lantern.pk])
    tag = TagFactory(name="Énergie")
    client.post(address, article_form_data(tags="energie"))
    article = ArticlePage.objects.get().get_latest_revision_as_object()
    assert list(article.tags.all()) == [tag]


def test_an_imported_article_is_imported_once(lantern):
    ArticlePageFactory(parent=lantern, source="essai", source_id="1")
    twin = ArticlePage(title="Deux", slug="deux", source="essai", source_id="1")
    with pytest.raises(ValidationError) as refusal:
        twin.validate_constraints()
    assert refusal.value.messages == [gettext("This article was already imported.")]


def test_a_copy_is_no_import(lantern):
    original = ArticlePageFactory(parent=lantern, source="essai", source_id="1")
    copy = original.copy(update_attrs={"slug": "copie"})
    assert (copy.source, copy.source_id) == ("", "")


# Previews


def preview(client, address, **fields):
    answer = client.post(address, article_form_data(**fields)).json()
    assert answer["is_valid"], answer
    return client.get(address)


def preview_on_add(house_page):
    name = "wagtailadmin_pages:preview_on_add"
    return reverse(name, args=["articles", "articlepage", house_page.pk])


def test_a_draft_is_previewed_before_it_is_saved(client, contributor, lantern, harbour):
    client.force_login(contributor)
    response = preview(
        client,
        preview_on_add(lantern),
        title="En cours",
        tags="terre",
        categories=[CategoryFactory(name="Jardins").pk],
        partner_houses=[harbour.house.pk],
        body=[("heading", {"text": "Le début", "level": "2"})],
    )
    text = text_of(response)
    assert response.status_code == 200
    for word in ("En cours", "Le début", "terre", "Jardins", "La Lanterne", "Le Port"):
        assert word in text, word


def test_the_preview_of_a_new_article_shows_no_other_as_adapted_from_it(
    client, contributor, lantern
):
    client.force_login(contributor)
    ArticlePageFactory(parent=lantern, title="Sans rapport")
    response = preview(client, preview_on_add(lantern))
    assert "Sans rapport" not in text_of(response)


def test_the_preview_of_a_new_article_shows_what_it_leads_to(client, contributor, lantern):
    client.force_login(contributor)
    related = ArticlePageFactory(parent=lantern, title="À lire aussi")
    original = ArticlePageFactory(parent=lantern, title="L’idée")
    response = preview(
        client,
        preview_on_add(lantern),
        related=[{"article": related.pk}],
        adapted_from=original.pk,
    )
    cards = page_of(response).select("section[aria-labelledby=see-also] .card h3")
    assert [card.text.strip() for card in cards] == ["À lire aussi"]
    originals = page_of(response).select(".tried a")
    assert [link.text for link in originals] == ["L’idée"]


def test_a_change_is_previewed_before_it_is_saved(client, lead, article):
    client.force_login(lead)
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[article.pk])
    category = CategoryFactory(name="Jardins")
    response = preview(client, address, title="Autrement", categories=[category.pk])
    assert response.status_code == 200
    assert "Autrement" in text_of(response) and "Jardins" in text_of(response)
    assert ArticlePage.objects.get(pk=article.pk).title == "Le jardin partagé"


# Queries


@pytest.fixture
def full_article(lantern, harbour):
    """An article with everything an article may have."""
    others = [
        ArticlePageFactory(
            parent=house_page, picture=PictureFactory(), typologies=[TypologyFactory()]
        )
        for house_page in (lantern, harbour, lantern)
    ]
    images = [
        ("image", {"image": {"image": PictureFactory().pk, "alt_text": "a", "decorative": False}})
        for _number in range(3)
    ]
    link = {"url": "https://example.org", "label": "Ailleurs", "description": ""}
    article = ArticlePageFactory(
        parent=lantern,
        summary="Tout.",
        picture=PictureFactory(),
        body=stored(
            *TEXT_BLOCKS.items(),
            *images,
            ("paragraph", "<p>Un <b>texte</b>.</p>"),
            ("document", {"document": DocumentFactory().pk, "title": ""}),
            ("document", {"document": DocumentFactory().pk, "title": ""}),
        ),
        contacts=[("contact", {"name": "Ali"})],
        links=[("link", link)],
        categories=[CategoryFactory(), CategoryFactory()],
        typologies=[TypologyFactory(), TypologyFactory()],
        partner_houses=[harbour.house, HouseFactory()],
        tags=[TagFactory(), TagFactory()],
        related_articles=see_also(*others[:2]),
        adapted_from=others[2],
    )
    for _number in range(2):
        ArticlePageFactory(parent=harbour, adapted_from=article)
    return article


def test_a_full_article_takes_few_queries(client, full_article, django_assert_max_num_queries):
    client.get(full_article.url)  # draws the pictures
    with django_assert_max_num_queries(QUERIES):
        client.get(full_article.url)


def test_the_queries_do_not_grow_with_the_articles(client, lantern, django_assert_max_num_queries):
    article = ArticlePageFactory(parent=lantern)
    client.get(article.url)
    with django_assert_max_num_queries(QUERIES) as captured:
        client.get(article.url)
    most = len(captured)
    for _number in range(5):
        HousePageFactory()
        ArticlePageFactory(parent=lantern)
    # A publication has the frame of the site read again, once.
    client.get(article.url)
    with django_assert_max_num_queries(most):
        client.get(article.url)
