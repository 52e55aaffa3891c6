"""Pictures and documents named by an import, read beside its file and checked as an upload would be."""

import struct
import warnings
from io import BytesIO
from pathlib import Path

from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import gettext as _
from PIL import Image
from wagtail.documents import get_document_model
from wagtail.documents.forms import get_document_form
from wagtail.images.forms import get_image_form
from wagtail.utils.file import hash_filelike

from exchange.errors import LineError
from portal.models import Picture

Document = get_document_model()


class Media:
    """Finds in the site, or adds to it, the files beside an import file.

    Parameters
    ----------
    folder: where the paths start; none of them may lead out of it.
    collection: where new files are filed.
    added: the files written; they are to be deleted where their rows are rolled back.
    """

    def __init__(self, folder: Path, collection, added: list | None = None):
        self.folder = folder.resolve()
        self.collection = collection
        self.added = [] if added is None else added

    def picture(self, name: str, credit: str = "", description: str = "") -> Picture:
        path = self._path(name)
        data = {
            "title": Path(name).stem[:255],
            "credit": credit[:255],
            "description": description[:255],
        }
        return self._find_or_add(Picture, get_image_form(Picture), path, data)

    def document(self, name: str, title: str = "", readable_by_all: bool = False):
        path = self._path(name)
        data = {"title": (title or path.stem)[:255], "readable_by_all": readable_by_all}
        return self._find_or_add(Document, get_document_form(Document), path, data)

    def _path(self, name: str) -> Path:
        try:
            path = (self.folder / name).resolve()
            is_file = path.is_file()
        except (OSError, ValueError, RuntimeError) as error:  # a name that no folder could hold
            raise LineError(_("there is no file %(name)s") % {"name": name[:100]}) from error
        if not path.is_relative_to(self.folder):
            raise LineError(_("the file %(name)s is not beside the imported one") % {"name": name})
        if not is_file:
            raise LineError(_("there is no file %(name)s") % {"name": name})
        return path

    def _find_or_add(self, model, form_class, path: Path, data: dict):
        """Return the file of the site with the same content in the same collection, added if need be."""
        content = _read(path)
        upload = SimpleUploadedFile(path.name, content)
        same = model.objects.filter(
            file_hash=hash_filelike(upload), collection=self.collection
        ).first()
        if same:
            return same
        form = form_class(
            data={**data, "collection": self.collection.pk, "tags": ""}, files={"file": upload}
        )
        if reasons := _refusals(form) or (model is Picture and _damage(content)):
            raise LineError(f"{path.name} : {reasons}")
        form.instance.collection = self.collection
        form.instance._set_file_hash()
        added = form.save()
        self.added.append(added.file)
        return added


def delete_files(added: list) -> None:
    """Delete files whose rows were rolled back."""
    for file in added:
        file.storage.delete(file.name)
    added.clear()


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise LineError(f"{path.name} : {error.strerror}") from error


def _refusals(form) -> str:
    try:
        form.is_valid()
    except (OSError, ValueError, SyntaxError, struct.error):  # a picture cut short
        return str(forms.ImageField.default_error_messages["invalid_image"])
    return " ".join(str(error) for errors in form.errors.values() for error in errors)


def _damage(content: bytes) -> str:
    """Return why a picture whose head is sound cannot be shown, empty where it can."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a large one was allowed by the form
            with Image.open(BytesIO(content)) as picture:
                picture.load()
    except (OSError, ValueError, SyntaxError, struct.error, Image.DecompressionBombError):
        return str(forms.ImageField.default_error_messages["invalid_image"])
    return ""
