"""Somebody no longer agrees: they go out of the article in each of its languages."""

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail_localize.models import String, StringTranslation

from articles.models import ArticlePage
from search.searching import Request, search
from tests.editorial.consenting import consent, quoting
from tests.factories import ArticlePageFactory, put_online
from tests.portal.reading import text_of
from tests.translating import save, say, translate

pytestmark = pytest.mark.django_db

AWA = ("quotation", {"text": "On répare tout.", "who": "Awa Diop", "capacity": "trésorière"})
LUC = ("quotation", {"text": "On apprend.", "who": "Luc Petit", "capacity": ""})


@pytest.fixture
def article(lantern, contributor):
    article = ArticlePageFactory(
        parent=lantern, title="Un repair café", owner=contributor, speaker="Awa Diop"
    )
    return quoting(article, AWA, LUC, user=contributor, publish=True)


@pytest.fixture
def english(client, lead, article):
    """Its translation, online, in which the name is written otherwise."""
    page = translate(client, lead, article)
    say(page, **{f"body.{article.body[0].id}.who": "Mrs Diop"})
    save(client, lead, page)
    return put_online(page)


@pytest.fixture
def withdrawn(article):
    return consent(article, "Awa Diop", withdrawn_on=timezone.localdate())


def take_out(client, user, agreement, **data):
    client.force_login(user)
    data = {"how": "anonymise", "words": "une bénévole", "confirm": "1", **data}
    return client.post(reverse("editorial_take_out", args=[agreement.pk]), data, follow=True)


def online(page):
    return ArticlePage.objects.get(pk=page.pk)


def found(text):
    return search(Request(text=text, filters={"language": ("en",)})).total


def test_the_screen_shows_what_will_change_in_the_translation(client, lead, english, withdrawn):
    assert online(english).body[0].value["who"] == "Mrs Diop"
    client.force_login(lead)
    screen = client.get(reverse("editorial_take_out", args=[withdrawn.pk]))
    assert "« EN: On répare tout. » Mrs Diop" in text_of(screen)
    assert "EN: On apprend." not in text_of(screen)


def test_one_click_anonymises_the_translation_in_words_of_its_language(
    client, lead, article, english, withdrawn
):
    take_out(client, lead, withdrawn)
    assert online(article).body[0].value["capacity"] == "une bénévole"
    first, second = online(english).body
    assert (first.value["text"], first.value["who"]) == ("EN: On répare tout.", "")
    assert first.value["capacity"] == "Anonymous testimony"
    assert second.value["who"].endswith("Luc Petit")
    client.logout()
    assert "Diop" not in client.get(english.url).text
    assert not found("Diop") and not found("Mrs Diop")


def test_the_quotation_goes_out_of_the_translation_too(client, lead, english, withdrawn):
    take_out(client, lead, withdrawn, how="remove")
    assert [block.value["text"] for block in online(english).body] == ["EN: On apprend."]


def test_from_the_translation_the_source_is_cleared_as_well(client, lead, article, english):
    agreed = consent(english, "Mrs Diop", withdrawn_on=timezone.localdate())
    take_out(client, lead, agreed)
    assert online(article).body[0].value["who"] == ""


def test_a_translation_that_is_not_online_stays_so(client, lead, english, withdrawn):
    english.unpublish()
    take_out(client, lead, withdrawn)
    assert not online(english).live
    assert "Diop" not in str(online(english).get_latest_revision().content["body"])


def test_what_is_translated_next_does_not_bring_it_back(client, lead, english, withdrawn):
    take_out(client, lead, withdrawn)
    say(english)
    save(client, lead, english)
    assert "Diop" not in str(online(english).get_latest_revision().content["body"])


def test_erasing_leaves_nothing_in_the_versions_nor_in_the_words_of_the_translation(
    client, lead, article, english, withdrawn
):
    client.force_login(lead)
    address = f"{reverse('editorial_consent_erase')}?name=Awa Diop"
    data = {"with_passages": "on", "how": "anonymise", "words": "", "confirm": "1"}
    client.post(address, data, follow=True)
    for page in (article, english):
        for revision in page.revisions.all():
            assert "Diop" not in str(revision.content["body"])
    assert not StringTranslation.objects.filter(data__contains="Diop").exists()
    assert not String.objects.filter(data__contains="Diop").exists()
