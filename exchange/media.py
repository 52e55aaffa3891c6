"""Pictures and documents named by an import, read beside its file and checked as an upload would be."""

from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import gettext as _
from wagtail.documents import get_document_model
from wagtail.documents.forms import get_document_form
from wagtail.images.forms import get_image_form

from exchange.errors import LineError
from portal.models import Picture

Document = get_document_model()


class Media:
    """Finds in the site, or adds to it, the files beside an import file.

    Parameters
    ----------
    folder: where the paths start; none of them may lead out of it.
    collection: where new files are filed.
    """

    def __init__(self, folder: Path, collection):
        self.folder = folder.resolve()
        self.collection = collection

    def picture(self, name: str, credit: str = "", description: str = "") -> Picture:
        path = self._path(name)
        data = {
            "title": Path(name).stem[:255],
            "credit": credit[:255],
            "description": description[:255],
        }
        return self._find_or_add(Picture, get_image_form(Picture), path, data)

    def document(self, name: str, title: str = ""):
        path = self._path(name)
        data = {"title": (title or path.stem)[:255]}
        return self._find_or_add(Document, get_document_form(Document), path, data)

    def _path(self, name: str) -> Path:
        path = (self.folder / str(name)).resolve()
        if not path.is_relative_to(self.folder):
            raise LineError(_("the file %(name)s is not beside the imported one") % {"name": name})
        if not path.is_file():
            raise LineError(_("there is no file %(name)s") % {"name": name})
        return path

    def _find_or_add(self, model, form_class, path: Path, data: dict):
        """Return the file of the site with the same content in the same collection, added if need be."""
        upload = SimpleUploadedFile(path.name, path.read_bytes())
        form = form_class(
            data={**data, "collection": self.collection.pk, "tags": ""}, files={"file": upload}
        )
        if not form.is_valid():
            reasons = " ".join(str(error) for errors in form.errors.values() for error in errors)
            raise LineError(f"{path.name} : {reasons}")
        form.instance.collection = self.collection
        form.instance._set_file_hash()
        same = model.objects.filter(
            file_hash=form.instance.file_hash, collection=self.collection
        ).first()
        return same or form.save()
