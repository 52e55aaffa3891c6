"""Who may do what: role × object × verb, tried by posting.

Each block is about one object, each line about one verb of `rights.py`; an x where the role may. A new verb is a
new line, and a function of its name.
"""

import pytest
from django.db import transaction
from django.test import Client

from houses.models import Role
from tests.editorial import rights
from tests.factories import (
    ArticlePageFactory,
    DocumentFactory,
    MembershipFactory,
    PictureFactory,
    PlainPageFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

# Of La Lanterne: contributor and lead. Of Le Port: outsider (contributor) and other_lead. Of the network:
# editor and admin. Nobody: has an account and no house.
ROLES = ["contributor", "lead", "outsider", "other_lead", "editor", "admin", "nobody"]

TABLE = {
    # What they wrote themselves for La Lanterne, perhaps while they still belonged to it.
    "own draft": """
        edit              x  x  -  -  x  x  -
        comment           x  x  -  -  x  x  -
        see_draft         x  x  -  -  x  x  -
        preview           x  x  -  -  x  x  -
        history           x  x  -  -  x  x  -
        compare           x  x  -  -  x  x  -
        restore           x  x  -  -  x  x  -
        copy              x  x  -  -  x  x  -
        copy_elsewhere    -  -  -  -  x  x  -
        translate         x  x  -  -  x  x  -
        move              -  -  -  -  x  x  -
        delete            x  x  -  -  x  x  -
        submit            x  x  -  -  x  x  -
        publish           -  -  -  -  -  -  -
        approve_first     -  -  -  -  -  -  -
        approve_last      -  -  -  -  -  -  -
        approve_own_with_a_reason  -  -  -  -  -  x  -
        ask_for_changes   -  -  -  -  -  -  -
        refuse            -  -  -  -  -  -  -
    """,
    # Written for La Lanterne by another of its contributors.
    "draft of another": """
        edit              -  x  -  -  x  x  -
        comment           -  x  -  -  x  x  -
        see_draft         -  x  -  -  x  x  -
        preview           -  x  -  -  x  x  -
        history           x  x  -  -  x  x  -
        compare           x  x  -  -  x  x  -
        restore           -  x  -  -  x  x  -
        copy              -  x  -  -  x  x  -
        copy_elsewhere    -  -  -  -  x  x  -
        translate         -  x  -  -  x  x  -
        move              -  -  -  -  x  x  -
        delete            -  x  -  -  x  x  -
        delete_in_bulk    -  x  -  -  x  x  -
        lock              -  -  -  -  x  x  -
        usage             -  x  -  -  x  x  -
        submit            -  x  -  -  x  x  -
        publish           -  -  -  -  -  -  -
        approve_first     -  x  -  -  x  x  -
        approve_last      -  -  -  -  x  x  -
        ask_for_changes   -  x  -  -  x  x  -
        refuse            -  x  -  -  x  x  -
        report            x  x  -  -  x  x  -
    """,
    "public article": """
        edit              -  x  -  -  x  x  -
        comment           -  x  -  -  x  x  -
        see_draft         -  x  -  -  x  x  -
        history           x  x  -  -  x  x  -
        restore           -  x  -  -  x  x  -
        copy              -  x  -  -  x  x  -
        copy_elsewhere    -  -  -  -  x  x  -
        translate         -  x  -  -  x  x  -
        unpublish         -  -  -  -  x  x  -
        move              -  -  -  -  x  x  -
        delete            -  -  -  -  x  x  -
        delete_in_bulk    -  -  -  -  x  x  -
        restrict          -  -  -  -  x  x  -
    """,
    "own public article": """
        edit              x  x  -  -  x  x  -
        unpublish         -  -  -  -  x  x  -
        move              -  -  -  -  x  x  -
        delete            -  -  -  -  x  x  -
    """,
    "page of the house": """
        create_article    x  x  -  -  x  x  -
        edit              -  x  -  -  x  x  -
        translate         -  x  -  -  x  x  -
        history           -  x  -  -  x  x  -
        unpublish         -  -  -  -  x  x  -
        delete            -  -  -  -  x  x  -
    """,
    "plain page of the network": """
        create_plain_page -  -  -  -  x  x  -
        edit              -  -  -  -  x  x  -
        translate         -  -  -  -  x  x  -
        see_draft         -  -  -  -  x  x  -
        history           -  -  -  -  x  x  -
        unpublish         -  -  -  -  x  x  -
        delete            -  -  -  -  x  x  -
        report            -  -  -  -  x  x  -
        edit_settings     -  -  -  -  x  x  -
    """,
    "own picture": """
        add_file          x  x  -  -  x  x  -
        choose_file       x  x  -  -  x  x  -
        edit_file         x  x  -  -  x  x  -
        delete_file       x  x  -  -  x  x  -
    """,
    "picture of another": """
        choose_file       x  x  -  -  x  x  -
        edit_file         -  x  -  -  x  x  -
        delete_file       -  x  -  -  x  x  -
    """,
    "picture of the network": """
        add_file          -  -  -  -  x  x  -
        choose_file       -  -  -  -  x  x  -
        edit_file         -  -  -  -  x  x  -
    """,
    "own document": """
        add_file          x  x  -  -  x  x  -
        choose_file       x  x  -  -  x  x  -
        edit_file         x  x  -  -  x  x  -
        delete_file       x  x  -  -  x  x  -
    """,
    "document of another": """
        choose_file       x  x  -  -  x  x  -
        edit_file         -  x  -  -  x  x  -
        delete_file       -  x  -  -  x  x  -
    """,
    "house": """
        edit_house        -  -  -  -  x  x  -
        see_team          x  x  -  -  x  x  -
        invite            -  x  -  -  x  x  -
        remove_member     -  x  -  -  x  x  -
    """,
}


@pytest.fixture
def author(lantern):
    """Another contributor of the house."""
    return MembershipFactory(user__username="author", house=lantern.house).user


@pytest.fixture
def people(request, harbour):
    """A person for each role, by its name."""
    other_lead = MembershipFactory(user__username="other", house=harbour.house, role=Role.LEAD)
    others = {"other_lead": other_lead.user, "nobody": UserFactory(username="nobody")}
    return {role: others.get(role) or request.getfixturevalue(role) for role in ROLES}


def article(lantern, owner, live):
    page = ArticlePageFactory(parent=lantern, title="Un jardin", owner=owner, live=live)
    page.summary = "Changé"
    page.save_revision(log_action=True)
    return page


def objects(lantern, author):
    """What each block of the table is about: from the person who tries."""
    collection = lantern.house.collection
    return {
        "own draft": lambda person: article(lantern, person, live=False),
        "draft of another": lambda person: article(lantern, author, live=False),
        "public article": lambda person: article(lantern, author, live=True),
        "own public article": lambda person: article(lantern, person, live=True),
        "page of the house": lambda person: lantern,
        "plain page of the network": lambda person: PlainPageFactory(title="Mentions"),
        "own picture": lambda person: PictureFactory(
            collection=collection, uploaded_by_user=person
        ),
        "picture of another": lambda person: PictureFactory(
            collection=collection, uploaded_by_user=author
        ),
        "picture of the network": lambda person: PictureFactory(),
        "own document": lambda person: DocumentFactory(
            collection=collection, uploaded_by_user=person
        ),
        "document of another": lambda person: DocumentFactory(
            collection=collection, uploaded_by_user=author
        ),
        "house": lambda person: lantern,
    }


def may(person, verb, make_object) -> str:
    """Try `verb` as `person` on a new object, then take everything back."""
    with transaction.atomic():
        browser = Client()
        browser.force_login(person)
        is_done = getattr(rights, verb)(browser, make_object(person))
        transaction.set_rollback(True)
    return "x" if is_done else "-"


@pytest.mark.parametrize("kind", TABLE)
def test_each_role_may_do_this_and_nothing_else(lantern, author, people, kind):
    make_object = objects(lantern, author)[kind]
    wanted = [line.split() for line in TABLE[kind].strip().splitlines()]
    found = [
        [verb, *(may(person, verb, make_object) for person in people.values())]
        for verb, *_roles in wanted
    ]
    assert found == wanted
