"""All that has to be done now and then: one line of cron, every five minutes."""

import logging

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from editorial import link_checks, notifications, sending, verification
from editorial.consents import tell_expired
from portal.admin_search import learn_sizes

logger = logging.getLogger(__name__)

LINKS_A_TIME = 20


def check_links(now):
    return link_checks.check_some(now, LINKS_A_TIME).checked


# What is told comes before what sends it.
JOBS = {
    "planned articles put online": lambda now: call_command("publish_scheduled"),
    "reviewers reminded": notifications.remind,
    "consents that ended": lambda now: tell_expired(timezone.localdate(now)),
    "articles to verify": verification.ask_due,
    # What was just told is due a moment after `now`.
    "mails sent": lambda now: sending.send_due(timezone.now()),
    "links checked": check_links,
    "searches of the admin": lambda now: learn_sizes(),
    # The command of the app above, by its name; once a day would do, each time costs a few queries.
    "personal data outdated": lambda now: call_command("retention"),
}


class Command(BaseCommand):
    help = "Do what is due: plans, reminders, ended consents, verifications, mails, links, personal data. Meant for cron, every five minutes."

    def handle(self, **options):
        now = timezone.now()
        failed = [name for name, job in JOBS.items() if not self._done(name, job, now)]
        if failed:
            raise CommandError(f"Not done, the log says why: {', '.join(failed)}.")

    def _done(self, name, job, now) -> bool:
        """Do one job; one that fails leaves the others to be done."""
        try:
            count = job(now)
        except Exception:
            logger.exception("Housekeeping: %s", name)
            return False
        if count:
            self.stdout.write(f"{name}: {count}")
        return True
