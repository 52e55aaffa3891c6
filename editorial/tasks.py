"""What is done outside the request that asks for it."""

from django.utils import timezone
from django_tasks import task

from editorial import sending


@task()
def send_due_mails() -> int:
    return sending.send_due(timezone.now())
