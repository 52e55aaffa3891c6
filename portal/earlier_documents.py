"""Documents that were added before the site had a model of its own for them."""

from django.contrib.contenttypes.models import ContentType
from django.core.management.color import no_style
from django.db import connection, transaction
from taggit.models import TaggedItem
from wagtail.documents.models import Document
from wagtail.models import ReferenceIndex
from wagtail.search import index

from portal.models import Attachment

FIELDS = [field.attname for field in Document._meta.concrete_fields]


def take_over_documents(**kwargs) -> None:
    """Make them attachments under the same number, by which articles name them; run after each migration."""
    earlier = list(Document.objects.all())
    if not earlier:
        return
    before, after = ContentType.objects.get_for_models(Document, Attachment).values()
    with transaction.atomic():
        attachments = Attachment.objects.bulk_create(
            Attachment(**{name: getattr(document, name) for name in FIELDS}) for document in earlier
        )
        for attachment, document in zip(attachments, earlier, strict=True):
            attachment.created_at = document.created_at  # Django wrote the moment of now
        Attachment.objects.bulk_update(attachments, ["created_at"])
        TaggedItem.objects.filter(content_type=before).update(content_type=after)
        ReferenceIndex.objects.filter(to_content_type=before).update(to_content_type=after)
        Document.objects.all().delete()
        # PostgreSQL would give the next one a number that is taken.
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), [Attachment]):
                cursor.execute(statement)
    for attachment in attachments:
        index.insert_or_update_object(attachment)
