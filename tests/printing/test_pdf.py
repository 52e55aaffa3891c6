"""What is taken away as PDF: what is in it, who may have it, what it never opens."""

import datetime
import signal
import subprocess
import sys
from unittest import mock
from urllib.parse import urljoin

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils.translation import gettext, override

from printing import documents, fetching, pdf, qr
from printing.checks import check_pdf
from printing.wagtail_hooks import LEFT_ASIDE
from tests.factories import ArticlePageFactory, PictureFactory, put_online, restricted, stored
from tests.portal.reading import links_of, page_of, says
from tests.printing.reading import pages, strings, structure, tags

SITE = "http://testserver/"
PARAGRAPH = ("paragraph", "<p>Chaque jeudi, dix voisins.</p>")


def article_address(article) -> str:
    return reverse("printing:article", args=[article.pk])


def year_address(house_page, year=2026) -> str:
    return reverse("printing:year", args=[house_page.slug, year])


@pytest.fixture
def article(lantern):
    body = stored(
        ("heading", {"text": "Le jeudi", "level": "2"}),
        PARAGRAPH,
        ("table", {"data": [["a", "b"], ["1", "2"]], "first_row_is_table_header": True}),
    )
    return ArticlePageFactory(
        parent=lantern,
        title="Le jardin partagé",
        summary="Un jardin, dix voisins.",
        body=body,
        picture=PictureFactory(),
        picture_alt="Un carré de terre",
        published_on=datetime.date(2026, 3, 1),
    )


# An article


def test_an_article_is_a_tagged_pdf_in_its_language(client, article, readable):
    response = client.get(article_address(article))
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'inline; filename="le-jardin-partage.pdf"'
    content = response.content
    assert b"/StructTreeRoot" in content and b"/Marked true" in content
    assert b"pdfuaid:part" in content
    assert strings(content, "Lang") == ["fr"]
    assert "Le jardin partagé" in strings(content, "Title")
    kinds = structure(content)
    assert kinds.count("H1") == 1
    assert {"H2", "P", "Table", "TH", "TD", "Figure", "Link"} <= set(kinds)


def test_the_empty_corner_of_a_table_is_one_of_its_headers(client, lantern, readable):
    value = {"data": [["", "Jeudi"], ["Arroser", "Ali"]], "table_header_choice": "both"}
    value |= {"first_row_is_table_header": True, "first_col_is_header": True}
    table = ArticlePageFactory(parent=lantern, body=stored(("table", value)))
    content = client.get(article_address(table)).content
    rows = [below for kind, below in tags(content) if kind == "/TR"]
    assert sorted(rows) == [["/TH", "/TD"], ["/TH", "/TH"]]


def test_an_item_of_a_list_of_links_is_all_in_its_text(client, lantern, readable):
    link = {"url": "https://example.org/", "label": "Le plan", "description": "Version 2025"}
    links = ArticlePageFactory(
        parent=lantern,
        body=stored(("links", {"links": [link]})),
        links=stored(("link", link)),
    )
    content = client.get(article_address(links)).content
    items = [below for kind, below in tags(content) if kind == "/LI"]
    assert len(items) > 1
    assert all(set(below) <= {"/Lbl", "/LBody"} for below in items)


def test_every_picture_has_words_in_a_pdf(client, article, readable, caplog):
    content = client.get(article_address(article)).content
    alternatives = strings(content, "Alt")
    assert len(alternatives) == structure(content).count("Figure") == 2
    assert "Un carré de terre" in alternatives
    article.picture_alt = ""
    article.save()
    content = client.get(article_address(article)).content
    assert gettext("Illustration") in strings(content, "Alt")
    assert "alt description" not in caplog.text


def test_an_article_leads_back_to_its_page(client, article, readable):
    response = client.get(article_address(article))
    address = article.get_full_url()
    assert address in strings(response.content, "URI")
    assert response["Link"] == f'<{address}>; rel="canonical"'
    assert response["X-Robots-Tag"] == "noindex"
    with mock.patch.object(qr.segno, "make_qr", wraps=qr.segno.make_qr) as made:
        client.get(article_address(article))
    made.assert_called_once_with(address, error="m")


