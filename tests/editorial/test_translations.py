"""A translation goes through the review of any text, and tells what its source says otherwise."""

import json

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page
from wagtail_localize.models import StringTranslation

from articles.models import ArticlePage
from editorial.consents.rules import missing
from editorial.models import HouseReview, NetworkReview, open_state
from houses.models import HousePage
from tests.editorial.acts import decide, step
from tests.editorial.consenting import consent, quoting
from tests.editorial.desk import get, rows, titles
from tests.factories import (
    ArticlePageFactory,
    PlainPageFactory,
    article_form_data,
    put_online,
    stored,
)
from tests.portal.reading import page_of, says, text_of
from tests.translating import english, save, say, submit, translate, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def article(lantern, contributor):
    body = stored(("paragraph", "<p>Chacun apporte un outil.</p><p>Chacun en prend un.</p>"))
    return ArticlePageFactory(
        parent=lantern, title="Un jardin", summary="Bref.", body=body, owner=contributor
    )


@pytest.fixture
def translation(client, contributor, article):
    return translate(client, contributor, article)


@pytest.fixture
def online(client, contributor, lead, translation):
    """The translation, whole and public."""
    say(translation)
    save(client, contributor, translation)
    return put_online(translation)


def editor_url(page):
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def localize_url(name, *arguments):
    return reverse(f"wagtail_localize:{name}", args=arguments)


def public(page):
    """The title that visitors read, None where they read none."""
    page = Page.objects.get(pk=page.pk)
    return page.title if page.live else None


def rewrite(article, text, **fields):
    """Publish another text of the article."""
    article = ArticlePage.objects.get(pk=article.pk)
    block = article.body.raw_data[0]
    article.body = json.dumps([{**block, "value": text}])
    for name, value in fields.items():
        setattr(article, name, value)
    article.save_revision().publish()


# The review


@pytest.mark.parametrize("name", ["contributor", "lead", "editor", "admin"])
def test_nobody_puts_a_translation_online_without_a_review(
    request, client, translation, name, django_capture_on_commit_callbacks
):
    user = request.getfixturevalue(name)
    say(translation)
    client.force_login(user)
    words = words_of(translation)
    update = localize_url("update_translations", words.source_id)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(editor_url(translation), {"action": "publish"})
        client.post(editor_url(translation), article_form_data(**{"action-publish": "1"}))
        client.post(update, {"publish_translations": "on"})
        client.post(localize_url("convert_to_alias", translation.pk))
        client.post(localize_url("stop_translation", words.pk))
        client.post(editor_url(translation), {"localize-restart-translation": "1"})
        client.post(editor_url(translation), {"localize-convert-to-alias": "1"}, follow=True)
        save(client, user, translation)
    assert public(translation) is None
    assert Page.objects.get(pk=translation.pk).alias_of is None


@pytest.mark.parametrize("name", ["contributor", "lead", "editor", "admin"])
def test_what_is_online_changes_by_a_review_alone(
    request, client, online, name, django_capture_on_commit_callbacks
):
    user = request.getfixturevalue(name)
    StringTranslation.objects.filter(context__path="title").update(data="In secret")
    client.force_login(user)
    source = words_of(online).source_id
    with django_capture_on_commit_callbacks(execute=True):
        save(client, user, online)
        client.post(editor_url(online), {"action": "publish"})
        client.post(localize_url("update_translations", source), {"publish_translations": "on"})
        client.post(localize_url("convert_to_alias", online.pk))
    assert public(online) == "EN: Un jardin"
    assert Page.objects.get(pk=online.pk).get_latest_revision_as_object().title == "In secret"


def test_a_translation_is_put_online_by_its_house_then_the_network(
    client, contributor, lead, editor, translation
):
    say(translation)
    submit(client, contributor, translation)
    assert step(translation) is HouseReview
    decide(client, lead, translation, "approve")
    assert step(translation) is NetworkReview and public(translation) is None
    decide(client, editor, translation, "approve")
    assert public(translation) == "EN: Un jardin"


def test_who_translated_does_not_approve_it(client, lead, editor, lantern):
    article = ArticlePageFactory(parent=lantern, title="Un four", owner=editor)
    translation = translate(client, editor, article)
    say(translation)
    submit(client, editor, translation)
    decide(client, lead, translation, "approve")
    decide(client, editor, translation, "approve")
    assert public(translation) is None and step(translation) is NetworkReview


