"""A page closed to the public opens to who has its password, or an account."""

import pytest
from wagtail.models import PageViewRestriction

from tests.factories import PlainPageFactory, UserFactory, stored
from tests.portal.reading import page_of, text_of

SECRET = "Ce qui ne se dit qu’entre nous."


@pytest.fixture
def page(home):
    body = stored(("paragraph", f"<p>{SECRET}</p>"))
    return PlainPageFactory(parent=home, title="Entre nous", body=body)


def close(page, **restriction):
    PageViewRestriction.objects.create(page=page, **restriction)


def test_a_password_opens_it(client, page):
    close(page, restriction_type=PageViewRestriction.PASSWORD, password="sesame")
    asked = client.get(page.url)
    assert SECRET not in text_of(asked)
    (form,) = page_of(asked).select("main form.fields")
    given = {"password": "sesame", "return_url": page.url}
    assert SECRET in text_of(client.post(form["action"], given, follow=True))


def test_a_wrong_password_is_said_and_opens_nothing(client, page):
    close(page, restriction_type=PageViewRestriction.PASSWORD, password="sesame")
    (form,) = page_of(client.get(page.url)).select("main form.fields")
    refused = client.post(form["action"], {"password": "faux", "return_url": page.url})
    assert refused.status_code == 200 and page_of(refused).select("[aria-invalid]")
    assert SECRET not in text_of(client.get(page.url))


def test_an_account_without_rights_opens_it(client, page):
    close(page, restriction_type=PageViewRestriction.LOGIN)
    member = UserFactory(username="member")
    member.set_password("un mot de passe")
    member.save()
    asked = client.get(page.url, follow=True)
    assert asked.status_code == 200 and SECRET not in text_of(asked)
    (target,) = page_of(asked).select("input[name=next]")
    data = {"username": "member", "password": "un mot de passe", "next": target["value"]}
    assert SECRET in text_of(client.post(asked.wsgi_request.path, data, follow=True))
