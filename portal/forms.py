from django.utils.translation import gettext as _
from wagtail.documents.forms import BaseDocumentForm


class DocumentForm(BaseDocumentForm):
    """The form of a document: says what was found in its file, above the box that answers for it."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if advice := self.instance.advice:
            words = _("Not everybody can read this file yet, whether the box is ticked or not.")
            self.fields["readable_by_all"].help_text = " ".join([words, *advice])
