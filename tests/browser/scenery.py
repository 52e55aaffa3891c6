"""What the demonstration content lacks, so that every screen of ours has something to show."""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.utils import timezone
from wagtail.models import PageViewRestriction

from articles.models import ArticlePage
from editorial import reading
from editorial.models import (
    Consent,
    Invitation,
    LinkCheck,
    LinkUse,
    Problem,
    ReviewLink,
    Verification,
)
from editorial.tokens import reading_token, unsubscribe_token
from houses.models import HousePage, Membership
from search.models import BestBet
from tests.editorial.outside import BODY
from tests.factories import ArticlePageFactory, DocumentFactory, PlainPageFactory, stored

RESTRICTIONS = {
    "for-members": {"restriction_type": PageViewRestriction.LOGIN},
    "for-the-initiated": {"restriction_type": PageViewRestriction.PASSWORD, "password": "sesame"},
}
WITHDRAWN = "withdrawn"
HANDED_OUT = "handed-out"


def person(name):
    return get_user_model().objects.get(username=name)


def put_up() -> dict:
    """Make it all in the house of «lead» and «contributor».

    Returns
    -------
    The values of the arguments of addresses, by the name of the argument, or of the URL where
    the argument alone does not say what is meant.
    """
    section = HousePage.objects.get(
        slug="la-lanterne", locale__language_code=settings.LANGUAGE_CODE
    )
    article = _in_review(section)
    published = ArticlePage.objects.child_of(section).live().first()
    LinkUse.objects.create(
        link=LinkCheck.objects.create(
            url="https://nowhere.example.org/", problem=Problem.ANSWER, status=404, failed_days=5
        ),
        page=published,
    )
    Verification.objects.create(page=published, asked_at=timezone.now())
    BestBet.objects.create(query="local", document_id=published.pk)
    consent, ended = (
        Consent.objects.create(page=article, person="Awa", to_text=True, **dates)
        for dates in ({}, {"withdrawn_on": timezone.localdate()})
    )
    _close_some_pages()
    _hand_out_documents()
    token = reading_token(_sent_outside(article).pk)
    invitation = Invitation(
        house=section.house, email="nadia@example.org", invited_by=person("lead")
    )
    return {
        "page_id": article.pk,
        "house_id": section.house_id,
        "consent_id": consent.pk,
        "editorial_take_out": ended.pk,
        "link_id": article.review_links.get().pk,
        "editorial_verify": published.pk,
        "invitation": invitation.renew(),
        "mail_preferences": unsubscribe_token(person("lead")),
        "read": token,
        "read_page": token,
        "change_role": Membership.objects.get(user=person("contributor")).pk,
        "remove": Membership.objects.get(user=person("contributor")).pk,
        "hand_over": Membership.objects.get(user=person("contributor")).pk,
        "seed": "0a1b2c3d",
        "seeds": "0a1b2c3d-4e5f6071",
        "earlier": "earliest",
        "later": "latest",
        "resend": invitation.pk,
        "revoke": invitation.pk,
    }


def _in_review(section) -> ArticlePage:
    """An article that the contributor of the house has sent to its lead."""
    author = person("contributor")
    article = ArticlePageFactory(
        parent=section,
        title="Le repair café",
        summary="Réparer ensemble.",
        body=BODY,
        owner=author,
        live=False,
    )
    article.save_revision(user=author)
    article.get_workflow().start(article, author)
    return article


def _sent_outside(article) -> ReviewLink:
    link = ReviewLink(name="Sabine", email="sabine@example.org", message="Relisez la fin.")
    link.bind(article, 14)
    reading.send(link, person("lead"))
    return link


def _hand_out_documents():
    """A document that nobody vouches for, one with its words, one beside a form that all can read."""
    scan, readable = DocumentFactory(obstacles=["scan"]), DocumentFactory(readable_by_all=True)
    values = {}, {"text": "<p>On range les chaises.</p>"}, {"accessible_version": readable.pk}
    body = stored(*(("document", {"document": scan.pk, "title": "", **value}) for value in values))
    PlainPageFactory(title="Une affiche", slug=HANDED_OUT, body=body)


def _close_some_pages():
    for slug, restriction in RESTRICTIONS.items():
        page = PlainPageFactory(title=slug, slug=slug)
        PageViewRestriction.objects.create(page=page, **restriction)
    PlainPageFactory(title=WITHDRAWN, slug=WITHDRAWN).unpublish()
