"""Two people on one text: no text is lost, and whoever saves last is told."""

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from tests.factories import ArticlePageFactory, article_form_data

JSON = {"HTTP_ACCEPT": "application/json"}


@pytest.fixture
def draft(lantern, contributor):
    return ArticlePageFactory(parent=lantern, owner=contributor, live=False, title="Une remise")


class Writer:
    """Somebody with the form open: what they send says which version they had opened."""

    def __init__(self, client, user, page):
        self.client, self.user = client, user
        self.address = reverse("wagtailadmin_pages:edit", args=[page.pk])
        page.refresh_from_db()
        revision = page.latest_revision
        self.sent = {
            "loaded_revision_id": revision.pk,
            "loaded_revision_created_at": revision.created_at.isoformat(),
        }

    def save(self, summary, **options):
        self.client.force_login(self.user)
        data = article_form_data(title="Une remise", summary=summary, **self.sent)
        response = self.client.post(self.address, data, **options)
        self.told = [str(message) for message in get_messages(response.wsgi_request)]
        return response

    def autosave(self, summary):
        answer = self.save(summary, **JSON).json()
        if answer["success"]:
            self.sent["overwrite_revision_id"] = answer["revision_id"]
        return answer

    def save_by_hand(self, summary):
        self.sent.pop("overwrite_revision_id", None)  # the form itself does not hold it
        return self.save(summary)


def summaries(page):
    return [r.as_object().summary for r in page.revisions.order_by("created_at")]


@pytest.fixture
def both(client, contributor, lead, draft):
    return Writer(client, contributor, draft), Writer(client, lead, draft)


def test_a_save_that_nobody_asked_for_never_covers_a_newer_version(both, draft):
    hers, his = both
    assert hers.autosave("D’elle")["success"]
    answer = his.autosave("De lui")
    assert (answer["success"], answer["error_code"]) == (False, "invalid_revision")
    assert summaries(draft) == ["", "D’elle"]


def test_nor_does_it_once_one_has_begun_to_save(both, draft):
    hers, his = both
    hers.autosave("D’elle")
    his.save_by_hand("De lui")
    assert hers.autosave("D’elle, plus loin")["error_code"] == "invalid_revision"
    assert summaries(draft) == ["", "D’elle", "De lui"]


def test_a_save_over_a_newer_version_keeps_both_and_says_so(both, draft, client):
    hers, his = both
    hers.save_by_hand("D’elle")
    his.save_by_hand("De lui")
    assert summaries(draft) == ["", "D’elle", "De lui"]
    _first, old, new = draft.revisions.order_by("created_at")
    compare = reverse("wagtailadmin_pages:revisions_compare", args=[draft.pk, old.pk, new.pk])
    (told,) = [text for text in his.told if compare in text]
    assert hers.user.username in told
    compared = client.get(compare).text
    assert "D’elle" in compared and "De lui" in compared


def test_a_text_saved_again_in_place_after_the_form_was_opened_counts_as_newer(
    client, contributor, lead, draft
):
    """Autosave writes into its own version: the number stays, the date tells."""
    hers = Writer(client, contributor, draft)
    hers.autosave("D’elle")
    his = Writer(client, lead, draft)
    hers.autosave("D’elle, plus loin")
    his.save_by_hand("De lui")
    assert summaries(draft) == ["", "D’elle, plus loin", "De lui"]
    assert any("revisions/compare" in text for text in his.told)


def test_nobody_is_told_of_their_own_versions(both):
    hers, _his = both
    hers.autosave("Un")
    hers.save_by_hand("Deux")
    assert not any("revisions/compare" in text for text in hers.told)


@pytest.mark.parametrize("date", ["", "hier", "2026-13-45T00:00:00", "2026-01-01T00:00:00"])
def test_a_form_that_does_not_say_when_it_was_opened_is_saved_all_the_same(both, draft, date):
    hers, his = both
    hers.save_by_hand("D’elle")
    his.sent = {"loaded_revision_created_at": date}
    his.save_by_hand("De lui")
    assert summaries(draft)[-1] == "De lui"
    assert not any("revisions/compare" in text for text in his.told)


def test_a_save_while_logged_out_leads_to_the_login_and_back(client, draft):
    """What was typed is kept by the browser meanwhile: see tests/browser."""
    address = reverse("wagtailadmin_pages:edit", args=[draft.pk])
    response = client.post(address, article_form_data(summary="Perdu ?"), **JSON)
    assert response.url == f"{reverse('wagtailadmin_login')}?next={address}"
    assert summaries(draft) == [""]


def test_the_pages_of_the_admin_say_whose_texts_are_kept(client, contributor, draft):
    login = client.get(reverse("wagtailadmin_login")).text
    assert "kept-texts" in login and 'name="person"' not in login
    client.force_login(contributor)
    assert f'<meta name="person" content="{contributor.pk}">' in client.get("/admin/").text
