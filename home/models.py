from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    PageChooserPanel,
)
from wagtail.blocks import CharBlock
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Orderable, Page
from wagtail.search import index

from articles.blocks import BodyBlock, plain_text
from articles.listed import cards_of, newest_keys
from articles.models import ArticlePage, Category, Typology
from articles.models.cards import (
    in_order,
    prefetch_renditions,
    read_typology_labels,
    with_houses,
)
from articles.models.terms import listed_with_counts
from home.blocks import NavigationBlock, NavigationLink, SocialBlock, links_of, pages_of
from home.legal import LegalFacts
from houses.listed import listed_houses
from portal.fields import TranslationsField
from portal.languages import twins
from portal.models import BasePage


class HomePage(BasePage):
    """The front door: one search field, what was told last, the ways in."""

    heading = models.CharField(
        _("main sentence"), max_length=150, help_text=_("What the site is for, in one sentence.")
    )
    highlight = models.CharField(
        _("underlined words"),
        max_length=100,
        blank=True,
        help_text=_("Words of the main sentence to be marked as with a felt pen."),
    )
    introduction = models.TextField(
        _("introduction"),
        max_length=400,
        blank=True,
        help_text=_("Two sentences under the main one."),
    )
    suggestions = StreamField(
        [("search", CharBlock(label=_("Words")))],
        verbose_name=_("often searched"),
        blank=True,
        help_text=_("Three searches offered below the field."),
    )

    max_count_per_parent = 1
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["houses.HouseIndexPage", "home.PlainPage"]

    LATEST = 6

    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                FieldPanel("heading"),
                FieldPanel("highlight"),
                FieldPanel("introduction"),
                FieldPanel("suggestions"),
            ],
            _("Welcome"),
        ),
        InlinePanel(
            "highlights",
            label=_("Article"),
            heading=_("Articles to put forward"),
            max_num=3,
            help_text=_("Up to three, shown before the latest ones."),
        ),
    ]
    search_fields = []

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    @property
    def description(self):
        return self.search_description or self.introduction

    @cached_property
    def heading_parts(self) -> tuple[str, str, str]:
        """The main sentence before, in and after the words to be marked."""
        if not self.highlight or self.highlight not in self.heading:
            return self.heading, "", ""
        return self.heading.partition(self.highlight)

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        highlights, latest = self._shown_articles()
        houses = listed_houses()
        shown = with_houses([*highlights, *latest], houses)
        read_typology_labels(shown)
        prefetch_renditions(article.picture for article in shown)
        context.update(
            highlights=highlights,
            latest=latest,
            shown=shown,
            categories=listed_with_counts(Category),
            typologies=listed_with_counts(Typology),
            houses=houses,
        )
        return context

    def _shown_articles(self) -> tuple[list[ArticlePage], list[ArticlePage]]:
        """The articles put forward, those of the form in a preview, and the latest others."""
        rows = [row.article_id for row in self.highlights.all()]
        translated = twins(rows, self.locale_id)
        chosen = [translated[pk] for pk in rows if pk in translated]
        told = newest_keys(self.LATEST + len(chosen), self.locale_id)
        latest = [pk for pk in told if pk not in chosen][: self.LATEST]
        found = cards_of([*chosen, *latest], self.locale_id)
        return in_order(chosen, found), in_order(latest, found)


class HomeHighlight(Orderable):
    page = ParentalKey(HomePage, on_delete=models.CASCADE, related_name="highlights")
    article = models.ForeignKey(
        ArticlePage, verbose_name=_("article"), on_delete=models.CASCADE, related_name="+"
    )

    panels = [PageChooserPanel("article")]

    class Meta(Orderable.Meta):
        verbose_name = _("article put forward")
        verbose_name_plural = _("articles put forward")


