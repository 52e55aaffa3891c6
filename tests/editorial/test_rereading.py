"""What an attentive colleague notices, rule by rule, and the panel that says it."""

import json

import pytest
from django.urls import reverse

from articles.models import ArticlePage
from editorial.writing import rules
from editorial.writing.documents import unread_documents
from editorial.writing.passages import Reading
from editorial.writing.rereading import reread
from portal.documents import Obstacle
from tests.editorial.acts import save, submit
from tests.factories import (
    ArticlePageFactory,
    CategoryFactory,
    DocumentFactory,
    PictureFactory,
    TypologyFactory,
    article_form_data,
    stored,
)
from tests.portal.reading import page_of, text_of


def article(*body, **fields):
    return ArticlePage(**{"title": "Une remise", "body": stored(*body), **fields})


def heading(text, level="2"):
    return ("heading", {"text": text, "level": level})


def paragraph(html):
    return ("paragraph", html if html.startswith("<") else f"<p>{html}</p>")


def table(caption="Les coûts", header="row"):
    options = {"table_caption": caption, "table_header_choice": header}
    return ("table", {"data": [["Poste", "Coût"], ["Bois", "38"]], **options})


def video(transcript, url="https://x.org/v", **said):
    return ("video", {"url": url, "title": "Un film", "transcript": transcript, **said})


def found(rule, *body, **fields):
    return list(rule(Reading(article(*body, **fields))))


VIMEO = "https://vimeo.com/1234"
SAID = "Nous étions venus pour une affiche, nous sommes repartis avec une trésorière."
LONG_SENTENCE = "Nous avons " + "fait et refait " * 14 + "le tour."
SHORT_SENTENCES = "Nous avons essayé. " * 30
NAMES = "Mme A. Martin vit à St. Malo. " * 5


@pytest.mark.parametrize(
    "rule, body",
    [
        (rules.empty_blocks, [paragraph("")]),
        (rules.empty_blocks, [("takeaways", {"points": [""]})]),
        (rules.empty_blocks, [("quotation", {"text": "", "who": "", "capacity": ""})]),
        (rules.empty_blocks, [("video", {"url": "", "title": "Un film"})]),
        (rules.headings_out_of_order, [heading("Le début", "3"), paragraph("Texte")]),
        (rules.headings_out_of_order, [heading("La fin")]),
        (rules.headings_out_of_order, [heading("Un"), heading("Deux"), paragraph("Texte")]),
        (rules.bold_headings, [paragraph("<p><b>Ce que nous avons fait</b></p>")]),
        (rules.bold_headings, [paragraph("<p>A</p><p><b>Ce que </b><b>c’était</b></p>")]),
        (rules.tables_unnamed, [table(caption="")]),
        (rules.tables_unnamed, [table(header="neither")]),
        (rules.videos_untold, [video("")]),
        (rules.videos_untold, [video("<p> </p>")]),
        (rules.videos_untold, [video("<p>Dit</p>", VIMEO)]),
        (rules.videos_untold, [video("<p>Dit</p>", VIMEO, captioned=True)]),
        (rules.quotations_in_text, [paragraph(f"«\u00a0{SAID}\u00a0».")]),
        (rules.vague_links, [paragraph('<p>Pour cela <a href="/x">cliquez ici</a></p>')]),
        (rules.vague_links, [paragraph('<p><a href="/x">En savoir plus…</a></p>')]),
        (rules.vague_links, [paragraph('<p><a href="https://x.org/">https://x.org/a</a></p>')]),
        (rules.vague_links, [("links", {"links": [{"url": "https://x.org/", "label": "Ici"}]})]),
        (rules.in_capitals, [paragraph("Voici LE MARCHÉ DES ASSOCIATIONS du quartier")]),
        (rules.in_capitals, [heading("D’OÙ NOUS PARTIONS TOUS")]),
        (rules.long_sentences, [paragraph(LONG_SENTENCE)]),
        (rules.long_paragraphs, [paragraph("Nous avons essayé. " * 50)]),
        (rules.careless_signs, [paragraph("Venez nombreux !!!")]),
        (rules.careless_signs, [paragraph("Deux  espaces")]),
    ],
)
def test_a_fault_is_found_where_it_stands(rule, body):
    page = article(*body)
    (finding,) = list(rule(Reading(page)))
    assert finding.message and finding.where in {f"block-{b.id}-section" for b in page.body}
    refused = rule is rules.empty_blocks
    assert finding.severity == (rules.Severity.MUST if refused else rules.Severity.SHOULD)


