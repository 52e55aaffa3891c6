"""Who is quoted or shown has agreed, or the article says so before it is published."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from wagtail.test.utils.form_data import nested_form_data, streamfield

from articles.models import ArticlePage
from editorial.consents import missing, publication_problem, summary
from editorial.models import Consent, open_state
from home.models import SiteSettings, WithoutConsent
from tests.editorial.acts import decide, save, submit
from tests.editorial.consenting import consent, quoting
from tests.factories import ArticlePageFactory, PictureFactory, article_form_data
from tests.portal.reading import says, text_of

WARNING = "These people have not agreed to appear in this article. Ask them before it is published:"
REFUSAL = "Your text is saved, but it cannot be published yet: these people have not agreed to appear in it."

pytestmark = pytest.mark.django_db

AWA = ("quotation", {"text": "On répare tout.", "who": "Awa Diop", "capacity": "bénévole"})


@pytest.fixture
def article(draft, contributor):
    """The contributor's draft, which quotes Awa Diop."""
    return quoting(draft, AWA, user=contributor)


@pytest.fixture
def forbidden(home):
    settings = SiteSettings.for_site(home.get_site())
    settings.without_consent = WithoutConsent.FORBID
    settings.save()


def latest(page):
    return ArticlePage.objects.get(pk=page.pk).get_latest_revision_as_object()


def labels(passages):
    return [passage.label for passage in passages]


# The rules


def test_a_quotation_with_a_name_asks_for_a_consent(article):
    [passage] = missing(latest(article))
    assert passage.who == "Awa Diop"


def test_a_quotation_of_nobody_asks_for_none(draft):
    quoting(draft, ("quotation", {"text": "On répare tout.", "who": "", "capacity": "bénévole"}))
    assert missing(latest(draft)) == []


def test_the_same_name_otherwise_spelled_is_recognised(article):
    consent(article, "AWA  DIOP")
    assert missing(latest(article)) == []


def test_a_consent_for_the_passage_serves_whatever_the_name(article):
    [passage] = missing(latest(article))
    consent(article, "Mme Diop, née Ba", covers=[passage.id])
    assert missing(latest(article)) == []


@pytest.mark.parametrize(
    "fields",
    [
        {"to_name": False},
        {"to_text": False},
        {"until": timezone.localdate() - timedelta(days=1)},
        {"withdrawn_on": timezone.localdate()},
    ],
    ids=["without the name", "without the text", "expired", "withdrawn"],
)
def test_a_consent_that_does_not_go_so_far_is_none(article, fields):
    consent(article, "Awa Diop", given_on=timezone.localdate() - timedelta(days=9), **fields)
    assert len(missing(latest(article))) == 1


def test_a_consent_holds_until_its_last_day(article):
    consent(article, "Awa Diop", until=timezone.localdate())
    assert missing(latest(article)) == []
    assert missing(latest(article), timezone.localdate() + timedelta(days=1))


def test_pictures_of_people_ask_for_a_consent(draft):
    crowd, hall = PictureFactory(title="La fête", shows_people=True), PictureFactory(title="Salle")
    draft.picture = crowd
    quoting(draft, ("image", {"image": {"image": hall.pk, "alt_text": "", "decorative": True}}))
    [passage] = missing(latest(draft))
    assert passage.is_picture and "La fête" in passage.label
    consent(draft, "Awa Diop", to_picture=True, covers=[passage.id])
    assert missing(latest(draft)) == []


def test_one_person_who_withdraws_is_enough_for_a_picture(draft):
    draft.picture = PictureFactory(shows_people=True)
    quoting(draft)
    [passage] = missing(latest(draft))
    consent(draft, "Awa Diop", to_picture=True, covers=[passage.id])
    luc = consent(draft, "Luc Petit", to_picture=True, covers=[passage.id])
    assert missing(latest(draft)) == []
    luc.withdrawn_on = timezone.localdate()
    luc.save()
    assert missing(latest(draft)) == [passage]


def test_the_summary_counts_what_lacks(article):
    quotation = ngettext("%(count)d quotation", "%(count)d quotations", 1) % {"count": 1}
    lacking = gettext("%(count)d without consent") % {"count": 1}
    assert summary(latest(article)) == f"{quotation}, {lacking}"
    consent(article, "Awa Diop")
    assert summary(latest(article)) == quotation


def test_it_takes_few_queries(article, django_assert_max_num_queries):
    page = latest(article)
    # The consents, and nothing a passage.
    with django_assert_max_num_queries(1):
        missing(page)


# Submitting


def test_submitting_warns_of_who_has_not_agreed(client, article, contributor):
    answer = submit(client, contributor, article, body=[quotation_form()])
    assert open_state(article)
    assert "Awa Diop" in text_of(answer) and says(answer, WARNING)


def test_submitting_says_nothing_where_people_agreed(client, article, contributor):
    consent(article, "Awa Diop")
    answer = submit(client, contributor, article, body=[quotation_form()])
    assert open_state(article) and not says(answer, WARNING)