def test_a_translation_goes_on_where_changes_were_asked_for(client, contributor, lead, translation):
    say(translation)
    submit(client, contributor, translation)
    decide(client, lead, translation, "reject", comment="Le titre")
    assert open_state(translation) is None
    StringTranslation.objects.filter(context__path="title").update(data="A garden")
    submit(client, contributor, translation)
    assert step(translation) is HouseReview
    assert open_state(translation).revision.as_object().title == "A garden"


def test_a_text_in_two_languages_is_submitted_to_nobody(client, contributor, lead, translation):
    response = submit(client, contributor, translation)
    assert open_state(translation) is None
    assert "un texte en deux langues ne s’envoie pas en relecture" in text_of(response)


def test_a_text_under_review_is_replaced_by_a_whole_one_only(
    client, contributor, lead, translation
):
    say(translation)
    submit(client, contributor, translation)
    StringTranslation.objects.filter(context__path="summary").delete()
    save(client, contributor, translation)
    assert open_state(translation).revision.as_object().summary == "EN: Bref."


def test_a_passage_that_cannot_be_so_is_said_and_nothing_is_lost(client, contributor, translation):
    say(translation, title="x" * 300)
    response = submit(client, contributor, translation)
    assert says(
        response, "Nothing was saved yet: the passages marked in red cannot be as they are."
    )
    assert open_state(translation) is None
    title = StringTranslation.objects.get(context__path="title")
    assert title.data == "x" * 300 and title.has_error


def test_the_address_is_made_from_the_translated_title(client, contributor, translation):
    say(translation, title="A garden")
    save(client, contributor, translation)
    assert ArticlePage.objects.get(pk=translation.pk).slug == "a-garden"


def test_nobody_saves_the_translation_of_another_house(client, outsider, online):
    before = online.revisions.count()
    say(online)
    assert save(client, outsider, online).status_code in {403, 302, 200}
    assert online.revisions.count() == before


def test_the_page_of_a_house_and_a_plain_page_are_translated_and_reviewed(
    client, editor, lead, lantern
):
    for page in (lantern, PlainPageFactory(title="Mentions", summary="Légales")):
        page.summary = "Une phrase"
        page.save_revision().publish()
        translation = translate(client, editor, page)
        say(translation)
        submit(client, editor, translation)
        assert open_state(translation) is not None
        fresh = type(page).objects.get(pk=translation.pk)
        assert fresh.get_latest_revision_as_object().summary == "EN: Une phrase"
        assert not fresh.live


def test_a_page_that_mirrored_its_source_stays_as_it_is_until_the_review(
    client, lead, article, translation, lantern
):
    lantern.summary = "Une phrase"
    lantern.save_revision().publish()
    mirror = HousePage.objects.get(house=lantern.house, locale=english())
    assert mirror.live and mirror.alias_of_id == lantern.pk
    translated = translate(client, lead, lantern)
    say(translated)
    submit(client, lead, translated)
    assert translated.pk == mirror.pk
    fresh = HousePage.objects.get(pk=mirror.pk)
    assert (fresh.live, fresh.summary, fresh.alias_of_id) == (True, "Une phrase", None)
    assert fresh.get_latest_revision_as_object().summary == "EN: Une phrase"


# Those who are quoted


def test_who_agreed_to_be_quoted_agreed_in_every_language(client, contributor, article):
    quotation = ("quotation", {"text": "Il faut oser.", "who": "Awa Diallo", "capacity": ""})
    article = quoting(article, quotation, publish=True)
    translation = translate(client, contributor, article)
    say(translation)
    save(client, contributor, translation)
    draft = ArticlePage.objects.get(pk=translation.pk)
    assert draft.body[0].value["text"] == "EN: Il faut oser." and missing(draft)
    agreed = consent(article, "Awa Diallo", covers=[article.body[0].id])
    assert not missing(draft)
    agreed.withdrawn_on = timezone.localdate()
    agreed.save()
    assert missing(draft)


# What changed in the source


def test_a_translation_says_what_its_source_says(client, contributor, online):
    assert titles(client, contributor, "outdated") == []
    assert says(client.get(editor_url(online)), "Every passage is translated.")


def test_exactly_the_passages_that_changed_are_told_in_old_and_new_words(
    client, contributor, lead, article, online
):
    rewrite(article, "<p>Chacun apporte deux outils.</p><p>Chacun en prend un.</p>")
    (row,) = rows(client, lead, "outdated")
    assert row["Titre"] == "EN: Un jardin"
    told = " ".join(row.values())
    assert "Texte : Chacun apporte un outil. → Chacun apporte deux outils." in told
    assert "Chacun en prend un" not in told and "Bref" not in told
    (changes,) = page_of(get(client, lead, "outdated")).select("td.comparison")
    struck = " ".join(tag.text for tag in changes.select(".deletion"))
    added = " ".join(tag.text for tag in changes.select(".addition"))
    assert "un outil" in struck and "deux outils" in added
    for page in (online, article):
        assert "1 passage à revoir" in text_of(client.get(editor_url(page)))


