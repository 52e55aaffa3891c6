"""How a table is filled in: each cell an ordinary field, so that a keyboard or a screen reader can write in it."""

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin.staticfiles import versioned_static
from wagtail.admin.telepath import register
from wagtail.admin.telepath.widgets import WidgetAdapter


class TableInput(forms.HiddenInput):
    """Reads and writes what Wagtail's table block stores, without its grid, which Tab never leaves."""

    @cached_property
    def media(self):
        return forms.Media(js=[versioned_static("js/table-input.js")])


class TableInputAdapter(WidgetAdapter):
    js_constructor = "articles.TableInput"

    def js_args(self, widget):
        headers = [
            ("", _("Choose")),
            ("row", _("The first row names the columns")),
            ("column", _("The first column names the rows")),
            ("both", _("The first row and the first column")),
            ("neither", _("None of them")),
        ]
        words = {
            "caption": _("Title of the table"),
            "captionHelp": _("What it is about: one hears it before the cells."),
            "headers": _("Which cells name the others?"),
            "cells": _("Cells"),
            "cell": _("Row {row}, column {column}"),
            "addRow": _("Add a row below row {row}"),
            "addColumn": _("Add a column after column {column}"),
            "removeRow": _("Delete row {row}"),
            "removeColumn": _("Delete column {column}"),
            "restore": _("Put back what was deleted"),
        }
        return [headers, words]


register(TableInputAdapter(), TableInput)
