"""An agreement that ends: people are told, and one click takes the passage out, online and in the draft."""

import json
from datetime import timedelta

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Revision

from articles.models import ArticlePage
from editorial.consents import missing, tell_expired
from editorial.models import Consent, Mail, NetworkReview, open_state
from editorial.sending import send_due
from search.searching import Request, search
from tests.editorial.acts import decide
from tests.editorial.consenting import consent, quoting
from tests.factories import ArticlePageFactory, PictureFactory
from tests.portal.reading import says, text_of

pytestmark = pytest.mark.django_db

AWA = ("quotation", {"text": "On répare tout.", "who": "Awa Diop", "capacity": "trésorière"})
LUC = ("quotation", {"text": "On apprend.", "who": "Luc Petit", "capacity": ""})
TODAY = timezone.localdate()


@pytest.fixture
def article(lantern, contributor):
    """Online, by the contributor, with a picture of people; it quotes Awa Diop and Luc Petit."""
    picture = PictureFactory(title="Le stand", shows_people=True)
    article = ArticlePageFactory(
        parent=lantern, title="Un repair café", owner=contributor, picture=picture
    )
    return quoting(article, AWA, LUC, user=contributor, publish=True)


@pytest.fixture
def agreed(article):
    """Awa Diop's agreement, until yesterday."""
    return consent(
        article, "Awa Diop", given_on=TODAY - timedelta(days=30), until=TODAY - timedelta(days=1)
    )


def take_out(client, user, agreement, how="anonymise", words="une bénévole"):
    client.force_login(user)
    data = {"how": how, "words": words, "confirm": "1"}
    return client.post(reverse("editorial_take_out", args=[agreement.pk]), data, follow=True)


def online(page):
    return ArticlePage.objects.get(pk=page.pk)


def latest(page):
    return online(page).get_latest_revision_as_object()


def recipients():
    mail.outbox.clear()
    send_due(timezone.now())
    return sorted(address for sent in mail.outbox for address in sent.to)


# Telling


def test_the_house_the_author_and_the_network_are_told_once(
    agreed, contributor, lead, editor, outsider
):
    assert tell_expired(TODAY) == 1
    expected = sorted([contributor.email, lead.email, editor.email])
    assert recipients() == expected
    assert reverse("editorial_take_out", args=[agreed.pk]) in mail.outbox[0].body
    assert tell_expired(TODAY + timedelta(days=1)) == 0 and recipients() == []


def test_nobody_is_told_on_the_last_day(agreed, lead):
    Consent.objects.update(until=TODAY)
    assert tell_expired(TODAY) == 0
    assert tell_expired(TODAY + timedelta(days=1)) == 1


def test_an_agreement_given_again_disturbs_nobody(article, agreed, lead):
    consent(article, "Awa Diop")
    assert tell_expired(TODAY) == 0 and recipients() == []


def test_an_article_without_the_person_disturbs_nobody(article, agreed, lead, contributor):
    quoting(article, LUC, user=contributor, publish=True)
    assert tell_expired(TODAY) == 0


def test_an_agreement_prolonged_is_told_of_again_when_it_ends(client, agreed, lead):
    tell_expired(TODAY)
    client.force_login(lead)
    data = {"person": "Awa Diop", "to_text": "on", "to_name": "on", "given_on": "2026-01-05"}
    url = reverse("editorial_consent_edit", args=[agreed.pk])
    client.post(url, {**data, "until": (TODAY + timedelta(days=5)).isoformat()})
    assert tell_expired(TODAY + timedelta(days=5)) == 0
    assert tell_expired(TODAY + timedelta(days=6)) == 1


def test_an_author_who_left_the_house_is_not_told(agreed, contributor, lead):
    contributor.memberships.get().delete()
    tell_expired(TODAY)
    assert recipients() == [lead.email]


def test_a_withdrawal_is_told_to_the_others_and_leads_to_the_next_step(
    client, article, agreed, contributor, lead, editor
):
    client.force_login(contributor)
    url = reverse("editorial_consent_withdraw", args=[agreed.pk])
    client.get(url)
    agreed.refresh_from_db()
    assert agreed.withdrawn_on is None, "to look is not to withdraw"
    answer = client.post(url)
    agreed.refresh_from_db()
    assert agreed.withdrawn_on == TODAY
    assert answer.url == reverse("editorial_take_out", args=[agreed.pk])
    assert recipients() == sorted([lead.email, editor.email])
    history = client.get(reverse("wagtailadmin_pages:history", args=[article.pk]))
    assert says(history, "A person no longer agrees to appear in the article")


# Taking out


