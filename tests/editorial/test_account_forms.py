"""The account screen tells the browser what each field is for."""

from django.urls import reverse

from tests.portal.reading import page_of


def test_the_browser_knows_what_each_field_of_the_account_is_for(client, contributor):
    client.force_login(contributor)
    document = page_of(client.get(reverse("wagtailadmin_account")))
    purposes = {
        name: document.select_one(f'input[name="name_email-{name}"]')["autocomplete"]
        for name in ("first_name", "last_name", "email")
    }
    assert purposes == {"first_name": "given-name", "last_name": "family-name", "email": "email"}
