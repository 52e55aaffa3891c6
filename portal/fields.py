from django import forms
from django.conf import settings
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


def other_languages() -> list[tuple[str, str]]:
    """Return (code, name) of each language of the site but the first, whose text is a field of its own."""
    return [(code, name) for code, name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]


class TranslationsWidget(forms.MultiWidget):
    """One input a language, each named by its language."""

    def __init__(self, widget=forms.TextInput, attrs=None):
        super().__init__(
            {
                code: widget(attrs={"lang": code, "aria-label": name, "placeholder": name})
                for code, name in other_languages()
            },
            attrs,
        )

    def decompress(self, value):
        return [(value or {}).get(code, "") for code, _name in other_languages()]


class TranslationsFormField(forms.MultiValueField):
    def __init__(self, *, multiline=False, max_length=None, **kwargs):
        kwargs["widget"] = TranslationsWidget(forms.Textarea if multiline else forms.TextInput)
        fields = [
            forms.CharField(required=False, max_length=max_length)
            for _language in other_languages()
        ]
        super().__init__(fields, require_all_fields=False, **kwargs)

    def compress(self, data_list):
        codes = [code for code, _name in other_languages()]
        return {code: text for code, text in zip(codes, data_list, strict=False) if text}


class TranslationsField(models.JSONField):
    """A text in the site's other languages, ``{"en": "…"}``, beside the field of its first language.

    A language added to ``LANGUAGES`` is asked for without a migration.

    Parameters
    ----------
    text_max_length: longest text of one language, in characters.
    multiline: whether the admin shows a text area.
    """

    description = _("Text in the site's other languages")

    def __init__(self, *args, multiline=False, text_max_length=None, **kwargs):
        self.multiline = multiline
        self.text_max_length = text_max_length
        super().__init__(*args, **{"default": dict, "blank": True, **kwargs})

    def formfield(self, **kwargs):
        return TranslationsFormField(
            label=kwargs.get("label", capfirst(self.verbose_name)),
            help_text=kwargs.get("help_text", self.help_text),
            required=False,
            multiline=self.multiline,
            max_length=self.text_max_length,
        )


def translated(text: str, translations: dict[str, str]) -> str:
    """Return the text of the active language, that of the first language where there is none."""
    return translations.get(get_language() or "", "") or text
