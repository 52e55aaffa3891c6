"""Documents added before the site had a model of its own keep all that was known of them."""

import datetime

from django.core.files.base import ContentFile
from wagtail.documents.models import Document

from portal.earlier_documents import take_over_documents
from portal.models import Attachment
from tests.articles.pages import show
from tests.factories import DocumentFactory
from tests.portal.reading import page_of


def test_an_earlier_document_keeps_its_number_its_file_and_its_tags(
    client, lantern, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    earlier = Document.objects.create(title="Statuts", file=ContentFile(b"texte", "statuts.txt"))
    earlier.tags.add("droit")
    long_ago = datetime.datetime(2020, 5, 1, tzinfo=datetime.UTC)
    Document.objects.update(created_at=long_ago)
    take_over_documents()
    assert not Document.objects.exists()
    document = Attachment.objects.get(pk=earlier.pk)
    assert document.file.read() == b"texte"
    assert [tag.name for tag in document.tags.all()] == ["droit"]
    assert document.created_at == long_ago
    response = show(client, lantern, ("document", {"document": earlier.pk, "title": ""}))
    assert page_of(response).select_one(".download a").text == "Statuts"
    assert DocumentFactory().pk > earlier.pk