def test_a_draft_has_no_pdf(client, lantern, editor):
    draft = ArticlePageFactory(parent=lantern, live=False)
    assert client.get(article_address(draft)).status_code == 404
    client.force_login(editor)
    assert client.get(article_address(draft)).status_code == 404


def test_a_pdf_shows_nothing_of_the_draft_of_a_public_article(client, article, readable):
    article.title = "Un secret"
    article.save_revision()
    assert "Un secret" not in strings(client.get(article_address(article)).content, "Title")


def test_what_is_restricted_has_no_pdf(client, article, lantern, editor):
    restricted(lantern)
    client.force_login(editor)
    assert client.get(article_address(article)).status_code == 404
    assert client.get(year_address(lantern)).status_code == 404


def test_a_change_makes_another_pdf_and_nothing_else_does(client, article, readable):
    with mock.patch.object(pdf, "_made_apart", wraps=pdf.made) as made:
        client.get(article_address(article))
        client.get(article_address(article))
        assert made.call_count == 1
        article.title = "Le verger"
        article.save_revision()
        put_online(article)
        client.get(article_address(article))
        assert made.call_count == 2


@pytest.mark.parametrize(
    "text",
    ["m" * 3_000, "<b>&</b>\u202e\u200b\u0301 🌳 日本 عربي", "<p>" * 300, "\u00ad" * 3000],
    ids=["one endless word", "signs of all kinds", "markup", "soft hyphens"],
)
def test_weird_texts_are_printed(client, lantern, readable, text):
    body = stored(
        ("heading", {"text": text[:255], "level": "2"}),
        ("quotation", {"text": text}),
        ("takeaways", {"points": [text]}),
        ("table", {"data": [[text, text], ["", None]], "table_caption": text[:200]}),
        ("key_figures", {"figures": [{"figure": text[:20], "label": text[:120]}]}),
    )
    article = ArticlePageFactory(parent=lantern, title=text[:255], slug="texte", body=body)
    response = client.get(article_address(article))
    assert response.status_code == 200 and response.content.startswith(b"%PDF")


def test_what_is_too_long_is_refused_in_words(client, article, monkeypatch, readable):
    monkeypatch.setattr(pdf, "LONGEST", 100)
    response = client.get(article_address(article))
    assert response.status_code == 501
    assert says(response, "This is too long for one PDF: print it article by article.")


# What a PDF opens


@pytest.mark.parametrize(
    "address",
    [
        "http://169.254.169.254/latest/meta-data/",
        "https://example.org/picture.png",
        "file:///etc/passwd",
        f"{SITE}admin/",
        f"{SITE}media/../db.sqlite3",
        f"{SITE}media/%2e%2e/secret_key",
        f"{SITE}static/../settings.py",
        f"{SITE}static/%2e%2e/manage.py",
        "http://testserver.example.org/media/image.png",
    ],
)
def test_a_pdf_opens_nothing_but_pictures_and_fonts_of_the_site(address):
    with (
        mock.patch("socket.socket.connect", side_effect=AssertionError("the network")),
        pytest.raises(Exception) as refused,
    ):
        fetching.read(address, SITE, settings.STATIC_URL)
    assert not isinstance(refused.value, AssertionError)


def test_a_hostile_address_in_a_text_is_not_asked_for(readable):
    html = '<html lang="fr"><title>x</title><img src="file:///etc/passwd" alt="x"><img src="http://example.org/x" alt="x"><link rel="stylesheet" href="http://example.org/x.css"><p style="background:url(https://example.org/y)">Texte</p></html>'
    with mock.patch("socket.socket.connect", side_effect=AssertionError) as connect:
        content = pdf.pdf_of(html, SITE)
    assert content.startswith(b"%PDF") and b"root:" not in content
    connect.assert_not_called()


def test_a_document_that_is_no_picture_is_not_opened(db):
    name = default_storage.save("secret.txt", PictureFactory().file)
    content, media_type = fetching.read(f"{SITE}media/{name}", SITE, settings.STATIC_URL)
    assert media_type == "image/jpeg" and content.startswith(b"\xff\xd8")
    with default_storage.open("plain.txt", "w") as file:
        file.write("secret")
    with pytest.raises(OSError):
        fetching.read(f"{SITE}media/plain.txt", SITE, settings.STATIC_URL)


# The results of a search


def search_address(query="") -> str:
    return reverse("printing:search") + query


