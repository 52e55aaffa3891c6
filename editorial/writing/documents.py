"""What an attentive colleague would say of the documents that an article hands out."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from editorial.writing.passages import Reading, block_id
from editorial.writing.rules import Finding


def unread_documents(reading: Reading) -> Iterator[Finding]:
    """Those that not everybody can read, where the article gives them in no other form."""
    for block in reading.article.body:
        document = block.value["document"] if block.block_type == "document" else None
        if document is None or block.value.is_for_everybody:
            continue
        if document.advice:
            words = _("Not everybody can read this document."), *document.advice
        else:
            words = (
                _("Can everybody read this document? Check it, then tick so in its own form."),
            )
        message = " ".join([*words, _("Failing that, type here what it says.")])
        yield Finding(message, block_id(block), document.title)
