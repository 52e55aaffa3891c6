"""What a person may try in the admin: each posts as their browser would, and says whether it had its effect."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.documents import get_document_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Comment, Locale, Page, Site
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from articles.models import ArticlePage
from editorial.models import HouseReview, Invitation, open_state
from home.models import PlainPage, SiteSettings
from houses.models import HousePage
from portal.models import Picture
from tests.factories import article_form_data

TRIED = "Essai de droits"


def page_address(name, *arguments):
    return reverse(f"wagtailadmin_pages:{name}", args=arguments)


def shown(response) -> bool:
    return response.status_code == 200


# Pages


def form_of(page, **fields) -> dict:
    """What the form of `page` sends, whatever its type, with another text."""
    if isinstance(page, ArticlePage):
        return article_form_data(**{"title": TRIED, "slug": page.slug, **fields})
    if isinstance(page, HousePage):
        return {"house": page.house_id, "slug": page.slug, "introduction": "null", "summary": TRIED}
    return {"title": TRIED, "slug": page.slug, **nested_form_data({"body": streamfield([])})}


def draft(page):
    return page.__class__.objects.get(pk=page.pk).get_latest_revision_as_object()


def create_article(browser, parent):
    browser.post(
        page_address("add", "articles", "articlepage", parent.pk), article_form_data(title=TRIED)
    )
    return ArticlePage.objects.child_of(parent).filter(title=TRIED, live=False).exists()


def create_plain_page(browser, page):
    parent = page.get_parent()
    data = {**form_of(page), "slug": "essai"}
    browser.post(page_address("add", "home", "plainpage", parent.pk), data)
    return PlainPage.objects.child_of(parent).filter(title=TRIED).exists()


def edit(browser, page):
    browser.post(page_address("edit", page.pk), form_of(page))
    return TRIED in {draft(page).title, getattr(draft(page), "summary", "")}


def comment(browser, page):
    said = {"text": TRIED, "contentpath": "title", "position": "", "replies": inline_formset([])}
    comments = nested_form_data({"comments": inline_formset([said])})
    browser.post(page_address("edit", page.pk), {**form_of(page), **comments})
    return Comment.objects.filter(page_id=page.pk, text=TRIED).exists()


# Reviews


def submit(browser, page):
    browser.post(page_address("edit", page.pk), {**form_of(page), "action-submit": "1"})
    return open_state(page) is not None


def publish(browser, page):
    browser.post(page_address("edit", page.pk), {**form_of(page), "action-publish": "1"})
    return type(page).objects.get(pk=page.pk).live


def _submitted(page):
    """The step at which `page` is, once its author has written and submitted it."""
    page.title = "Écrit et soumis"
    page.save_revision(user=page.owner)
    page.get_workflow().start(page, page.owner)
    return open_state(page)


def _decide(browser, state, decision):
    data = {"decision": decision, "comment": TRIED, "seen": state.text}
    browser.post(reverse("editorial_review", args=[state.page_id]), data)
    state.refresh_from_db()
    return state.status


def approve_first(browser, page):
    return _decide(browser, _submitted(page), "approve") == "approved"


def _at_the_network(page):
    state = _submitted(page)
    if isinstance(state.task.specific, HouseReview):
        state.approve()
    return open_state(page)


def approve_last(browser, page):
    return _decide(browser, _at_the_network(page), "approve") == "approved"


def approve_own_with_a_reason(browser, page):
    return _decide(browser, _at_the_network(page), "approve_own") == "approved"


def ask_for_changes(browser, page):
    return _decide(browser, _submitted(page), "reject") == "rejected"


def refuse(browser, page):
    return _decide(browser, _submitted(page), "decline") == "rejected"


def restore(browser, page):
    """Put back the first text of the page, by the form that shows it."""
    first = page.revisions.order_by("pk").first()
    before = page.revisions.count()
    address = page_address("revisions_revert", page.pk, first.pk)
    browser.post(address, form_of(page))
    return page.revisions.count() > before


def unpublish(browser, page):
    browser.post(page_address("unpublish", page.pk))
    return not Page.objects.get(pk=page.pk).live


def delete(browser, page):
    browser.post(page_address("delete", page.pk))
    return not Page.objects.filter(pk=page.pk).exists()


def delete_in_bulk(browser, page):
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    browser.post(f"{address}?id={page.pk}")
    return not Page.objects.filter(pk=page.pk).exists()


def move(browser, page):
    """Move the page to another house."""
    other = HousePage.objects.get(house__name="Le Port")
    browser.post(page_address("move_confirm", page.pk, other.pk))
    return Page.objects.get(pk=page.pk).is_child_of(other)


def copy(browser, page):
    return _copy(browser, page, page.get_parent())


def copy_elsewhere(browser, page):
    return _copy(browser, page, HousePage.objects.get(house__name="Le Port"))


def _copy(browser, page, parent):
    data = {"new_title": TRIED, "new_slug": "essai", "new_parent_page": parent.pk}
    browser.post(page_address("copy", page.pk), data)
    return Page.objects.child_of(parent).filter(slug="essai").exists()


def lock(browser, page):
    browser.post(page_address("lock", page.pk))
    return Page.objects.get(pk=page.pk).locked


def restrict(browser, page):
    browser.post(page_address("set_privacy", page.pk), {"restriction_type": "login"})
    return page.view_restrictions.exists()


def see_draft(browser, page):
    return shown(browser.get(page_address("view_draft", page.pk)))


def preview(browser, page):
    response = browser.post(page_address("preview_on_edit", page.pk), form_of(page))
    return shown(response) and response.json()["is_valid"]


def history(browser, page):
    return shown(browser.get(page_address("history", page.pk)))


def compare(browser, page):
    return shown(browser.get(page_address("revisions_compare", page.pk, "earliest", "latest")))


def usage(browser, page):
    return shown(browser.get(page_address("usage", page.pk)))


def report(browser, page):
    """Find what was done to the page in the history of the site."""
    response = browser.get(reverse("wagtailadmin_reports:site_history"))
    return shown(response) and page.get_admin_display_title() in response.text


# Translations


def translate(browser, page):
    """Begin a translation into English, from a form that says so."""
    english = Locale.objects.get(language_code="en")
    address = reverse("wagtail_localize:submit_page_translation", args=[page.pk])
    browser.post(address, {"locales": [english.pk]})
    return page.get_translations().filter(locale=english, alias_of=None).exists()


# Pictures and documents


def _files(item) -> str:
    return "wagtailimages" if isinstance(item, Picture) else "wagtaildocs"


def add_file(browser, item):
    is_picture = isinstance(item, Picture)
    content = get_test_image_file(size=(8, 6)).file.getvalue() if is_picture else b"texte"
    file = SimpleUploadedFile("essai.png" if is_picture else "essai.txt", content)
    data = {"title": TRIED, "file": file, "tags": "", "collection": item.collection_id}
    browser.post(reverse(f"{_files(item)}:add"), data)
    model = Picture if is_picture else get_document_model()
    return model.objects.filter(title=TRIED, collection=item.collection).exists()


def choose_file(browser, item):
    address = reverse(f"{_files(item)}_chooser:chosen", args=[item.pk])
    listing = browser.get(reverse(f"{_files(item)}_chooser:choose"))
    is_listed = shown(listing) and item.title in listing.json()["html"]
    is_chosen = shown(browser.get(address))
    assert is_listed == is_chosen, "what is not listed cannot be chosen by its number either"
    return is_chosen


def edit_file(browser, item):
    data = {"title": TRIED, "tags": "", "collection": item.collection_id}
    browser.post(reverse(f"{_files(item)}:edit", args=[item.pk]), data)
    item.refresh_from_db()
    return item.title == TRIED


def delete_file(browser, item):
    browser.post(reverse(f"{_files(item)}:delete", args=[item.pk]))
    return not type(item).objects.filter(pk=item.pk).exists()


# Houses, people, settings


def edit_house(browser, house_page):
    house = house_page.house
    data = {"name": house.name, "slug": house.slug, "commune": TRIED}
    browser.post(reverse("wagtailsnippets_houses_house:edit", args=[house.pk]), data)
    house.refresh_from_db()
    return house.commune == TRIED


def see_team(browser, house_page):
    return shown(browser.get(reverse("team:team", args=[house_page.house_id])))


def invite(browser, house_page):
    data = {"email": "essai@example.org", "role": "contributor"}
    browser.post(reverse("team:invite", args=[house_page.house_id]), data)
    return Invitation.objects.filter(house=house_page.house_id).exists()


def remove_member(browser, house_page):
    member = house_page.house.memberships.get(user__username="author")
    browser.post(reverse("team:remove", args=[member.pk]))
    return not house_page.house.memberships.filter(pk=member.pk).exists()


def edit_settings(browser, page):
    site = Site.objects.get()
    parts = {name: streamfield([]) for name in ("navigation", "footer_navigation", "social")}
    data = nested_form_data({"name": TRIED, "footer": "null", "without_consent": "warn", **parts})
    browser.post(reverse("wagtailsettings:edit", args=["home", "sitesettings", site.pk]), data)
    return SiteSettings.objects.filter(name=TRIED).exists()