class PlainPage(BasePage):
    """A page of the network itself: legal notices, accessibility, help…"""

    summary = models.TextField(
        _("in brief"),
        max_length=600,
        blank=True,
        help_text=_("One or two sentences shown under the title."),
    )
    body = StreamField(
        BodyBlock(),
        verbose_name=_("text"),
        blank=True,
        help_text=_("Piece by piece: parts, text, quotations, steps, figures, pictures…"),
    )

    parent_page_types = ["home.HomePage", "home.PlainPage"]
    subpage_types = ["home.PlainPage"]

    search_kind, search_name = "page", _("Pages of the network")

    content_panels = [*BasePage.content_panels, FieldPanel("summary"), FieldPanel("body")]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("summary"),
        index.SearchField("body"),
    ]

    class Meta:
        verbose_name = _("plain page")
        verbose_name_plural = _("plain pages")

    def search_document(self):
        if document := super().search_document():
            document.body = plain_text(self.body)
        return document


class WithoutConsent(models.TextChoices):
    """What becomes of an article that quotes or shows people who have not agreed."""

    WARN = "warn", _("it may be published, after a warning")
    FORBID = "forbid", _("it may not be published")


@register_setting(icon="cog")
class SiteSettings(LegalFacts, BaseSiteSetting):
    """The name, addresses and navigation of the site, edited in the admin."""

    name = models.CharField(
        _("name of the site"),
        max_length=60,
        default="Maillage",
        help_text=_("At the top of every page."),
    )
    tagline = models.CharField(
        _("motto"), max_length=150, blank=True, help_text=_("What the network says of itself.")
    )
    logo = models.ForeignKey(
        "portal.Picture",
        verbose_name=_("logo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Left empty, the drawn house."),
    )
    email = models.EmailField(_("e-mail"), blank=True, help_text=_("At the foot of every page."))
    phone = models.CharField(
        _("telephone"), max_length=30, blank=True, help_text=_("At the foot of every page.")
    )
    address = models.TextField(
        _("postal address"), blank=True, help_text=_("At the foot of every page.")
    )
    footer = RichTextField(
        _("text of the footer"),
        blank=True,
        features=["bold", "italic", "link"],
        help_text=_("One or two lines about the site."),
    )
    footer_translations = TranslationsField(
        _("text of the footer in the other languages"),
        multiline=True,
        text_max_length=500,
        help_text=_("Left empty, visitors read the text above in every language."),
    )
    navigation = StreamField(
        [("link", NavigationBlock())],
        verbose_name=_("main navigation"),
        blank=True,
        help_text=_("At most seven links, the most useful first."),
        max_num=7,
    )
    footer_navigation = StreamField(
        [("link", NavigationBlock())],
        verbose_name=_("links of the footer"),
        blank=True,
        help_text=_("Legal notices, accessibility, contact…"),
    )
    social = StreamField(
        [("address", SocialBlock())],
        verbose_name=_("social addresses"),
        blank=True,
        help_text=_("Where the network can be followed."),
    )

    without_consent = models.CharField(
        _("an article that quotes or shows people without their consent"),
        max_length=10,
        choices=WithoutConsent.choices,
        default=WithoutConsent.WARN,
        help_text=_("Forbidden, it stays a draft until everybody has agreed."),
    )

    select_related = ["logo"]
    panels = [
        MultiFieldPanel(
            [FieldPanel("name"), FieldPanel("tagline"), FieldPanel("logo")], _("Identity")
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("email"), FieldPanel("phone")]),
                FieldPanel("address"),
                FieldPanel("social"),
            ],
            _("Contact"),
        ),
        FieldPanel("navigation"),
        MultiFieldPanel(
            [FieldPanel(f"footer{part}") for part in ("", "_translations", "_navigation")],
            _("Footer"),
        ),
        MultiFieldPanel([FieldPanel("without_consent")], _("Consents")),
        LegalFacts.legal_panel,
    ]

    class Meta:
        verbose_name = _("site settings")
        verbose_name_plural = _("site settings")

    @cached_property
    def _pages(self) -> dict[int, Page]:
        """The pages that the two lists of links lead to, read at once."""
        return pages_of([*self.navigation.raw_data, *self.footer_navigation.raw_data])

    @property
    def footer_here(self) -> str:
        """The text of the footer in the language of the moment, empty where it has none."""
        return self.footer_translations.get(get_language(), "")

    @cached_property
    def main_links(self) -> list[NavigationLink]:
        return list(links_of(self.navigation.raw_data, self._pages))

    @cached_property
    def footer_links(self) -> list[NavigationLink]:
        return list(links_of(self.footer_navigation.raw_data, self._pages))