def test_the_results_of_a_search_are_a_pdf(client, article, readable):
    ArticlePageFactory(parent=article.get_parent(), title="La grainothèque")
    response = client.get(search_address("?q=jardin"))
    content = response.content
    assert structure(content).count("H2") == 1
    assert urljoin(SITE, article.url) in strings(content, "URI")
    assert gettext("“%(words)s”") % {"words": "jardin"} in strings(content, "Title")


def test_a_long_list_is_cut_and_says_so(client, article, rf, monkeypatch):
    monkeypatch.setattr(documents, "MOST_RESULTS", 1)
    ArticlePageFactory(parent=article.get_parent(), title="Un autre jardin")
    with mock.patch.object(pdf, "pdf_of", return_value=b"%PDF") as made:
        client.get(search_address("?kind=article"))
    (html, _site), _named = made.call_args
    assert html.count("<h2>") == 1
    assert (
        gettext("The first %(shown)s of the %(total)s results are here.")
        % {
            "shown": 1,
            "total": 2,
        }
        in html
    )


def test_a_list_shows_nothing_restricted_to_anybody(client, article, lantern, editor):
    restricted(lantern)
    client.force_login(editor)
    assert client.get(search_address("?q=jardin")).status_code == 404


def test_nothing_found_is_no_pdf(client, article):
    assert client.get(search_address("?q=introuvable")).status_code == 404


# A house's year


def test_the_year_of_a_house_has_a_cover_contents_and_each_article(
    client, article, lantern, readable
):
    later = ArticlePageFactory(
        parent=lantern, title="La mare", published_on=datetime.date(2026, 5, 1)
    )
    ArticlePageFactory(parent=lantern, title="Avant", published_on=datetime.date(2025, 5, 1))
    ArticlePageFactory(
        parent=lantern, title="Un brouillon", live=False, published_on=datetime.date(2026, 6, 1)
    )
    response = client.get(year_address(lantern))
    content = response.content
    titles = strings(content, "Title")
    assert [title for title in titles if title in {"Le jardin partagé", "La mare"}] == [
        "Le jardin partagé",
        "La mare",
    ]
    assert not {"Avant", "Un brouillon"} & set(titles)
    assert pages(content) == 4
    assert (
        f"article-{later.pk}" in strings(content, "D") or f"article-{later.pk}".encode() in content
    )


def test_the_notes_of_each_article_are_numbered_and_told_apart(client, article, lantern):
    note = ("paragraph", "<p>Le prêt est gratuit[[Sauf la sono.]].</p>")
    first, second = (
        ArticlePageFactory(
            parent=lantern,
            title=title,
            body=stored(note),
            published_on=datetime.date(2026, 4, 1),
        )
        for title in ("La sono", "Le chapiteau")
    )
    with mock.patch.object(pdf, "pdf_of", return_value=b"%PDF") as made:
        client.get(year_address(lantern))
    document = BeautifulSoup(made.call_args[0][0], "html.parser")
    assert "[[" not in document.text
    for told in (first, second):
        (reference,) = document.select(f"#article-{told.pk} [role=doc-noteref]")
        assert reference.text == "1"
        assert "Sauf la sono." in document.select_one(reference["href"]).text
    ids = [part["id"] for part in document.select("[id]")]
    assert len(ids) == len(set(ids))


def test_a_year_without_articles_is_no_pdf(client, article, lantern):
    assert client.get(year_address(lantern, 1999)).status_code == 404
    assert client.get(reverse("printing:year", args=["nulle-part", 2026])).status_code == 404


def test_a_year_too_full_is_cut_and_says_so(client, article, lantern, monkeypatch):
    monkeypatch.setattr(documents, "MOST_ARTICLES", 1)
    ArticlePageFactory(parent=lantern, title="La mare", published_on=datetime.date(2026, 5, 1))
    with mock.patch.object(pdf, "pdf_of", return_value=b"%PDF") as made:
        client.get(year_address(lantern))
    (html, _site), _named = made.call_args
    assert "Le jardin partagé" in html and "La mare" not in html
    assert "the others are on the site" in html or "les autres sont sur le site" in html


# Where none can be made