def test_one_click_anonymises_what_is_online_and_in_the_search(client, article, agreed, lead):
    assert search(Request(text="Awa Diop")).total == 1
    screen = take_out(client, lead, agreed)
    body = online(article).body
    assert [block.value["text"] for block in body] == ["On répare tout.", "On apprend."]
    assert (body[0].value["who"], body[0].value["capacity"]) == ("", "une bénévole")
    assert body[1].value["who"] == "Luc Petit"
    assert search(Request(text="Awa Diop")).total == 0
    assert search(Request(text="répare")).total == 1
    client.logout()
    public = client.get(article.url)
    assert "Awa Diop" not in public.text and "une bénévole" in public.text
    assert says(screen, "Done: the article no longer has these passages.")


def test_the_screen_shows_what_will_change_and_changes_nothing(client, article, agreed, lead):
    client.force_login(lead)
    url = reverse("editorial_take_out", args=[agreed.pk])
    answer = client.get(url)
    assert "« On répare tout. » Awa Diop" in text_of(answer)
    assert "On apprend" not in text_of(answer)
    client.post(url, {"how": "remove", "preview": "1"})
    assert online(article).body[0].value["who"] == "Awa Diop"


def test_the_quotation_goes_where_that_is_asked(client, article, agreed, lead):
    take_out(client, lead, agreed, how="remove")
    assert [block.value["text"] for block in online(article).body] == ["On apprend."]


def test_without_words_nobody_is_named_all_the_same(client, article, agreed, lead):
    take_out(client, lead, agreed, words="")
    value = online(article).body[0].value
    assert value["who"] == "" and value["capacity"]


def test_an_anonymous_quotation_asks_for_no_consent(client, article, agreed, lead):
    take_out(client, lead, agreed)
    assert "Awa Diop" not in [passage.who for passage in missing(online(article))]


def test_pictures_go_wherever_the_article_shows_them(client, lantern, lead):
    crowd = PictureFactory(title="La fête", shows_people=True)
    hall = PictureFactory(title="La salle")
    images = [
        ("image", {"image": {"image": each.pk, "alt_text": "", "decorative": True}, "caption": ""})
        for each in (crowd, hall)
    ]
    article = ArticlePageFactory(parent=lantern, picture=crowd, social_image=crowd)
    quoting(article, *images, publish=True)
    agreement = consent(
        article, "Awa Diop", to_text=False, to_name=False, to_picture=True,
        covers=[f"picture-{crowd.pk}"], withdrawn_on=TODAY,
    )  # fmt: skip
    take_out(client, lead, agreement)
    left = online(article)
    assert left.picture is None and left.social_image is None
    assert [block.value["image"].pk for block in left.body] == [hall.pk]


def test_the_name_goes_from_speaker_and_contacts_too(client, article, agreed, lead):
    page = latest(article)
    page.speaker, page.speaker_role = "Awa Diop", "trésorière"
    contact = {"type": "contact", "value": {"name": "awa diop", "email": "awa@example.org"}}
    page.contacts = json.dumps([contact])
    page.save_revision().publish()
    take_out(client, lead, agreed)
    left = online(article)
    assert left.speaker == left.speaker_role == "" and not left.contacts
    assert search(Request(text="Awa Diop")).total == 0


def test_a_name_left_in_running_text_is_pointed_at(client, article, agreed, lead, contributor):
    text = "<p>Merci à <b>Awa</b> Diop, qui a tout réparé.</p>"
    quoting(article, AWA, ("paragraph", text), user=contributor, publish=True)
    client.force_login(lead)
    answer = client.get(reverse("editorial_take_out", args=[agreed.pk]))
    assert "Merci à Awa Diop, qui a tout réparé." in text_of(answer)


def test_a_draft_keeps_all_its_other_changes(client, article, agreed, lead, contributor):
    draft = latest(article)
    draft.title, draft.summary = "Un titre à venir", "Pas encore en ligne."
    draft.save_revision(user=contributor)
    take_out(client, lead, agreed)
    page, draft = online(article), latest(article)
    assert page.title == "Un repair café" and page.summary == ""
    assert page.body[0].value["who"] == draft.body[0].value["who"] == ""
    assert (draft.title, draft.summary) == ("Un titre à venir", "Pas encore en ligne.")
    assert page.has_unpublished_changes and page.draft_title == "Un titre à venir"
    assert page.latest_revision.user == contributor, "who is still its writer"


def test_an_article_that_is_not_online_stays_so(client, article, agreed, lead):
    article.unpublish()
    take_out(client, lead, agreed)
    assert not online(article).live
    assert latest(article).body[0].value["who"] == ""


