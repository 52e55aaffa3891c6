from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel


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
    registration = models.CharField(
        _("RNA or SIRET number"), max_length=50, blank=True, help_text=_("One of them, or both.")
    )
    publication_director = models.CharField(
        _("publication director"),
        max_length=150,
        blank=True,
        help_text=_("Of an association, its legal representative."),
    )
    host_name = models.CharField(
        _("host"), max_length=150, blank=True, help_text=_("Who keeps the server of this site.")
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
            FieldRowPanel([FieldPanel("legal_form"), FieldPanel("registration")]),
            FieldPanel("publication_director"),
            FieldRowPanel([FieldPanel("host_name"), FieldPanel("host_phone")]),
            FieldPanel("host_address"),
            FieldPanel("licence"),
            FieldRowPanel([FieldPanel("data_contact"), FieldPanel("security_contact")]),
        ],
        _("Legal notices and personal data"),
    )

    class Meta:
        abstract = True

    @property
    def email_for_data(self) -> str:
        return self.data_contact or self.email

    @property
    def email_for_security(self) -> str:
        return self.security_contact or self.email