def test_saving_a_draft_warns_of_nothing(client, article, contributor):
    answer = save(client, contributor, article, body=[quotation_form()])
    assert not says(answer, WARNING)


def test_where_it_is_forbidden_the_text_is_saved_and_not_submitted(
    client, article, contributor, forbidden
):
    answer = submit(
        client, contributor, article, title="Un titre tout neuf", body=[quotation_form("Luc Petit")]
    )
    assert open_state(article) is None
    assert latest(article).title == "Un titre tout neuf"
    assert latest(article).body[0].value["who"] == "Luc Petit"
    assert "Luc Petit" in text_of(answer) and says(answer, REFUSAL)


def test_where_it_is_forbidden_a_text_with_consents_goes_on(
    client, article, contributor, forbidden
):
    consent(article, "Awa Diop")
    submit(client, contributor, article, body=[quotation_form()])
    assert open_state(article)


def test_a_new_article_is_saved_and_not_submitted_either(client, lantern, contributor, forbidden):
    client.force_login(contributor)
    url = reverse("wagtailadmin_pages:add", args=["articles", "articlepage", lantern.pk])
    data = article_form_data(title="Tout neuf", body=[quotation_form()])
    answer = client.post(url, {**data, "action-submit": "1"}, follow=True)
    made = ArticlePage.objects.get(title="Tout neuf")
    assert open_state(made) is None and made.get_latest_revision_as_object().body
    assert "Awa Diop" in text_of(answer)


def test_an_approval_asks_whether_it_may_publish(article, forbidden):
    [problem] = publication_problem(latest(article))
    assert "Awa Diop" in problem
    consent(article, "Awa Diop")
    assert publication_problem(latest(article)) == []


def test_whoever_publishes_is_warned_of_who_has_not_agreed(
    client, article, contributor, lead, editor
):
    in_bulk = (
        f"{reverse('wagtail_bulk_action', args=['wagtailcore', 'page', 'publish'])}?id={article.pk}"
    )
    article.get_workflow().start(article, contributor)
    for user in (lead, editor):
        client.force_login(user)
        review = client.get(reverse("editorial_review", args=[article.pk]))
        assert says(review, WARNING) and "Awa Diop" in text_of(review)
    assert "Awa Diop" in text_of(client.get(in_bulk))
    consent(article, "Awa Diop")
    review = client.get(reverse("editorial_review", args=[article.pk]))
    assert not says(review, WARNING) and "Awa Diop" not in text_of(client.get(in_bulk))


def test_where_it_only_warns_nothing_keeps_from_publishing(article):
    assert publication_problem(latest(article)) == []


def test_a_network_editor_chooses_to_forbid(client, editor, home):
    client.force_login(editor)
    url = reverse("wagtailsettings:edit", args=["home", "sitesettings", home.get_site().pk])
    data = {"name": "Maillage", "without_consent": "forbid", "footer": "null"}
    streams = {name: streamfield([]) for name in ("navigation", "footer_navigation", "social")}
    client.post(url, {**nested_form_data(streams), **data})
    assert SiteSettings.for_site(home.get_site()).without_consent == WithoutConsent.FORBID


# The screens


def test_the_editor_leads_to_the_consents_and_says_how_they_stand(client, article, contributor):
    client.force_login(contributor)
    page = client.get(reverse("wagtailadmin_pages:edit", args=[article.pk]))
    assert reverse("editorial_consents", args=[article.pk]) in page.text
    assert summary(latest(article)) in text_of(page)


def consent_data(**fields):
    return {
        "person": "Awa Diop",
        "to_text": "on",
        "to_name": "on",
        "given_on": "2026-01-05",
        **fields,
    }


def test_a_contributor_notes_a_consent(client, article, contributor):
    client.force_login(contributor)
    [passage] = missing(latest(article))
    url = reverse("editorial_consent_add", args=[article.pk])
    form = client.get(f"{url}?passage={passage.id}")
    assert 'value="Awa Diop"' in form.text
    proof = SimpleUploadedFile("Accord Awa Diop.pdf", b"%PDF-1.4")
    answer = client.post(url, consent_data(proof=proof, covers=[passage.id]), follow=True)
    kept = Consent.objects.get()
    assert kept.recorded_by == contributor and kept.covers == [passage.id]
    assert "Diop" not in kept.proof.name
    assert missing(latest(article)) == [] and "Awa Diop" in text_of(answer)
    history = client.get(reverse("wagtailadmin_pages:history", args=[article.pk]))
    assert says(history, "The consent of a person was noted") and "Awa" not in text_of(history)


def test_a_consent_to_nothing_is_refused_with_a_word(client, article, contributor):
    client.force_login(contributor)
    data = consent_data(note="Par téléphone.")
    del data["to_text"], data["to_name"]
    answer = client.post(reverse("editorial_consent_add", args=[article.pk]), data)
    assert not Consent.objects.exists()
    assert says(answer, "Say what the person agreed to.")
    assert "Par téléphone." in answer.text, "nothing typed is lost"


