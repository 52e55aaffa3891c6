import secrets

from django.conf import settings
from django.core.management.base import BaseCommand
from django.test import Client
from wagtail.models import Page, Site

from exchange.demo import ACCOUNTS, load_demo
from portal.settings.base import env

WIDTH = max(len(username) for username in ACCOUNTS)


class Command(BaseCommand):
    help = "Put the demonstration content in the site; what is there already is left as it is."

    def handle(self, **options):
        password = self._password()
        done = load_demo(password)
        self.stdout.write(
            "Demonstration content: " + ", ".join(f"{n} new {kind}" for kind, n in done.items())
        )
        if done["articles"]:
            self._warm_pictures()
        self._print_addresses(password)

    def _password(self) -> str:
        """The password of DEMO_PASSWORD, or a random one kept from one start to the next."""
        if chosen := env.str("DEMO_PASSWORD", default=""):
            return chosen
        path = settings.DATA_DIR / "demo_password"
        if not path.exists():
            path.write_text(secrets.token_urlsafe(9))
            path.chmod(0o600)
        return path.read_text()

    def _warm_pictures(self):
        """Visit each page once, so that its pictures are made before the first visitor waits for them."""
        self.stdout.write("Making the pictures in their sizes…")
        client = Client(headers={"host": Site.objects.get(is_default_site=True).hostname})
        for page in Page.objects.live().filter(depth__gt=1):
            client.get(page.get_url())

    def _print_addresses(self, password):
        self.stdout.write(f"\nThe site:    {settings.BASE_URL}/")
        self.stdout.write(f"Houses' area: {settings.BASE_URL}/admin/")
        for username, (first_name, last_name, house, role) in ACCOUNTS.items():
            place = f"{role} of {house}" if house else username
            self.stdout.write(
                f"  {username:<{WIDTH}}  {password}  {first_name} {last_name}, {place}"
            )
