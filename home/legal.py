from typing import NamedTuple

from django.conf import settings
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

from portal.fields import TranslationsField

# The facts that are words and not only names and numbers, each with its translations beside it.
WORDED = ("legal_form", "publication_director", "host_name", "licence")
LEFT_EMPTY = _("Left empty, visitors read the text above, and are told which language it is in.")


class Words(NamedTuple):
    text: str
    language: str  # that it is in


class LegalFacts(models.Model):
    """Who answers for the site, as the law has it said (LCEN, GDPR); the pages are made of it."""

    publisher = models.CharField(
        _("publisher"),
        max_length=150,
        blank=True,
        help_text=_("In full, who publishes this site and answers for its personal data."),
    )
    legal_form = models.CharField(
        _("legal form"),
        max_length=150,
        blank=True,
        help_text=_("For example «association governed by the law of 1 July 1901»."),
    )
    legal_form_translations = TranslationsField(
        _("legal form in the other languages"),
        text_max_length=150,
        help_text=LEFT_EMPTY,
    )
    registration = models.CharField(
        _("RNA or SIRET number"), max_length=50, blank=True, help_text=_("One of them, or both.")
    )
    publication_director = models.CharField(
        _("publication director"),
        max_length=150,
        blank=True,
        help_text=_("Of an association, its legal representative."),
    )
    publication_director_translations = TranslationsField(
        _("publication director in the other languages"),
        text_max_length=150,
        help_text=LEFT_EMPTY,
    )
    host_name = models.CharField(
        _("host"), max_length=150, blank=True, help_text=_("Who keeps the server of this site.")
    )
    host_name_translations = TranslationsField(
        _("host in the other languages"),
        text_max_length=150,
        help_text=LEFT_EMPTY,
    )
    host_address = models.TextField(
        _("address of the host"), blank=True, help_text=_("As the law asks, in full.")
    )
    host_phone = models.CharField(
        _("telephone of the host"),
        max_length=30,
        blank=True,
        help_text=_("As the law asks, a number that answers."),
    )
    licence = models.TextField(
        _("reuse of the texts"),
        blank=True,
        help_text=_("Under which terms others may take up what is published here."),
    )
    licence_translations = TranslationsField(
        _("reuse of the texts in the other languages"),
        multiline=True,
        text_max_length=2000,
        help_text=LEFT_EMPTY,
    )
    data_contact = models.EmailField(
        _("e-mail for personal data"),
        blank=True,
        help_text=_("Where people ask for their rights. Left empty, the e-mail of the site."),
    )
    security_contact = models.EmailField(
        _("e-mail for security"),
        blank=True,
        help_text=_("Where a flaw of the site is told. Left empty, the e-mail of the site."),
    )

    legal_panel = MultiFieldPanel(
        [
            FieldPanel("publisher"),
            FieldPanel("legal_form"),
            FieldPanel("legal_form_translations"),
            FieldPanel("registration"),
            FieldPanel("publication_director"),
            FieldPanel("publication_director_translations"),
            FieldPanel("host_name"),
            FieldPanel("host_name_translations"),
            FieldRowPanel([FieldPanel("host_address"), FieldPanel("host_phone")]),
            FieldPanel("licence"),
            FieldPanel("licence_translations"),
            FieldRowPanel([FieldPanel("data_contact"), FieldPanel("security_contact")]),
        ],
        _("Legal notices and personal data"),
    )

    class Meta:
        abstract = True

    @property
    def in_words(self) -> dict[str, Words]:
        """The facts that are words, in the language of the moment or, failing that, in the first one."""
        language = get_language()
        found = {}
        for name in WORDED:
            text = getattr(self, f"{name}_translations").get(language, "")
            found[name] = (
                Words(text, language)
                if text
                else Words(getattr(self, name), settings.LANGUAGE_CODE)
            )
        return found

    @property
    def email_for_data(self) -> str:
        return self.data_contact or self.email

    @property
    def email_for_security(self) -> str:
        return self.security_contact or self.email