def test_without_the_libraries_it_is_said_and_nothing_is_offered(
    client, article, lantern, monkeypatch
):
    monkeypatch.setattr(pdf, "weasyprint", None)
    monkeypatch.setattr(pdf, "MISSING", "cannot load library 'libpango-1.0-0'")
    response = client.get(article_address(article))
    assert response.status_code == 501
    assert says(response, "This site cannot make PDFs.")
    for page in (article.url, lantern.url, reverse("search:page")):
        assert not [href for href in links_of(client.get(page)) if "/pdf/" in href]
    (info,) = check_pdf(None)
    assert "libpango" in info.msg and "apt install" in info.hint


def test_with_the_libraries_nothing_is_to_be_told(readable):
    assert check_pdf(None) == []


def test_one_pdf_is_made_at_once(client, article, monkeypatch, readable):
    monkeypatch.setattr(pdf, "WAIT", 0)
    with pdf._one_at_once:
        response = client.get(article_address(article))
    assert response.status_code == 503 and int(response["Retry-After"]) > 0
    assert says(response, "Somebody else's PDF is being made: please try again in a moment.")
    assert client.get(article_address(article)).status_code == 200


def test_a_pdf_is_made_in_a_process_of_its_own(client, article):
    if not pdf.is_available():
        pytest.skip(f"printing: the libraries of WeasyPrint are missing ({pdf.MISSING})")
    with mock.patch.object(pdf, "made", side_effect=AssertionError("made here")):
        response = client.get(article_address(article))
    assert response.status_code == 200 and response.content.startswith(b"%PDF")


def test_what_takes_too_long_is_stopped_said_in_words_and_not_tried_again_at_once(
    client, article, monkeypatch
):
    monkeypatch.setattr(pdf, "weasyprint", mock.Mock())
    started = []

    class Endless(subprocess.Popen):
        """A process that would never end by itself."""

        def __init__(self, _command, **options):
            super().__init__([sys.executable, "-c", "while True: pass"], **options)
            started.append(self)

    monkeypatch.setattr(pdf.subprocess, "Popen", Endless)
    monkeypatch.setattr(pdf, "LIMIT", 0.1)
    for _time in range(2):
        response = client.get(article_address(article))
        assert response.status_code == 503 and int(response["Retry-After"]) > 0
        assert says(
            response, "Making this PDF took too long, and was stopped: print the page itself."
        )
    (process,) = started
    assert process.returncode == -signal.SIGKILL
    assert pdf._one_at_once.acquire(blocking=False), "the next one may be made"
    pdf._one_at_once.release()


def test_who_asks_too_often_waits(client, article, settings):
    settings.PDF_REQUESTS_A_MINUTE = 1
    with mock.patch.object(pdf, "pdf_of", return_value=b"%PDF"):
        assert client.get(article_address(article)).status_code == 200
        response = client.get(article_address(article))
    assert response.status_code == 429 and int(response["Retry-After"]) > 0


# The ways to a PDF


def test_pages_lead_to_their_pdf(client, article, lantern, readable):
    assert article_address(article) in links_of(client.get(article.url))
    assert year_address(lantern) in links_of(client.get(lantern.url))
    query = "?q=jardin&sort=date"
    assert search_address(query) in links_of(client.get(reverse("search:page") + query + "&page=1"))
    assert "page" in LEFT_ASIDE


def test_printing_needs_a_script_and_is_offered_by_it(client, article):
    (button,) = page_of(client.get(article.url)).select("button[data-print]")
    assert button.has_attr("hidden")


def test_a_year_is_offered_as_soon_as_something_is_told_in_it(client, article, lantern):
    assert year_address(lantern, 2019) not in links_of(client.get(lantern.url))
    older = ArticlePageFactory(parent=lantern, published_on="2019-06-01", live=False)
    older.save_revision().publish()
    assert year_address(lantern, 2019) in links_of(client.get(lantern.url))
    older.refresh_from_db()
    older.unpublish()
    assert year_address(lantern, 2019) not in links_of(client.get(lantern.url))


def test_a_house_without_dated_articles_offers_no_year(client, lantern):
    ArticlePageFactory(parent=lantern)
    assert not page_of(client.get(lantern.url)).select(".take-away")


def test_the_year_of_a_house_in_another_language_is_not_taken_for_it(client, article, lantern):
    with override("en"):
        address = year_address(lantern)
    assert client.get(address).status_code == 404