def test_a_consent_that_ends_before_it_begins_is_refused(client, article, contributor):
    client.force_login(contributor)
    url = reverse("editorial_consent_add", args=[article.pk])
    client.post(url, consent_data(until="2025-01-05"))
    assert not Consent.objects.exists()


def test_a_new_proof_takes_the_place_of_the_old_one(client, article, contributor):
    client.force_login(contributor)
    kept = consent(article, "Awa Diop", proof=SimpleUploadedFile("a.pdf", b"un"))
    storage, old = kept.proof.storage, kept.proof.name
    url = reverse("editorial_consent_edit", args=[kept.pk])
    client.post(url, consent_data(role="trésorière"))
    kept.refresh_from_db()
    assert kept.proof.name == old and kept.role == "trésorière"
    client.post(url, consent_data(proof=SimpleUploadedFile("b.pdf", b"deux")))
    kept.refresh_from_db()
    assert kept.proof.read() == b"deux" and not storage.exists(old)


def test_a_proof_has_no_public_address(client, article, contributor):
    kept = consent(article, "Awa Diop", proof=SimpleUploadedFile("a.pdf", b"un"))
    assert client.get(f"/media/{kept.proof.name}").status_code == 404
    client.force_login(contributor)
    answer = client.get(reverse("editorial_consent_proof", args=[kept.pk]))
    assert b"".join(answer.streaming_content) == b"un"
    assert "no-store" in answer["Cache-Control"]


def test_a_proof_goes_with_its_article(article):
    kept = consent(article, "Awa Diop", proof=SimpleUploadedFile("a.pdf", b"un"))
    storage, name = kept.proof.storage, kept.proof.name
    article.delete()
    assert not storage.exists(name)


# Who may read


@pytest.fixture
def urls(article):
    yesterday = timezone.localdate() - timedelta(days=1)
    proof = SimpleUploadedFile("a.pdf", b"un")
    kept = consent(article, "Awa Diop", proof=proof, given_on=yesterday, until=yesterday)
    person = "?name=Awa+Diop"
    names = ["edit", "withdraw", "proof"]
    return [
        *(reverse(f"editorial_consent_{name}", args=[kept.pk]) for name in names),
        reverse("editorial_take_out", args=[kept.pk]),
        reverse("editorial_consents", args=[article.pk]),
        reverse("editorial_consent_add", args=[article.pk]),
        *(reverse(f"editorial_consent_{name}") + person for name in ("person", "export", "erase")),
    ]


@pytest.mark.parametrize("reader", ["contributor", "lead", "editor", "admin"])
def test_who_may_edit_the_article_reads_its_consents(client, urls, reader, request):
    client.force_login(request.getfixturevalue(reader))
    assert {client.get(url).status_code for url in urls} == {200}


def test_others_read_and_change_nothing(client, urls, outsider, lantern):
    client.force_login(outsider)
    for url in urls:
        assert client.get(url).status_code == 404, url
        assert client.post(url, consent_data(confirm="1", how="remove")).status_code == 404, url
    kept = Consent.objects.get()
    assert kept.withdrawn_on is None and kept.erased_on is None


def test_a_colleague_who_may_not_edit_the_article_reads_nothing(client, lantern, lead, contributor):
    hers = quoting(ArticlePageFactory(parent=lantern, live=False, owner=lead), AWA)
    kept = consent(hers, "Awa Diop")
    client.force_login(contributor)
    assert client.get(reverse("editorial_consent_edit", args=[kept.pk])).status_code == 404
    assert client.get(reverse("editorial_consents", args=[hers.pk])).status_code == 404


def test_visitors_are_asked_to_log_in(client, urls):
    assert {client.get(url).status_code for url in urls} == {302}


def test_the_register_is_nowhere_in_public(client, article, lead, editor, contributor):
    consent(article, "Zénobie Secrète", note="Au téléphone", reference="classeur 12")
    submit(client, contributor, article)
    decide(client, lead, article, "approve")
    decide(client, editor, article, "approve")
    client.logout()
    online = ArticlePage.objects.get(pk=article.pk)
    assert online.live
    for url in (online.url, "/recherche/?q=secrete", "/api/search/?q=secrete"):
        answer = client.get(url)
        assert "Zénobie" not in answer.text and "classeur 12" not in answer.text, url


def quotation_form(who="Awa Diop"):
    return ("quotation", {"text": "On répare tout.", "who": who, "capacity": "bénévole"})


def test_where_it_is_forbidden_the_network_cannot_put_it_online(
    client, article, contributor, editor, home
):
    article.get_workflow().start(article, contributor)
    state = open_state(article)
    settings = SiteSettings.for_site(home.get_site())
    settings.without_consent = WithoutConsent.FORBID
    settings.save()
    answer = decide(client, editor, article, "approve", comment="Très bien.")
    assert "Awa Diop" in answer.text and "Très bien." in answer.text
    assert open_state(article).pk == state.pk and not latest(article).live
    consent(article, "Awa Diop")
    decide(client, editor, article, "approve")
    assert open_state(article) is None
