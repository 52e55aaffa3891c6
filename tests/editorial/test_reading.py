"""A link opens one text, for a time, and shows nothing else."""

import re

import pytest
from wagtail.models import Collection, CollectionViewRestriction

from editorial import reading
from editorial.models import ReviewLink
from editorial.tokens import reading_token
from tests.editorial.outside import BODY, path_of, saved_again
from tests.factories import (
    ArticlePageFactory,
    DocumentFactory,
    PictureFactory,
    PlainPageFactory,
    see_also,
    stored,
)

pytestmark = pytest.mark.django_db


def test_a_reader_sees_the_draft_as_it_will_be(client, link, article):
    picture = PictureFactory(title="atelier")
    saved_again(article, picture=picture, picture_alt="Deux vélos")
    link.bind(type(article).objects.get(pk=article.pk), 14)
    link.save()
    screen, page = client.get(path_of(link)), client.get(path_of(link) + "page/")
    assert 'src="page/"' in screen.text and "Relisez la fin." in screen.text
    assert "On a commencé par un atelier vélo." in page.text
    source = re.search(r'<img[^>]+src="(/media/[^"]+)"[^>]*alt="Deux vélos"', page.text) or (
        re.search(r'<img[^>]+alt="Deux vélos"[^>]*src="(/media/[^"]+)"', page.text)
    )
    assert client.get(source.group(1)).status_code == 200


def test_every_type_of_page_can_be_read(client, home, lead, lantern):
    notices = PlainPageFactory(title="Mentions", body=BODY, live=False)
    saved_again(lantern, summary="Une maison ouverte.")
    for page in (notices, type(lantern).objects.get(pk=lantern.pk)):
        link = ReviewLink(name="Awa", email="awa@example.net")
        link.bind(page, 7)
        reading.send(link, lead)
        assert client.get(path_of(link)).status_code == 200
        assert page.title in client.get(path_of(link) + "page/").text


def test_the_page_shows_no_other_draft(client, lantern, harbour, link, article):
    hidden = [
        ArticlePageFactory(parent=house, title=f"Secret {rank}", live=False)
        for rank, house in enumerate((lantern, harbour))
    ]
    article.related_articles = see_also(*hidden)
    article.adapted_from = hidden[1]
    article.save_revision()
    link.bind(type(article).objects.get(pk=article.pk), 14)
    link.save()
    saved_again(lantern, summary="Une maison ouverte.")
    of_the_house = ReviewLink(name="Awa", email="awa@example.net")
    of_the_house.bind(type(lantern).objects.get(pk=lantern.pk), 7)
    of_the_house.save()
    for opened in (link, of_the_house):
        for path in (path_of(opened), path_of(opened) + "page/"):
            text = client.get(path).text
            assert "Secret" not in text and "secret-" not in text


def test_a_document_kept_for_some_stays_so(client, link, article):
    document = DocumentFactory()
    document.collection = Collection.get_first_root_node().add_child(name="Interne")
    document.save()
    CollectionViewRestriction.objects.create(
        collection=document.collection, restriction_type=CollectionViewRestriction.LOGIN
    )
    saved_again(article, body=stored(("document", {"document": document.pk, "title": ""})))
    link.bind(type(article).objects.get(pk=article.pk), 14)
    link.save()
    assert document.url in client.get(path_of(link) + "page/").text
    assert client.get(document.url).status_code == 302


@pytest.mark.parametrize("below", ["", "page/"])
def test_nothing_is_cached_listed_or_told_to_other_sites(client, link, below):
    for path in (path_of(link) + below, path_of(link)[:-4] + "/" + below):
        response = client.get(path)
        assert response["Referrer-Policy"] == "no-referrer"
        assert "no-store" in response["Cache-Control"] and "private" in response["Cache-Control"]
        assert "noindex" in response["X-Robots-Tag"]
        assert not response.cookies
        policy = response["Content-Security-Policy"]
        assert "default-src 'self'" in policy and "unsafe" not in policy


def test_the_token_is_not_in_what_is_shown(client, link):
    for path in (path_of(link), path_of(link) + "page/"):
        assert reading_token(link.pk).split(":")[1] not in client.get(path).text


def test_who_is_logged_in_sees_what_the_reader_sees(client, link, admin):
    client.force_login(admin)
    for path in (path_of(link), path_of(link) + "page/"):
        assert "userbar" not in client.get(path).text


def test_opening_writes_nothing(client, link, django_assert_max_num_queries):
    client.get(path_of(link) + "page/")  # its pictures are made at the first look
    for path in (path_of(link), path_of(link) + "page/"):
        for _time in range(3):
            with django_assert_max_num_queries(25) as asked:
                client.get(path)
            verbs = {query["sql"].split()[0] for query in asked.captured_queries}
            assert verbs == {"SELECT"}
            assert client.head(path).content == b""


def test_a_long_article_costs_no_more_than_a_short_one(client, lantern, django_assert_num_queries):
    for blocks in (1, 40):
        body = stored(*[("paragraph", f"<p>Texte {rank}</p>") for rank in range(blocks)])
        page = ArticlePageFactory(parent=lantern, body=body, live=False)
        link = ReviewLink(name="Awa", email="awa@example.net")
        link.bind(page, 7)
        link.save()
        client.get(path_of(link))
        # The link with its page and text, then what a draft is put together from.
        with django_assert_num_queries(6):
            client.get(path_of(link))