def test_a_passage_taken_out_of_the_source_is_told(client, contributor, lead, article, online):
    rewrite(article, "<p>Chacun apporte un outil.</p>")
    (row,) = rows(client, lead, "outdated")
    assert "Chacun en prend un. →" in " ".join(row.values())
    save(client, contributor, online)
    assert rows(client, lead, "outdated") == []
    draft = ArticlePage.objects.get(pk=online.pk).get_latest_revision_as_object()
    assert "Chacun en prend un" not in draft.body[0].value.source
    assert "Chacun en prend un" in ArticlePage.objects.get(pk=online.pk).body[0].value.source


def test_what_is_only_in_the_draft_of_the_source_is_told_to_nobody(
    client, contributor, lead, article, online
):
    article.title = "Pas encore"
    article.save_revision()
    assert titles(client, lead, "outdated") == []


def test_a_translation_is_up_to_date_once_what_changed_is_translated(
    client, contributor, lead, article, online
):
    rewrite(article, "<p>Autre chose.</p>")
    assert titles(client, lead, "outdated") == ["EN: Un jardin"]
    say(online)
    save(client, contributor, online)
    assert titles(client, lead, "outdated") == []


def test_the_translations_of_other_houses_are_not_told(client, outsider, translation):
    assert rows(client, outsider, "outdated") == []


def test_the_report_asks_no_more_for_more_translations(
    client, lead, contributor, lantern, translation, django_assert_max_num_queries
):
    get(client, lead, "outdated")
    with django_assert_max_num_queries(60) as captured:
        assert get(client, lead, "outdated").status_code == 200
    most = len(captured)
    for number in range(4):
        translate(Client(), lead, ArticlePageFactory(parent=lantern, title=f"Autre {number}"))
    get(client, lead, "outdated")
    with django_assert_max_num_queries(most):
        get(client, lead, "outdated")


# Who sees what


@pytest.mark.parametrize("name", ["preview_translation", "download_pofile"])
def test_the_words_of_a_hidden_translation_are_answered_as_none_are(
    client, outsider, translation, name
):
    client.force_login(outsider)
    answer = client.get(localize_url(name, words_of(translation).pk))
    assert answer.status_code == 404 == client.get(localize_url(name, 99_999)).status_code


def test_no_word_of_another_house_is_changed(client, outsider, online):
    client.force_login(outsider)
    words = words_of(online)
    passage = words.source.stringsegment_set.get(context__path="title")
    address = localize_url("edit_string_translation", words.pk, passage.pk)
    client.put(address, "value=Autre", content_type="application/x-www-form-urlencoded")
    assert StringTranslation.objects.get(context__path="title").data == "EN: Un jardin"


def test_the_software_s_own_report_is_not_there(client, admin):
    client.force_login(admin)
    address = localize_url("translations_report")
    assert client.get(address).status_code == 404
    assert address not in client.get(reverse("wagtailadmin_home")).text


def test_to_translate_is_offered_to_those_who_may(client, contributor, lead, lantern, article):
    address = localize_url("submit_page_translation", article.pk)
    for user in (contributor, lead):
        client.force_login(user)
        assert address in client.get(editor_url(article)).text
    client.force_login(contributor)
    explorer = client.get(reverse("wagtailadmin_explore", args=[lantern.pk]))
    assert localize_url("submit_page_translation", lantern.pk) not in explorer.text


# Machine translation


def test_nothing_is_translated_by_a_machine_unless_the_settings_say_by_which(
    client, contributor, translation
):
    client.force_login(contributor)
    editor = page_of(client.get(editor_url(translation)))
    props = json.loads(editor.select_one(".js-translation-editor")["data-props"])
    assert props["machineTranslator"] is None
    machine = localize_url("machine_translate", words_of(translation).pk)
    assert client.post(machine).status_code == 404


def test_a_machine_only_suggests(client, contributor, translation, settings):
    settings.WAGTAILLOCALIZE_MACHINE_TRANSLATOR = {
        "CLASS": "wagtail_localize.machine_translators.dummy.DummyTranslator"
    }
    client.force_login(contributor)
    client.post(localize_url("machine_translate", words_of(translation).pk))
    assert StringTranslation.objects.filter(translation_type="machine").exists()
    assert public(translation) is None and open_state(translation) is None