def test_a_review_under_way_goes_on_with_its_author(
    client, article, agreed, contributor, lead, second_lead, editor
):
    draft = latest(article)
    draft.title = "Un titre à venir"
    draft.save_revision(user=contributor)
    online(article).get_workflow().start(online(article), contributor)
    state = open_state(article)
    decide(client, second_lead, article, "approve")
    step = open_state(article)
    assert isinstance(step.task.specific, NetworkReview) and step.pk != state.pk
    take_out(client, lead, agreed)
    after = open_state(article)
    assert after.pk == step.pk, "the review neither ends nor begins again"
    assert after.writer == contributor
    assert online(article).title == "Un repair café"
    decide(client, editor, article, "approve")
    page = online(article)
    assert page.title == "Un titre à venir" and page.body[0].value["who"] == ""


def test_what_is_planned_stays_planned_without_the_passage(
    client, article, agreed, lead, contributor
):
    draft = latest(article)
    draft.title, draft.go_live_at = "Demain", timezone.now() + timedelta(days=1)
    draft.save_revision(user=contributor).publish()
    assert Revision.objects.filter(approved_go_live_at__isnull=False).count() == 1
    take_out(client, lead, agreed)
    planned = Revision.objects.get(approved_go_live_at__isnull=False)
    assert planned.as_object().title == "Demain" and "Awa" not in str(planned.content)
    assert online(article).title == "Un repair café"
    assert online(article).body[0].value["who"] == ""


def test_what_was_done_is_kept_without_the_name(client, article, agreed, lead):
    take_out(client, lead, agreed)
    history = client.get(reverse("wagtailadmin_pages:history", args=[article.pk]))
    assert says(history, "the agreement of the person had expired") and lead.username in (
        text_of(history)
    )
    assert "Awa" not in text_of(history)


def test_an_author_asks_a_lead(client, article, agreed, contributor):
    answer = take_out(client, contributor, agreed)
    assert online(article).body[0].value["who"] == "Awa Diop"
    assert 'name="confirm"' not in answer.text


def test_a_second_click_changes_nothing(client, article, agreed, lead):
    take_out(client, lead, agreed)
    count = article.revisions.count()
    take_out(client, lead, agreed)
    assert article.revisions.count() == count


def test_earlier_versions_keep_the_passage_until_the_person_is_erased(
    client, article, agreed, lead
):
    take_out(client, lead, agreed)
    assert any("Awa Diop" in str(revision.content) for revision in article.revisions.all())


# Forgetting a person


def erase(client, user, name="Awa Diop", **data):
    client.force_login(user)
    url = f"{reverse('editorial_consent_erase')}?name={name}"
    return client.post(url, {"how": "anonymise", "words": "", "confirm": "1", **data}, follow=True)


def test_erasing_forgets_name_proof_and_mails(client, article, agreed, lead):
    agreed.proof = SimpleUploadedFile("a.pdf", b"un")
    agreed.note = "Au téléphone"
    agreed.save()
    storage, name = agreed.proof.storage, agreed.proof.name
    tell_expired(TODAY)
    assert Mail.objects.exists()
    erase(client, lead)
    left = Consent.objects.get()
    assert (left.person, left.note, left.covers, left.person_key) == ("", "", [], "")
    assert left.erased_on == TODAY and left.to_text
    assert not storage.exists(name) and not Mail.objects.exists()
    assert online(article).body[0].value["who"] == "Awa Diop", "not asked for"
    assert client.get(f"{reverse('editorial_consent_person')}?name=Awa Diop").status_code == 404


def test_erasing_with_the_passages_forgets_them_in_every_version(client, article, agreed, lead):
    erase(client, lead, with_passages="on")
    assert online(article).body[0].value["who"] == ""
    assert not [each for each in article.revisions.all() if "Awa Diop" in str(each.content)]
    assert search(Request(text="Awa Diop")).total == 0
    assert all(
        "Luc Petit" in str(each.content)
        for each in article.revisions.all()
        if each.content["body"] != "[]"
    )


def test_looking_erases_nothing(client, article, agreed, lead):
    client.force_login(lead)
    answer = client.get(f"{reverse('editorial_consent_erase')}?name=Awa Diop")
    assert "Un repair café" in text_of(answer)
    assert Consent.objects.get().person == "Awa Diop"


def test_a_house_erases_in_its_own_articles_alone(client, article, agreed, lead, harbour):
    there = quoting(ArticlePageFactory(parent=harbour), AWA, publish=True)
    consent(there, "Awa Diop")
    erase(client, lead, with_passages="on")
    assert Consent.objects.get(page=there).person == "Awa Diop"
    assert online(there).body[0].value["who"] == "Awa Diop"


def test_an_author_erases_nothing_without_a_lead(client, article, agreed, contributor):
    erase(client, contributor, with_passages="on")
    assert Consent.objects.get().person == "Awa Diop"