@pytest.mark.parametrize(
    "rule, body",
    [
        (rules.empty_blocks, [paragraph("Texte"), ("takeaways", {"points": ["", "Un"]})]),
        (rules.empty_blocks, [("table", {"data": [["", "1"]]})]),
        (rules.headings_out_of_order, [heading("A"), heading("B", "3"), paragraph("Texte")]),
        (rules.bold_headings, [paragraph("<p><b>Attention</b> : le portail grince.</p>")]),
        (rules.tables_unnamed, [table()]),
        (rules.tables_unnamed, [table(header="column")]),
        (rules.tables_unnamed, [("table", {"data": [["", ""]]})]),
        (rules.videos_untold, [video("<p>Le portail grince.</p>")]),
        (rules.videos_untold, [video("<p>Dit</p>", VIMEO, captioned=True, told=True)]),
        (rules.quotations_in_text, [paragraph(f"Elle dit\u00a0: «\u00a0{SAID}\u00a0»")]),
        (rules.quotations_in_text, [paragraph("«\u00a0Non.\u00a0»")]),
        (rules.quotations_in_text, [("quotation", {"text": f"«\u00a0{SAID}\u00a0»"})]),
        (rules.vague_links, [paragraph('<p><a href="/x">Le modèle de convention</a></p>')]),
        (rules.vague_links, [paragraph('<p>Écrivez <a href="mailto:a@b.org">a@b.org</a></p>')]),
        (rules.in_capitals, [paragraph("La MJC, la CAF et le DLA de l’ESS")]),
        (rules.in_capitals, [paragraph("L’INSEE et l’URSSAF")]),
        (rules.long_sentences, [paragraph(SHORT_SENTENCES), paragraph(NAMES)]),
        (rules.long_sentences, [paragraph("<ul>" + "<li>Un point sans fin</li>" * 20 + "</ul>")]),
        (rules.long_paragraphs, [paragraph("<p>Court.</p>" * 200)]),
        (rules.careless_signs, [paragraph("Vraiment\u00a0? Oui\u00a0! «\u00a0Non\u00a0»")]),
    ],
)
def test_what_is_well_written_is_left_alone(rule, body):
    assert found(rule, *body) == []


@pytest.mark.parametrize(
    "rule, fields, where",
    [
        (rules.long_title, {"title": "a" * 91}, "id_title"),
        (rules.title_in_capitals, {"title": "UNE REMISE À OUTILS"}, "id_title"),
        (rules.working_title, {"title": "Untitled article 3"}, "id_title"),
        (rules.working_title, {"title": "Untitled article"}, "id_title"),
        (rules.no_summary, {"summary": " "}, "id_summary"),
    ],
)
def test_a_fault_of_the_head_is_found(rule, fields, where):
    assert [finding.where for finding in found(rule, **fields)] == [where]


@pytest.mark.parametrize(
    "rule, fields",
    [
        (rules.long_title, {"title": "a" * 90}),
        (rules.title_in_capitals, {"title": "MJC"}),
        (rules.working_title, {"title": "Untitled article: how to name it"}),
        (rules.no_summary, {"summary": "Deux phrases."}),
    ],
)
def test_a_good_head_is_left_alone(rule, fields):
    assert found(rule, **fields) == []


@pytest.fixture
def draft(lantern, contributor):
    return ArticlePageFactory(parent=lantern, owner=contributor, live=False, title="Une remise")


def test_an_article_without_classification_is_told_so(draft):
    assert [f.where for f in rules.unclassified(Reading(draft))] == [
        "id_typologies",
        "id_categories",
    ]
    draft.typologies, draft.categories = [TypologyFactory()], [CategoryFactory()]
    assert list(rules.unclassified(Reading(draft))) == []


def picture_block(picture, alt="", decorative=False):
    image = {"image": picture.pk, "alt_text": alt, "decorative": decorative}
    return ("image", {"image": image, "caption": ""})


@pytest.mark.parametrize("options, count", [({}, 1), ({"alt": "Une remise"}, 0)])
def test_a_picture_of_the_text_must_be_described(db, options, count):
    findings = found(rules.pictures_undescribed, picture_block(PictureFactory(), **options))
    assert [f.severity for f in findings] == [rules.Severity.MUST] * count


def test_every_block_of_the_text_can_be_read(db):
    picture = PictureFactory()
    reading = Reading(article(picture_block(picture, alt="Une remise"), paragraph("<p>Oui.</p>")))
    assert [passage.text for _block, inside in reading.pieces for passage in inside] == [
        "Une remise",
        "Oui.",
    ]
    assert reading.empty_blocks == []


def test_a_decorative_picture_needs_no_description(db):
    block = picture_block(PictureFactory(), decorative=True)
    assert found(rules.pictures_undescribed, block) == []


def test_several_pictures_without_credit_are_one_remark(db):
    one, two = PictureFactory(), PictureFactory()
    assert found(rules.pictures_without_credit, picture_block(one)) == []
    pictures = [picture_block(one), picture_block(two)]
    assert len(found(rules.pictures_without_credit, *pictures)) == 1
    credited = picture_block(PictureFactory(credit="A. Martin"))
    assert found(rules.pictures_without_credit, picture_block(one), credited) == []


def test_the_main_picture_is_to_be_described_or_left_so_knowingly(db):
    fields = {"picture": PictureFactory(), "picture_alt": ""}
    assert [f.where for f in found(rules.main_picture_undescribed, **fields)] == ["id_picture_alt"]


# The panel


def edit_address(page):
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def test_the_panel_says_what_was_found_and_leads_there(client, contributor, draft):
    draft.body = stored(paragraph('<a href="/x">cliquez ici</a>'))
    draft.save_revision()
    client.force_login(contributor)
    panel = page_of(client.get(edit_address(draft))).select_one(".rereading")
    block = draft.get_latest_revision_as_object().body[0]
    link = panel.select_one(f'a[href="#block-{block.id}-section"]')
    assert link and "cliquez ici" in link.find_parent("li").text


def test_the_reviewer_sees_the_same_panel(client, lead, editor, draft):
    for user in (lead, editor):
        client.force_login(user)
        assert page_of(client.get(edit_address(draft))).select(".rereading li")


def test_each_autosave_brings_the_panel_up_to_date(client, contributor, draft):
    client.force_login(contributor)
    data = article_form_data([("paragraph", '{"blocks": []}')], title="Venez tous !!!")
    response = client.post(edit_address(draft), data, HTTP_ACCEPT="application/json")
    html = json.loads(response.content)["html"]
    assert "Venez tous !!!" in html.split('class="rereading"')[1]


def test_an_article_with_everything_is_told_that_it_reads_well(client, contributor, draft):
    draft.summary = "Deux phrases."
    draft.typologies, draft.categories = [TypologyFactory()], [CategoryFactory()]
    draft.body = stored(paragraph("Un texte court."))
    draft.save_revision()
    client.force_login(contributor)
    panel = page_of(client.get(edit_address(draft))).select_one(".rereading")
    assert not panel.select("li") and panel.select_one("svg.icon-check")


def test_the_form_of_a_new_article_has_the_panel_for_its_first_autosave(
    client, contributor, lantern
):
    client.force_login(contributor)
    address = reverse("wagtailadmin_pages:add", args=["articles", "articlepage", lantern.pk])
    assert page_of(client.get(address)).select_one('[data-side-panel="rereading"] .rereading')


def test_advice_never_keeps_from_submitting(client, contributor, draft):
    """A title in capitals, no summary, an empty heading: it is for two people to judge."""
    client.force_login(contributor)
    body = [("heading", {"text": "RIEN NE SUIT ICI", "level": "2"})]
    data = article_form_data(body, title="TOUT EN CAPITALES !!!")
    client.post(edit_address(draft), {**data, "action-submit": "yes"})
    draft.refresh_from_db()
    assert draft.get_latest_revision_as_object().title == "TOUT EN CAPITALES !!!"
    assert draft.current_workflow_state


def test_what_must_be_put_right_is_what_the_form_refuses(client, contributor, draft):
    body = [("heading", {"text": "", "level": "2"})]
    submit(client, contributor, draft, body=body, summary="Un résumé")
    draft.refresh_from_db()
    assert draft.current_workflow_state is None
    save(client, contributor, draft, body=body, summary="Un résumé")
    draft.refresh_from_db()
    article = draft.get_latest_revision_as_object()
    assert article.summary == "Un résumé"
    assert rules.Severity.MUST in {finding.severity for finding in reread(Reading(article))}


def handed_out(document, **value):
    return ("document", {"document": document.pk, "title": "", **value})


@pytest.mark.django_db
def test_a_document_that_not_everybody_can_read_is_told_with_how_to_mend_it():
    scan = DocumentFactory(title="Affiche", readable_by_all=True, obstacles=["scan"])
    page = article(handed_out(scan))
    (finding,) = unread_documents(Reading(page))
    assert str(Obstacle.SCAN.label) in finding.message
    assert (finding.excerpt, finding.where) == ("Affiche", f"block-{page.body[0].id}-section")
    assert finding.message in [told.message for told in reread(Reading(page))]


@pytest.mark.django_db
def test_a_document_that_nobody_answers_for_is_to_be_looked_at():
    assert len(found(unread_documents, handed_out(DocumentFactory()))) == 1


@pytest.mark.django_db
def test_a_document_is_as_good_as_the_form_beside_it():
    scan, readable = DocumentFactory(obstacles=["scan"]), DocumentFactory(readable_by_all=True)
    assert not found(unread_documents, handed_out(readable))
    assert not found(unread_documents, handed_out(scan, text="<p>Article premier</p>"))
    assert not found(unread_documents, handed_out(scan, accessible_version=readable.pk))
    assert found(unread_documents, handed_out(scan, accessible_version=scan.pk))


def test_words_of_the_article_are_escaped_in_the_panel(client, contributor, draft):
    draft.body = stored(heading("<script>alert(1)</script> !!!"))
    draft.save_revision()
    client.force_login(contributor)
    response = client.get(edit_address(draft))
    assert not page_of(response).select(".rereading q script")
    assert "alert(1)" in text_of(response)


def test_the_screen_of_the_review_shows_the_advice_with_the_way_to_the_form(
    client, contributor, lead, draft
):
    submit(client, contributor, draft, title="VENEZ TOUS À LA FÊTE")
    client.force_login(lead)
    advice = page_of(client.get(reverse("editorial_review", args=[draft.pk]))).select_one(
        "details.rereading"
    )
    assert advice.select(f'a[href="{edit_address(draft)}#id_title"]')
